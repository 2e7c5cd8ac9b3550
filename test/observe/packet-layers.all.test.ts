// Every run over TLS as tshark reads its export without the secrets: the same records and messages in clear in the same frames.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {captureFile} from '../../source/io/export/capture-file.ts';
import {packetLayers} from '../../source/observe/packet-layers.ts';
import {tlsSessionsIn} from '../../source/observe/tls-sessions.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {allRuns, traceOf} from '../helpers/all-runs.ts';
import {few} from '../helpers/seeds.ts';
import {tsharkMissing} from '../wire/tshark.ts';

const missing = tsharkMissing();
if (missing) console.log(`records over segments are not compared with tshark, because ${missing}`);

const folder = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
afterAll(() => rmSync(folder, {recursive: true}));

const names = ['tls.record.length', 'tls.handshake.type', 'tls.handshake.length'];

/** By frame; what is sent again tshark leaves out. */
const theirs = (trace: Trace): ReadonlyMap<number, readonly string[]> => {
  const file = join(folder, 'run.pcap');
  writeFileSync(
    file,
    Buffer.concat([
      ...(captureFile({trace, format: 'pcap', at: undefined, language: 'en', application: 'test'}) ?? []),
    ]),
  );
  const again =
    'tcp.analysis.retransmission || tcp.analysis.out_of_order || tcp.analysis.spurious_retransmission';
  const fields = ['frame.number', ...names].flatMap((name) => ['-e', name]);
  const {stdout} = spawnSync('tshark', ['-r', file, '-Y', `tls && !(${again})`, '-T', 'fields', ...fields], {
    encoding: 'utf8',
  });
  const rows = stdout.split('\n').filter((row) => row !== '');
  return new Map(rows.map((row) => [Number(row.split('\t')[0]), row.split('\t').slice(1)]));
};

const ours = (trace: Trace, packet: number): readonly string[] => {
  const whole = packetLayers(trace, packet).layers.filter(
    ({protocol, opened, fields}) =>
      protocol === 'tls' && !opened && !fields.some(({name}) => name === 'tls.segment.data'),
  );
  const fields = whole.flatMap((layer) => layer.fields);
  return names.map((wanted) => fields.flatMap(({name, value}) => (name === wanted ? [value] : [])).join(','));
};

const runs = allRuns().filter(
  (run) => /^(https|url-to-page)/.test(run.lesson.id) && tlsSessionsIn(traceOf(run)).length > 0,
);

test.skipIf(missing !== undefined).each(few(runs, 10))('$name', (run) => {
  const trace = traceOf(run);
  const frames = theirs(trace);
  expect(frames.size).toBeGreaterThan(0);
  for (const [frame, fields] of frames) expect(ours(trace, frame), `frame ${frame}`).toEqual(fields);
});
