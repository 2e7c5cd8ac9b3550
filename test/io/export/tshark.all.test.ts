// Wireshark's judgement on what we export: every lesson, every run and what-if. Where sharkd is not installed the tests
// are skipped and say so.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {captureFile} from '../../../source/io/export/capture-file.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {dissect} from '../../../source/wire/dissect.ts';
import {allRuns, type LessonRun, traceOf} from '../../helpers/all-runs.ts';
import {few} from '../../helpers/seeds.ts';
import {plain, Sharkd, sharkdMissing} from '../../helpers/sharkd.ts';

const missing = sharkdMissing();
if (missing) console.log(`${missing}: exports not judged`);

let folder = '';
let sharkd: Sharkd | undefined;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
  if (!missing) sharkd = await Sharkd.start();
});
afterAll(() => {
  sharkd?.stop();
  rmSync(folder, {recursive: true});
});

const reading = async (file: string): Promise<Sharkd> => {
  if (!sharkd) throw new Error('sharkd was not started');
  await sharkd.load(file);
  return sharkd;
};

const exported = (trace: Trace, at?: string): string => {
  const pieces = captureFile({trace, format: 'pcapng', at, language: 'en', application: 'test'});
  const file = join(folder, 'export.pcapng');
  writeFileSync(file, Buffer.concat([...(pieces ?? [])]));
  return file;
};

// Unfinished sequences, resets and retransmissions are what lessons are about: notes and warnings, never errors. One error is
// no fault: segments that a smaller path MTU has cut anew (RFC 1191) overlap the first ones, from which Wireshark has begun a message.
const cutAnew = '_ws.expert.message contains "overlaps old data"';
const faults = [
  'ip.checksum.status == "Bad" || tcp.checksum.status == "Bad"',
  `((_ws.malformed || _ws.expert.severity >= 0x00800000) && !(${cutAnew}))`,
].join(' || ');

/** Hosts that offload leave checksums to their cards: a capture there shows what is not filled in yet. */
const faultsIn = ({run}: LessonRun): string =>
  run.hosts.some(({tcp}) => tcp?.offload) ? `(${faults}) && !(tcp.checksum.status == "Bad")` : faults;

const fields = [
  'frame.number',
  'ip.src',
  'ip.dst',
  'ip.len',
  'ip.id',
  'ip.ttl',
  'tcp.srcport',
  'tcp.dstport',
  'tcp.seq_raw',
  'tcp.ack_raw',
  'tcp.flags',
  'tcp.window_size_value',
  'tcp.checksum',
  'tcp.len',
  'tcp.options',
];

/** Of what an ICMP error quotes, a piece of a segment, tshark shows less than we do: there the IP header counts. */
const comparable = (trace: Trace, id: number): number => {
  const {bytes, linkType} = trace.packet(id);
  const isError = dissect(bytes, linkType).layers.some(({protocol}) => protocol === 'icmp');
  return isError ? fields.indexOf('tcp.srcport') : fields.length;
};

const ourRow = (trace: Trace, id: number): readonly string[] => {
  const {bytes, linkType} = trace.packet(id);
  const known = dissect(bytes, linkType).layers.flatMap((layer) => layer.fields);
  const value = (name: string): string => known.find((field) => field.name === name)?.value ?? '';
  return [String(id), ...fields.slice(1, comparable(trace, id)).map((name) => plain(value(name)))];
};

/** Of each run both kinds of file, kept for capinfos, with the packets that they hold. */
const kept: {readonly file: string; readonly packets: number}[] = [];

const keep = (trace: Trace): void => {
  for (const format of ['pcapng', 'pcap'] as const) {
    const pieces = captureFile({
      trace,
      format,
      at: undefined,
      language: 'zh',
      application: 'test',
      why: ({because}) => because,
    });
    const file = join(folder, `${kept.length}.${format}`);
    writeFileSync(file, Buffer.concat([...(pieces ?? [])]));
    kept.push({file, packets: trace.packetCount});
  }
};

describe.skipIf(missing !== undefined).each(few(allRuns(), 12))('$name', (lessonRun) => {
  const trace = traceOf(lessonRun);

  test('nothing malformed, no bad checksum, no expert error; frame N is packet N, field by field', async () => {
    keep(trace);
    const their = await reading(exported(trace));
    expect(await their.rows(['frame.number'], faultsIn(lessonRun))).toEqual([]);
    const rows = await their.rows(fields);
    expect(rows.map((row, index) => row.slice(0, comparable(trace, index + 1)))).toEqual(
      Array.from({length: trace.packetCount}, (_, index) => ourRow(trace, index + 1)),
    );
  });

  test('what each host saw is sound too', async () => {
    for (const {name} of trace.header.hosts) {
      const their = await reading(exported(trace, name));
      expect(await their.rows(['frame.number'], faultsIn(lessonRun))).toEqual([]);
    }
  });
});

test.skipIf(missing !== undefined)('the filter finds faults: a damaged copy is noticed', async () => {
  const first = allRuns()[0];
  if (!first) throw new Error('there is a lesson');
  const file = exported(traceOf(first));
  const bytes = readFileSync(file);
  // The last byte of the last packet's payload or options, before its block's padding and length.
  bytes[bytes.length - 9] = (bytes[bytes.length - 9] ?? 0) ^ 0xff;
  writeFileSync(file, bytes);
  const their = await reading(file);
  expect(await their.rows(['frame.number'], faults)).not.toEqual([]);
});

const noCapinfos =
  spawnSync('capinfos', ['--version']).status === 0 ? undefined : 'capinfos is not installed';
if (noCapinfos) console.log(`${noCapinfos}: our files not judged`);

test.skipIf(missing !== undefined || noCapinfos !== undefined)('capinfos accepts and counts', () => {
  // A table of the counts alone, without a head; times in their order.
  const {status, stdout, stderr} = spawnSync('capinfos', [
    '-T',
    '-r',
    '-m',
    '-M',
    '-N',
    '-c',
    '-o',
    ...kept.map(({file}) => file),
  ]);
  expect(stderr.toString()).toBe('');
  expect(status).toBe(0);
  const counted = stdout
    .toString()
    .trim()
    .split('\n')
    .map((line) => line.split(',').map((cell) => cell.trim()));
  expect(counted.map(([file, packets]) => ({file, packets: Number(packets)}))).toEqual(kept);
  expect(new Set(counted.map(([, , inOrder]) => inOrder))).toEqual(new Set(['True']));
});
