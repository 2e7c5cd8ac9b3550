// Oracle: Wireshark's user's guide, section “TCP Analysis”: each condition at its bound, in small flows written by hand.
import {describe, expect, test} from 'vitest';
import {Flag, type SeenSegment, spaceOf} from '../../source/observe/seen-segment.ts';
import {SequenceRanges} from '../../source/observe/sequence-ranges.ts';
import {Mark, TcpMarks} from '../../source/observe/tcp-marks.ts';
import {seq} from '../../source/wire/seq.ts';

type Given = {
  readonly from: 0 | 1;
  readonly seq: number;
  readonly ack?: number;
  readonly atMs?: number;
  readonly length?: number;
  readonly flags?: number;
  readonly window?: number;
  readonly scale?: number;
};

const {syn: SYN, fin: FIN, rst: RST, ack: ACK} = Flag;

const seen = ({
  seq: first,
  ack,
  atMs = 0,
  length = 0,
  flags = 0,
  window = 1000,
  scale,
}: Given): SeenSegment => ({
  frame: 1,
  atUs: atMs * 1000,
  seq: seq(first),
  ack: seq(ack ?? 0),
  flags: flags | (ack === undefined ? 0 : ACK),
  window,
  length,
  data: new Uint8Array(length),
  opening:
    (flags & SYN) === 0
      ? undefined
      : {sackPermitted: false, timestamps: false, ...(scale === undefined ? {} : {windowScale: scale})},
  sack: [],
  sacks: false,
});

/** What each segment is marked with, names joined by a space. */
const marksOf = (flow: readonly Given[]): readonly string[] => {
  const marks = new TcpMarks();
  const ranges = [new SequenceRanges(), new SequenceRanges()] as const;
  return flow.map((given) => {
    const segment = seen(given);
    const found = marks.take(given.from, segment, ranges[given.from === 0 ? 1 : 0]);
    const own = ranges[given.from];
    const start = own.place(segment.seq);
    own.add(start, start + spaceOf(segment));
    return Object.entries(Mark)
      .filter(([name, bit]) => name !== 'resent' && (found & bit) !== 0)
      .map(([name]) => name)
      .join(' ');
  });
};
const lastMark = (...flow: readonly Given[]): string => marksOf(flow).at(-1) ?? '?';

const data = (atSeq: number, length: number, more: Partial<Given> = {}): Given => ({
  from: 0,
  seq: atSeq,
  ack: 500,
  length,
  ...more,
});
const ack = (to: number, more: Partial<Given> = {}): Given => ({from: 1, seq: 500, ack: to, ...more});

describe('gaps', () => {
  test('a segment behind what was expected has lost one before it; a RST has not', () => {
    expect(lastMark(data(100, 10), data(111, 10))).toBe('lostBefore');
    expect(lastMark(data(100, 10), data(110, 10))).toBe('');
    expect(lastMark(data(100, 10), {from: 0, seq: 111, flags: RST})).toBe('');
  });

  test('an ACK of what was never seen', () => {
    expect(lastMark(data(100, 10), ack(110))).toBe('');
    expect(lastMark(data(100, 10), ack(111))).toBe('ackedLost');
    expect(lastMark(data(100, 10), data(120, 10), ack(130))).toBe('ackedLost');
    // What comes late fills the gap.
    expect(lastMark(data(100, 10), data(120, 10), data(110, 10), ack(130))).toBe('');
    // The number that stands in a segment without ACK acknowledges nothing.
    expect(lastMark(data(100, 10), {...ack(0), seq: 500, flags: RST})).toBe('');
  });
});

describe('what is sent again', () => {
  const again = data(100, 10, {atMs: 100});

  test('nothing tells more: a retransmission', () => {
    expect(lastMark(data(100, 10), again)).toBe('retransmission');
    expect(lastMark(data(100, 10), data(110, 10), again)).toBe('retransmission');
    expect(lastMark({from: 0, seq: 99, flags: SYN}, {from: 0, seq: 99, flags: SYN, atMs: 1000})).toBe(
      'retransmission',
    );
    expect(lastMark(data(100, 10, {flags: FIN}), data(110, 0, {flags: FIN, atMs: 300}))).toBe(
      'retransmission',
    );
  });

  test('all of it has been acknowledged: spurious', () => {
    expect(lastMark(data(100, 10), ack(110), again)).toBe('spuriousRetransmission');
    expect(lastMark(data(100, 10), ack(109), again)).toBe('retransmission');
  });

  const duplicates = (count: number, atMs = 90): readonly Given[] => [
    data(90, 10),
    data(100, 10),
    data(110, 10),
    ack(100, {atMs: 50}),
    ...Array.from({length: count}, () => ack(100, {atMs})),
  ];

  test('two duplicate ACKs ask for it, less than 20 ms ago: fast', () => {
    expect(lastMark(...duplicates(2), data(100, 10, {atMs: 109}))).toBe('fastRetransmission');
    expect(lastMark(...duplicates(2), data(100, 10, {atMs: 110}))).toBe('retransmission');
    expect(lastMark(...duplicates(1), data(100, 10, {atMs: 109}))).toBe('retransmission');
    expect(lastMark(...duplicates(2), data(110, 10, {atMs: 109}))).toBe('retransmission');
  });

  test('a new acknowledgment begins the count anew', () => {
    const flow = [...duplicates(2), data(120, 10), ack(110, {atMs: 91}), ack(110, {atMs: 92})];
    expect(lastMark(...flow, data(110, 10, {atMs: 93}))).toBe('retransmission');
    expect(lastMark(...flow, ack(110, {atMs: 92}), data(110, 10, {atMs: 93}))).toBe('fastRetransmission');
  });

  test('soon after what came first, and not its end: out of order', () => {
    const gap = [data(100, 10), data(120, 10, {atMs: 50})];
    expect(lastMark(...gap, data(110, 10, {atMs: 52.999}))).toBe('outOfOrder');
    expect(lastMark(...gap, data(110, 10, {atMs: 53}))).toBe('retransmission');
    expect(lastMark(data(100, 10), data(110, 10, {atMs: 50}), data(110, 10, {atMs: 51}))).toBe(
      'retransmission',
    );
  });

  test('soon is the round trip of the handshake where it was seen', () => {
    const opened: readonly Given[] = [
      {from: 0, seq: 99, flags: SYN},
      {from: 1, seq: 499, ack: 100, flags: SYN, atMs: 20},
      data(100, 0, {atMs: 40}),
      data(100, 10, {atMs: 100}),
      data(120, 10, {atMs: 150}),
    ];
    expect(lastMark(...opened, data(110, 10, {atMs: 189}))).toBe('outOfOrder');
    expect(lastMark(...opened, data(110, 10, {atMs: 190}))).toBe('retransmission');
  });
});

test('the round trip of the handshake: from the last SYN before it to the first ACK that is none', () => {
  const marks = new TcpMarks();
  const take = (given: Given) => marks.take(given.from, seen(given), new SequenceRanges());
  take({from: 0, seq: 99, flags: SYN, atMs: 0});
  take({from: 0, seq: 99, flags: SYN, atMs: 1000});
  take({from: 1, seq: 499, ack: 100, flags: SYN, atMs: 1020});
  expect(marks.initialRoundTripUs).toBeUndefined();
  take(data(100, 0, {atMs: 1040}));
  expect(marks.initialRoundTripUs).toBe(40_000);
  take(data(100, 10, {atMs: 2000}));
  expect(marks.initialRoundTripUs).toBe(40_000);
});

describe('segments without data', () => {
  const before = [data(100, 10), ack(110, {window: 900})];

  test('the same numbers, the same window: a duplicate ACK', () => {
    expect(lastMark(...before, ack(110, {window: 900}))).toBe('duplicateAck');
    expect(lastMark(...before, ack(110, {window: 901}))).toBe('windowUpdate');
    expect(lastMark(...before, ack(110, {window: 0}))).toBe('zeroWindow');
    expect(lastMark(...before, ack(110, {window: 900, seq: 501}))).toBe('lostBefore');
    expect(lastMark(data(100, 10), ack(105, {window: 900}), ack(110, {window: 900}))).toBe('');
    for (const flags of [FIN, RST]) expect(lastMark(...before, ack(110, {window: 900, flags}))).toBe('');
  });

  test('a window of 0 is none where the segment opens, closes or resets', () => {
    expect(lastMark(...before, ack(110, {window: 0, flags: FIN}))).toBe('');
    expect(lastMark({from: 0, seq: 1, flags: SYN, window: 0})).toBe('');
  });

  test('keep-alives stand one below the next number and have an octet at most', () => {
    for (const length of [0, 1]) {
      const probe = data(109, length, {atMs: 500});
      expect(lastMark(...before, probe)).toMatch(/^(spuriousRetransmission )?keepAlive$/);
      expect(lastMark(...before, probe, ack(110, {window: 900}))).toBe('keepAliveAck');
      expect(lastMark(...before, probe, ack(110, {window: 901}))).toBe('windowUpdate');
    }
    expect(lastMark(...before, data(108, 1, {atMs: 500}))).toBe('spuriousRetransmission');
    expect(lastMark(...before, data(108, 2, {atMs: 500}))).toBe('spuriousRetransmission');
  });
});

describe('closed windows', () => {
  const closed = [data(100, 10), ack(110, {window: 0})];

  test('one octet at the next number is a probe, and is answered', () => {
    expect(lastMark(...closed, data(110, 1))).toBe('zeroWindowProbe');
    expect(lastMark(...closed, data(110, 2))).toBe('');
    expect(lastMark(data(100, 10), ack(110, {window: 1}), data(110, 1))).toBe('');
    expect(lastMark(...closed, data(110, 1), ack(110, {window: 0}))).toBe('zeroWindow zeroWindowProbeAck');
    expect(lastMark(...closed, data(110, 1), ack(110, {window: 5}))).toBe('windowUpdate');
    // A receiver may have taken the octet after all.
    expect(lastMark(...closed, data(110, 1), ack(111, {window: 5}))).toBe('windowUpdate');
  });

  const opened = (scale: number | undefined): readonly Given[] => [
    {from: 0, seq: 99, flags: SYN, ...(scale === undefined ? {} : {scale})},
    {from: 1, seq: 499, ack: 100, flags: SYN, window: 40, ...(scale === undefined ? {} : {scale})},
    data(100, 0),
  ];

  test('the last octet that there is room for fills it; scales count, but not for the window of a SYN', () => {
    expect(lastMark(...opened(2), data(100, 40))).toBe('windowFull');
    expect(lastMark(...opened(2), data(100, 39))).toBe('');
    expect(lastMark(...opened(2), data(100, 10), ack(110, {window: 10}), data(110, 40))).toBe('windowFull');
    expect(lastMark(...opened(2), data(100, 10), ack(110, {window: 10}), data(110, 41))).toBe('');
    expect(lastMark(...opened(undefined), data(100, 10), ack(110, {window: 10}), data(110, 10))).toBe(
      'windowFull',
    );
    // RFC 7323 §2.3: more than 14 counts as 14.
    const wide = [...opened(15), data(100, 10), ack(110, {window: 1})];
    expect(lastMark(...wide, data(110, 16_384))).toBe('windowFull');
  });

  test('where the opening was not seen, nobody knows the scale', () => {
    expect(lastMark(data(100, 10), ack(110, {window: 10}), data(110, 10))).toBe('');
  });
});
