// Wireshark's judgement on what we export: every lesson, every run and what-if. Where tshark is not installed the tests
// are skipped and say so.
import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {captureFile} from '../../../source/io/export/capture-file.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {dissect} from '../../../source/wire/dissect.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';

const installed = spawnSync('tshark', ['--version']).status === 0;
if (!installed) console.log('tshark is not installed: exports are not held against it');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
});
afterAll(() => rmSync(folder, {recursive: true}));

const verify = ['ip', 'tcp', 'udp'].flatMap((protocol) => ['-o', `${protocol}.check_checksum:TRUE`]);

const tshark = (file: string, args: readonly string[]): string =>
  execFileSync('tshark', ['-n', '-r', file, ...verify, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
    encoding: 'utf8',
  });

const exported = (trace: Trace, at?: string): string => {
  const pieces = captureFile({trace, format: 'pcapng', at, language: 'en', application: 'test'});
  const file = join(folder, 'export.pcapng');
  writeFileSync(file, Buffer.concat([...(pieces ?? [])]));
  return file;
};

// Unfinished sequences, resets and retransmissions are what lessons are about: notes and warnings, never errors.
const faults =
  '_ws.malformed || ip.checksum.status == "Bad" || tcp.checksum.status == "Bad" || _ws.expert.severity >= 0x00800000';

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

/** What our own layers say, in the form in which tshark prints fields. */
const ourRow = (trace: Trace, id: number): string => {
  const {bytes, linkType} = trace.packet(id);
  const known = dissect(bytes, linkType).layers.flatMap((layer) => layer.fields);
  const value = (name: string): string => known.find((field) => field.name === name)?.value ?? '';
  return [String(id), ...fields.slice(1, comparable(trace, id)).map(value)].join('\t');
};

describe.skipIf(!installed).each(allRuns())('$name', (lessonRun) => {
  const trace = traceOf(lessonRun);

  test('nothing malformed, no bad checksum, no expert error', () => {
    expect(tshark(exported(trace), ['-Y', faults])).toBe('');
  });

  test('frame N is packet N, field by field', () => {
    const wanted = fields.flatMap((field) => ['-e', field]);
    // The first of each field: the packet's own, not that of a packet it quotes.
    const rows = tshark(exported(trace), ['-T', 'fields', '-E', 'occurrence=f', ...wanted]);
    const compared = rows
      .replace(/\n$/, '')
      .split('\n')
      .map((row, index) =>
        row
          .split('\t')
          .slice(0, comparable(trace, index + 1))
          .join('\t'),
      );
    expect(compared).toEqual(Array.from({length: trace.packetCount}, (_, index) => ourRow(trace, index + 1)));
  });

  test('what each host saw is sound too', () => {
    for (const {name} of trace.header.hosts) expect(tshark(exported(trace, name), ['-Y', faults])).toBe('');
  });
});

test.skipIf(!installed)('the filter finds faults: a damaged copy is noticed', () => {
  const first = allRuns()[0];
  if (!first) throw new Error('there is a lesson');
  const file = exported(traceOf(first));
  const bytes = execFileSync('cat', [file]);
  // The last byte of the last packet's payload or options, before its block's padding and length.
  bytes[bytes.length - 9] = (bytes[bytes.length - 9] ?? 0) ^ 0xff;
  writeFileSync(file, bytes);
  expect(tshark(file, ['-Y', faults])).not.toBe('');
});
