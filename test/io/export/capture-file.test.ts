// Exported captures, read again by our own reader: frame N is packet N, lost packets say so, a host sees what it saw.
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {nodeCrypto} from '../../../source/io/crypto.ts';
import {captureFile} from '../../../source/io/export/capture-file.ts';
import type {Fault} from '../../../source/sim/fault.ts';
import {simulate} from '../../../source/sim/simulate.ts';
import type {Trace, TraceEvent} from '../../../source/sim/trace.ts';
import {unlockWith} from '../../../source/stack/tls/recorded/unlock.ts';
import {CaptureReader} from '../../../source/wire/pcap/reader.ts';
import type {CaptureRecord} from '../../../source/wire/pcap/record.ts';
import {encodePcapng} from '../../../source/wire/pcap/writer.ts';
import {parseKeyLog} from '../../../source/wire/tls/key-log.ts';
import {deviations} from '../../../source/words/catalogue/not-tcp.ts';
import {capturedTrace, traceOfFile} from '../../helpers/captured.ts';
import {saidFile} from '../../helpers/said-capture.ts';
import {handshakeScenario} from '../../helpers/scenarios.ts';
import {captureFolder, readBytes} from '../../wire/captures.ts';

const runWith = (faults: readonly Fault[], arp = false): Trace =>
  simulate(handshakeScenario({faults, arp}), {source: 'handshake', run: 'base'});

const exported = (trace: Trace, format: 'pcap' | 'pcapng', at?: string): readonly CaptureRecord[] => {
  const reader = new CaptureReader();
  const pieces = captureFile({trace, format, at, language: 'en', application: 'test'});
  const records = [...(pieces ?? [])].flatMap((piece) => reader.push(piece).records);
  expect(reader.end()).toBe(undefined);
  return records;
};

test.each(['pcap', 'pcapng'] as const)('%s: frame N is packet N, at its first sending', (format) => {
  const trace = runWith([{kind: 'drop', at: {packet: 2}}]);
  const records = exported(trace, format);
  expect(records).toHaveLength(trace.packetCount);
  for (const record of records) {
    const packet = trace.packet(record.frameNumber);
    expect(record.bytes).toEqual(packet.bytes);
    expect(record.atUs).toBe(packet.sentUs);
  }
});

test('a lost packet carries a comment, the others none', () => {
  const records = exported(runWith([{kind: 'drop', at: {packet: 2}}]), 'pcapng');
  expect(records.filter(({comments}) => comments.length > 0).map(({frameNumber}) => frameNumber)).toEqual([
    2,
  ]);
  expect(records[1]?.comments).toEqual(['lost on the way']);
});

test('what a rule sent says why, and what was lost says that, too', () => {
  const trace = runWith([{kind: 'drop', at: {packet: 2}}]);
  const why = ({because}: TraceEvent): string => `because of ${because}`;
  const file = captureFile({
    trace,
    format: 'pcapng',
    at: undefined,
    language: 'en',
    application: 'test',
    why,
  });
  const records = readBytes(Buffer.concat([...(file ?? [])])).records;
  expect(records[0]?.comments).toEqual(['because of 9293:3.10.1/open/active']);
  expect(records[1]?.comments).toEqual(['because of 9293:3.10.7.2/listen/syn', 'lost on the way']);
});

test('a host does not see what was lost before it, and sees arrivals when they arrive', () => {
  const trace = runWith([{kind: 'drop', at: {packet: 1}}]);
  const atClient = exported(trace, 'pcapng', 'client');
  const atServer = exported(trace, 'pcapng', 'server');
  expect(atServer).toHaveLength(atClient.length - 1);
  expect(atServer[0]?.atUs).toBe((trace.packet(2).sentUs ?? 0) + 50_000);
});

test('ARP is left out, but not where a host captures', () => {
  const trace = runWith([], true);
  const type = ({bytes}: CaptureRecord): number => ((bytes[12] ?? 0) << 8) | (bytes[13] ?? 0);
  expect(exported(trace, 'pcapng').map(type)).not.toContain(0x0806);
  expect(exported(trace, 'pcapng', 'client').map(type)).toContain(0x0806);
});

test('a run that is not TCP says so in the file', () => {
  const notTcp = ['skipTimeWait'];
  const trace = simulate(handshakeScenario({notTcp}), {source: 'handshake', run: 'odd'});
  const textOf = (of: Trace): string => {
    const pieces = captureFile({
      trace: of,
      format: 'pcapng',
      at: undefined,
      language: 'en',
      application: 'test',
    });
    return Buffer.concat([...(pieces ?? [])]).toString('utf8');
  };
  expect(textOf(trace)).toContain(`not TCP: ${deviations.skipTimeWait.en}`);
  expect(textOf(runWith([]))).not.toContain('not TCP');
});

const read = (file: Uint8Array): readonly CaptureRecord[] => readBytes(file).records;

/** Of a file: its own records; one of them has nanoseconds, one comments. */
describe('a capture that is written again', () => {
  const withNanoseconds = (): Uint8Array =>
    Buffer.concat([
      ...encodePcapng(
        {interfaces: [{linkType: 1}], nanoseconds: true},
        read(saidFile(80, [])).map(({bytes}, index) => ({
          ...{bytes, atUs: 1_790_000_000_000_000 + 1000 * index, nanoseconds: 7 + index},
          comments: index === 1 ? ['seen by hand'] : [],
        })),
      ),
    ]);

  test.each(['pcap', 'pcapng'] as const)('%s keeps times to the nanosecond, and comments', (format) => {
    const file = withNanoseconds();
    const again = exported(traceOfFile(file, 'made.pcapng'), format);
    expect(again.map(({atUs, nanoseconds}) => [atUs, nanoseconds])).toEqual([
      [1_790_000_000_000_000, 7],
      [1_790_000_000_001_000, 8],
    ]);
    expect(again.map(({bytes}) => bytes)).toEqual(read(file).map(({bytes}) => bytes));
    if (format === 'pcapng') expect(again[1]?.comments[0]).toBe('seen by hand');
  });

  const secretsOf = (name: string): string => {
    const reader = new CaptureReader();
    const log = readFileSync(`${captureFolder}${name}.keys`);
    const others = `CLIENT_RANDOM ${'ab'.repeat(32)} ${'cd'.repeat(48)}\n`;
    const keys = {
      log: parseKeyLog(Buffer.concat([log, Buffer.from(others)])),
      unlock: unlockWith(nodeCrypto),
    };
    const trace = capturedTrace(`${name}.pcapng`).withKeys(keys);
    const pieces = captureFile({trace, format: 'pcapng', at: undefined, language: 'en', application: 'test'});
    for (const piece of pieces ?? []) reader.push(piece);
    return reader.secrets.map(({bytes}) => new TextDecoder().decode(bytes)).join('');
  };

  test('has the secrets of what is in it, and of nothing else', () => {
    const log = readFileSync(`${captureFolder}16e-tls13-full.keys`, 'utf8');
    const lines = (text: string) =>
      text.split('\n').filter((line) => /^[A-Z]/.test(line) && !/^EXPORTER/.test(line));
    const written = lines(secretsOf('16e-tls13-full'));
    expect(written.toSorted()).toEqual(lines(log).toSorted());
  });
});
