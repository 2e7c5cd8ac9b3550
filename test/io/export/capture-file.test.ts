// Exported captures, read again by our own reader: frame N is packet N, lost packets say so, a host sees what it saw.
import {expect, test} from 'vitest';
import {captureFile} from '../../../source/io/export/capture-file.ts';
import type {Fault} from '../../../source/sim/fault.ts';
import {simulate} from '../../../source/sim/simulate.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {CaptureReader} from '../../../source/wire/pcap/reader.ts';
import type {CaptureRecord} from '../../../source/wire/pcap/record.ts';
import {handshakeScenario} from '../../helpers/scenarios.ts';
import {readBytes} from '../../wire/captures.ts';

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
  const why = (because: string): string => `because of ${because}`;
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
  expect(textOf(trace)).toContain('not TCP: a connection ends where TIME-WAIT would begin');
  expect(textOf(runWith([]))).not.toContain('not TCP');
});
