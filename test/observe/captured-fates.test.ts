// Fates by the numbers of packets, of which some frames of the capture may not be; states that show with the next packet that came.
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import type {Change} from '../../source/observe/capture-timeline.ts';
import {CapturedFates} from '../../source/observe/captured-fates.ts';
import {FateColumns, Verdict} from '../../source/observe/fate-columns.ts';
import {traceOfFile} from '../helpers/captured.ts';
import {todayFolder} from '../helpers/captured-today.ts';

type Seen = {
  readonly frame: number;
  readonly side?: 0 | 1;
  readonly forMany?: boolean;
  readonly to?: string;
};

const fatesOf = (seen: readonly Seen[], judged: readonly (readonly number[])[] = []) => {
  const columns = new FateColumns();
  for (const [frame = 0, verdict, first, second] of judged) {
    const known = Object.values(Verdict).find((each) => each === verdict);
    columns.set(frame, known ?? Verdict.presumed, first, second);
  }
  return new CapturedFates(
    columns,
    seen.map(({frame, side = 0, forMany = false, to = 'far'}) => ({frame, side, forMany, to})),
  );
};

test('packets are found by their frames, whether all of them are there or some', () => {
  const all = fatesOf([1, 2, 3].map((frame) => ({frame})));
  expect([0, 1, 3, 4].map((frame) => all.packetOf(frame))).toEqual([undefined, 1, 3, undefined]);
  const some = fatesOf([2, 3, 5, 8, 13, 21].map((frame) => ({frame})));
  expect([1, 2, 3, 4, 5, 8, 12, 13, 21, 22].map((frame) => some.packetOf(frame))).toEqual([
    ...[undefined, 1, 2, undefined, 3, 4],
    ...[undefined, 5, 6, undefined],
  ]);
});

test('what shows it is named by packets; what is not among them is left out', () => {
  const fates = fatesOf(
    [{frame: 10}, {frame: 12}, {frame: 15, forMany: true}],
    [
      [10, Verdict.lost, 12, 15],
      [12, Verdict.delivered, 11],
      [15, Verdict.delivered, 10],
    ],
  );
  expect(fates.of(1)).toEqual({what: 'lost', how: 'proved', shownBy: [2, 3]});
  expect(fates.of(2)).toEqual({what: 'delivered', how: 'proved', shownBy: []});
  expect([1, 2, 3, 4].map((packet) => fates.answerTo(packet))).toEqual([2, 0, 1, 0]);
  // What is meant for many arrives at no one place; there is no packet 4.
  expect([3, 4].map((packet) => fates.verdict(packet))).toEqual([Verdict.unknown, Verdict.unknown]);
});

// RFC 5681 §4.2, RFC 9293 §3.10.7.2, RFC 7323 §5: a host may have what it throws away without a word.
test('what came as far as the host that captured was not lost on its way there', () => {
  const fates = fatesOf(
    [1, 2, 3, 4].map((frame) => ({frame, to: frame < 4 ? 'here' : 'far'})),
    [
      [1, Verdict.lost, 2],
      [2, Verdict.presumedLost, 3],
      [3, Verdict.filtered, 4],
      [4, Verdict.lost, 3],
    ],
  );
  const whats = () => [1, 2, 3, 4].map((packet) => fates.of(packet).what);
  expect(whats()).toEqual(['lost', 'lost', 'lost', 'lost']);
  fates.host = 'here';
  expect(whats()).toEqual(['unknown', 'unknown', 'lost', 'lost']);
});

describe('what a packet tells of its receiver', () => {
  const change = (packet: number, arrives = true): Change => ({
    ...{packet, arrives, end: 2, connection: 1},
    ...{from: 'CLOSED', to: 'SYN-SENT'},
  });
  const moved = (seen: readonly Seen[], lost: readonly number[], packets: readonly number[], of: Change) =>
    fatesOf(
      seen,
      lost.map((frame) => [frame, Verdict.lost, 99]),
    )
      .movedOn([of], packets)
      .map(({packet}) => packet);

  const seen = [0, 0, 1, 0, 0].map((side, at): Seen => ({frame: at + 1, side: side === 0 ? 0 : 1}));
  const all = [1, 2, 3, 4, 5];

  test('shows with it where it came, or is of its sender', () => {
    expect(moved(seen, [], all, change(1))).toEqual([1]);
    expect(moved(seen, [1], all, change(1, false))).toEqual([1]);
  });

  test('shows with the next one of its sender that came', () => {
    expect(moved(seen, [1], all, change(1))).toEqual([2]);
    expect(moved(seen, [1, 2], all, change(1))).toEqual([4]);
    expect(moved(seen, [1, 2, 4], all, change(1))).toEqual([5]);
    expect(moved(seen, [1, 2], [1, 3, 5], change(1))).toEqual([5]);
    expect(moved(seen, [3], all, change(3))).toEqual([]);
    expect(moved(seen, [5], all, change(5))).toEqual([]);
  });

  test('4000 packets on nobody looks any more', () => {
    const many = Array.from({length: 4002}, (_, at): Seen => ({frame: at + 1}));
    expect(moved(many, [1], [1, 4001], change(1))).toEqual([4001]);
    expect(moved(many, [1], [1, 4002], change(1))).toEqual([]);
  });
});

/** As tshark reads the quotes: `-e icmp.type -e icmp.code`, and behind the packet that they quote. */
test.each([
  [
    '27a-traceroute.pcap',
    {3: 'ttl 4', 5: 'ttl 6', 7: 'delivered 8', 9: 'ttl 10', 11: 'ttl 12', 13: 'delivered 14'},
  ],
  ['28d-traceroute-syn.pcap', {1: 'ttl 2'}],
  ['28e-ping-one-hop.pcap', {5: 'ttl 6'}],
  ['23k-dns-two-answers.pcap', {5: 'delivered 6'}],
])('%s: ICMP quotes are known', (name, told) => {
  const file = readFileSync(todayFolder + name);
  for (const contents of [false, true]) {
    const trace = traceOfFile(file, name, contents);
    const proved = Object.keys(told).map((id) => {
      const {what, how, reason, shownBy = []} = trace.packet(Number(id)).deduced ?? {};
      return [id, how === 'proved' ? `${reason ?? what} ${shownBy}` : how];
    });
    expect(Object.fromEntries(proved)).toEqual(told);
  }
});
