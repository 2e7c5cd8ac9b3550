// Why a stack sends what a capture shows, worked out going forward: what counts, what begins anew, and what is settled later.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {CaptureIndex} from '../../source/observe/capture-trace.ts';
import {capturedReasonOf} from '../../source/observe/captured-reasons.ts';
import {
  mayBeForged,
  nothingPassed,
  type PassedSegment,
  passageAfter,
  segmentReason,
} from '../../source/observe/segment-reasons.ts';
import {Mark} from '../../source/observe/tcp-marks.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {segmentIn} from '../../source/wire/frame.ts';
import {seq} from '../../source/wire/seq.ts';
import {TcpFlag} from '../../source/wire/tcp.ts';
import {capturedTrace, capturePath} from '../helpers/captured.ts';
import {readBytes} from '../wire/captures.ts';

const {SYN, ACK} = TcpFlag;

type Given = {
  readonly side?: 0 | 1;
  readonly atUs?: number;
  readonly seq?: number;
  readonly ack?: number;
  readonly bytes?: number;
  readonly flags?: number;
  readonly marks?: number;
};

const passing = (all: readonly Given[]): readonly PassedSegment[] =>
  all.map(({side = 0, atUs, marks = 0, bytes = 0, flags = ACK, ...given}, index) => ({
    ...{packet: index + 1, side, marks, atUs: atUs ?? 1000 * index},
    segment: {
      ...{srcPort: 1, dstPort: 2, flags, window: 100, urgent: 0, options: []},
      ...{seq: seq(given.seq ?? 0), ack: seq(given.ack ?? 0), payload: {length: bytes, chunks: []}},
    },
  }));

const passageOf = (all: readonly PassedSegment[]) => all.reduce(passageAfter, nothingPassed);

const lastRules = (given: readonly Given[]): readonly string[] => {
  const all = passing(given);
  const last = all.at(-1);
  return last ? segmentReason(passageOf(all.slice(0, -1)), last).rules : [];
};

const asks = {side: 1, seq: 900, ack: 100} as const;
const again = {seq: 100, ack: 900, bytes: 10, marks: Mark.resent | Mark.reported};
const duplicate = {...asks, marks: Mark.duplicateAck};

test('three duplicate ACKs since these numbers passed last begin fast retransmit, fewer do not (RFC 5681 §3.2)', () => {
  const first = {seq: 100, ack: 900, bytes: 10};
  expect(lastRules([first, asks, duplicate, duplicate, duplicate, again])).toEqual([
    '5681:3.2/fast-retransmit',
  ]);
  expect(lastRules([first, asks, duplicate, duplicate, again])).toEqual(['6582:3.2/partial-ack']);
  expect(lastRules([first, asks, duplicate, duplicate, first, duplicate, again])).toEqual([
    '6582:3.2/partial-ack',
  ]);
});

test('a SYN may be forged once a second has passed behind its answer in silence, and is not where its sender speaks', () => {
  const call = {flags: SYN, seq: 5};
  const answer = {side: 1, flags: SYN | ACK, seq: 8, ack: 6, atUs: 1000} as const;
  const open = passageOf(passing([call, answer]));
  expect(mayBeForged(open, 1, 1_000_999)).toBe(false);
  expect(mayBeForged(open, 1, 1_001_000)).toBe(true);
  const late = passageOf(passing([call, answer, {seq: 6, ack: 9, atUs: 1_001_000}]));
  expect(mayBeForged(late, 1, 9_000_000)).toBe(true);
  const soon = passageOf(passing([call, answer, {seq: 6, ack: 9, atUs: 1_000_999}]));
  expect(mayBeForged(soon, 1, 9_000_000)).toBe(false);
  expect(mayBeForged(passageOf(passing([call])), 1, 9_000_000)).toBe(false);
});

test('without SACK a repeated ACK may answer what came again within the last second', () => {
  const came = {seq: 100, ack: 900, bytes: 10};
  const own = {side: 1, seq: 900, ack: 110} as const;
  const told = (atUs: number) =>
    lastRules([
      ...[came, own, {...came, marks: Mark.resent, atUs: 2000}, {seq: 120, ack: 900, bytes: 10}],
      {...own, marks: Mark.duplicateAck, atUs},
    ]);
  expect(told(1_001_999)).toEqual(['9293:3.10.7.4/text/out-of-order', '9293:3.10.7.4/sequence/duplicate']);
  expect(told(1_002_000)).toEqual(['9293:3.10.7.4/text/out-of-order']);
});

const reasonsIn = (trace: Trace, ids: readonly number[]) =>
  new Map(ids.map((id) => [id, capturedReasonOf(trace, trace.event(trace.packet(id).sendEvent))]));

const name = '08j-three-losses.pcapng';
const all = Array.from({length: capturedTrace(name).packetCount}, (_, at) => at + 1);

test('whoever asks for packets in any order is told the same, and at each look at a capture in the making', () => {
  const whole = reasonsIn(capturedTrace(name), all);
  expect(all.length).toBeGreaterThan(120);
  expect([...whole.values()].filter(({rules}) => rules.length > 0).length).toBeGreaterThan(90);
  const trace = capturedTrace(name);
  let passage = nothingPassed;
  for (const id of trace.connectionPackets?.packetsOf(1) ?? []) {
    const {from, frame, marks = 0, capturedUs: atUs = 0} = trace.packet(id);
    const segment = frame && segmentIn(frame);
    if (!segment) continue;
    const side = from === trace.connections[0]?.ends[0].address ? 0 : 1;
    const passed: PassedSegment = {packet: id, side, atUs, marks, segment};
    expect(whole.get(id)?.rules, `packet ${id}`).toEqual(segmentReason(passage, passed).rules);
    passage = passageAfter(passage, passed);
  }
  const backwards = reasonsIn(capturedTrace(name), all.toReversed());
  for (const id of all) expect(backwards.get(id), `packet ${id}`).toEqual(whole.get(id));
  const file = readFileSync(capturePath(name));
  const read = (offset: number, length: number) => new Uint8Array(file.subarray(offset, offset + length));
  const growing = new CaptureIndex();
  for (const record of readBytes(file).records) {
    growing.add(record);
    const look = growing.taken % 30 === 0 ? growing.trace({source: name, read}) : undefined;
    if (look) expect(reasonsIn(look, [growing.taken]).get(growing.taken)).toEqual(whole.get(growing.taken));
  }
});
