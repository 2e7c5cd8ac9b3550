// What made a kernel repeat something, as told from its packets. Oracle: that kernel's own call stack at each repetition
// (test/fixtures/repairs/README.md).
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {gunzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import * as z from 'zod/mini';
import {segmentOf} from '../../source/account/packet.ts';
import {CaptureIndex} from '../../source/observe/capture-trace.ts';
import {Mark} from '../../source/observe/tcp-marks.ts';
import type {PacketRecord} from '../../source/sim/trace.ts';
import {readBytes} from '../wire/captures.ts';

const folder = fileURLToPath(new URL('../fixtures/repairs/', import.meta.url));
const by = z.array(z.enum(['probe', 'timer', 'reports', 'afterTimer']));
const schema = z.object({
  recordings: z.array(
    z.object({name: z.string(), port: z.number(), at: z.enum(['client', 'server']), client: by, server: by}),
  ),
});
const {recordings} = schema.parse(JSON.parse(readFileSync(`${folder}known.json`, 'utf8')));
const file = gunzipSync(readFileSync(`${folder}known.pcap.gz`));

const names = [
  [Mark.probed, 'probe'],
  [Mark.timedOut, 'timer'],
  [Mark.reported, 'reports'],
  [Mark.afterTimeout, 'afterTimer'],
] as const;

const namedIn = ({marks = 0}: PacketRecord): string =>
  names.flatMap(([mark, name]) => (marks & mark ? [name] : [])).join(' or ');

type Repeat = {readonly port: number; readonly to: number; readonly named: string};

const repeats = (): readonly Repeat[] => {
  const index = new CaptureIndex();
  for (const record of readBytes(file).records) index.add(record);
  const trace = index.trace({source: 'known', read: (at, n) => new Uint8Array(file.subarray(at, at + n))});
  return Array.from({length: trace.packetCount}, (_, n) => trace.packet(n + 1)).flatMap((packet) => {
    const segment = segmentOf(packet);
    if (!segment || !packet.retransmission || segment.flags & 2) return [];
    return [{port: segment.srcPort, to: segment.dstPort, named: namedIn(packet)}];
  });
};

const all = repeats();
// At its own end each repetition was captured, the last one apart that was cut into two segments.
const near = recordings.map(({name, port, at, client, server}) => ({
  name,
  truth: at === 'client' ? client : server,
  named: all
    .filter((each) => (at === 'client' ? each.port === port : each.to === port && each.port === 8000))
    .map(({named}) => named),
}));

test('each repetition at its sender’s end has the name of what sent it, or of two that look alike', () => {
  let [exact, either] = [0, 0];
  for (const {name, truth, named} of near) {
    if (named.length !== truth.length) {
      // One packet of the kernel was two segments: all of one kind.
      expect(new Set(named), name).toEqual(new Set(truth));
      continue;
    }
    for (const [index, told] of named.entries()) {
      expect(told.split(' or '), `${name}, repetition ${index + 1}`).toContain(truth[index]);
      if (told === truth[index]) exact += 1;
      else either += 1;
    }
  }
  console.log(`${exact} named, ${either} one of two`);
  expect(exact).toBeGreaterThan(30);
  expect(either).toBeLessThan(8);
});
