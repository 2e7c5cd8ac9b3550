// How connections open and close, and the states of their ends. Oracles: RFC 9293 figures 5 to 7, 12 and 13, line by line; §3.5.1, RFC 1337.
import {describe, expect, test} from 'vitest';
import {Flag, type SeenSegment} from '../../source/observe/seen-segment.ts';
import {TcpCourse} from '../../source/observe/tcp-course.ts';
import {seq} from '../../source/wire/seq.ts';

const {syn: SYN, fin: FIN, rst: RST, ack: ACK} = Flag;

type Given = readonly [side: 0 | 1, seq: number, ack: number | undefined, flags?: number, length?: number];

/** Frame 1, 2, … at 1000, 2000, … µs. */
const seen = ([, first, ack, flags = 0, length = 0]: Given, index: number): SeenSegment => ({
  frame: index + 1,
  atUs: 1000 * (index + 1),
  seq: seq(first),
  ack: seq(ack ?? 0),
  flags: flags | (ack === undefined ? 0 : ACK),
  window: 9,
  length,
  data: new Uint8Array(length),
  opening: undefined,
  sack: [],
  sacks: false,
});

const courseOf = (flow: readonly Given[]): TcpCourse => {
  const course = new TcpCourse();
  flow.forEach((given, index) => {
    course.take(given[0], seen(given, index));
  });
  return course;
};

/** The states behind every segment. */
const statesOf = (flow: readonly Given[]): readonly string[] =>
  flow.map((_, index) =>
    courseOf(flow.slice(0, index + 1))
      .states()
      .map((state) => state ?? '?')
      .join(' '),
  );

const handshake: readonly Given[] = [
  [0, 100, undefined, SYN],
  [1, 300, 101, SYN],
  [0, 101, 301],
];

describe('opening', () => {
  test('figure 6', () => {
    expect(statesOf(handshake)).toEqual(['SYN-SENT ?', 'SYN-SENT SYN-RECEIVED', 'ESTABLISHED ESTABLISHED']);
    const course = courseOf(handshake);
    expect([course.synFrom, course.isn(0), course.isn(1)]).toEqual([0, 100, 300]);
    expect([course.openedUs(0), course.openedUs(1)]).toEqual([1000, 2000]);
    expect([course.opening(0), course.closing(0), course.over]).toEqual(['complete', 'none', false]);
  });

  test('half of it, or less; what is said again changes nothing', () => {
    expect(courseOf(handshake.slice(0, 2)).opening(0)).toBe('half-open');
    expect(courseOf(handshake.slice(0, 1)).opening(0)).toBe('unanswered');
    const again = courseOf([...handshake.slice(0, 1), [0, 100, undefined, SYN]]);
    expect([again.opening(0), again.openedUs(0)]).toEqual(['unanswered', 1000]);
    // Its ACK has not been captured, what it said later has.
    expect(courseOf([...handshake.slice(0, 2), [0, 101, undefined, 0, 5]]).opening(0)).toBe('complete');
    expect(courseOf([...handshake.slice(0, 1), [1, 301, 101]]).opening(0)).toBe('complete');
    // An ACK of something else opens nothing.
    expect(courseOf([...handshake.slice(0, 2), [0, 101, 300, RST]]).opening(0)).toBe('half-open');
  });

  test('a SYN that comes again is late behind the answer to the first', () => {
    const again = [0, 100, undefined, SYN] as const;
    const [asked, answered, done] = handshake;
    if (!asked || !answered || !done) throw new Error('a handshake has three');
    const late = (...flow: readonly Given[]) => [courseOf(flow).lateSyns(0), courseOf(flow).lateSyns(1)];
    expect(late(...handshake)).toEqual([0, 0]);
    expect(late(asked, again, answered, done)).toEqual([0, 0]);
    expect(late(asked, answered, again, done)).toEqual([1, 0]);
    expect(late(asked, answered, again, answered, again, done)).toEqual([2, 0]);
    expect(courseOf(handshake).synAckedUs(0)).toBe(2000);
    expect(courseOf(handshake).synAckedUs(1)).toBe(3000);
  });

  test('refused by the other end, not by itself', () => {
    const refused = courseOf([...handshake.slice(0, 1), [1, 0, 101, RST]]);
    expect([refused.opening(0), refused.closing(0), refused.over]).toEqual(['refused', 'none', true]);
    expect(refused.states()).toEqual(['CLOSED', 'CLOSED']);
    const own = courseOf([...handshake.slice(0, 1), [0, 101, undefined, RST]]);
    expect([own.opening(0), own.closing(0)]).toEqual(['unanswered', 'reset-by-client']);
  });

  test('figure 7: both at once', () => {
    const both: readonly Given[] = [
      [0, 100, undefined, SYN],
      [1, 300, undefined, SYN],
      [0, 100, 301, SYN],
      [1, 300, 101, SYN],
    ];
    expect(statesOf(both)).toEqual([
      'SYN-SENT ?',
      'SYN-RECEIVED SYN-RECEIVED',
      'SYN-RECEIVED ESTABLISHED',
      'ESTABLISHED ESTABLISHED',
    ]);
    expect(courseOf(both).opening(0)).toBe('simultaneous');
  });

  test('the beginning was not captured', () => {
    expect(statesOf([[0, 5, 9]])).toEqual(['ESTABLISHED ESTABLISHED']);
    expect(courseOf([[0, 5, 9]]).opening(0)).toBe('not-captured');
    expect(statesOf([[1, 300, 101, SYN]])).toEqual(['SYN-SENT SYN-RECEIVED']);
    expect(statesOf([[0, 300, 101, SYN]])).toEqual(['SYN-RECEIVED SYN-SENT']);
    expect(courseOf([[1, 300, 101, SYN]]).synFrom).toBeUndefined();
  });
});

describe('closing', () => {
  const closed: readonly Given[] = [
    ...handshake,
    [0, 101, 301, FIN],
    [1, 301, 102],
    [1, 301, 102, FIN],
    [0, 102, 302],
  ];

  test('figure 12', () => {
    expect(statesOf(closed).slice(3)).toEqual([
      'FIN-WAIT-1 CLOSE-WAIT',
      'FIN-WAIT-2 CLOSE-WAIT',
      'TIME-WAIT LAST-ACK',
      'TIME-WAIT CLOSED',
    ]);
    const course = courseOf(closed);
    expect([course.closing(0), course.closing(1), course.over]).toEqual([
      'client-first',
      'server-first',
      true,
    ]);
    expect([course.firstFin, course.finFrame(0), course.finFrame(1)]).toEqual([0, 4, 6]);
    expect([courseOf(closed.slice(0, 4)).over, courseOf(closed.slice(0, 4)).resetFrame]).toEqual([false, 0]);
  });

  test('from the other end; a FIN may bring data, and comes again', () => {
    const course = courseOf([...handshake, [1, 301, 101, FIN, 7], [1, 301, 101, FIN, 7], [0, 101, 308]]);
    expect(course.closing(0)).toBe('half-close-by-server');
    expect(course.states()).toEqual(['CLOSE-WAIT', 'FIN-WAIT-1']);
    const whole = courseOf([...handshake, [1, 301, 101, FIN, 7], [0, 101, 309]]);
    expect(whole.states()).toEqual(['CLOSE-WAIT', 'FIN-WAIT-2']);
    expect([whole.finFrame(1), course.finFrame(1)]).toEqual([4, 4]);
  });

  test('figure 13: both at once', () => {
    const both: readonly Given[] = [
      ...handshake,
      [0, 101, 301, FIN],
      [1, 301, 101, FIN],
      [0, 102, 302],
      [1, 302, 102],
    ];
    expect(statesOf(both).slice(3)).toEqual([
      'FIN-WAIT-1 CLOSE-WAIT',
      'CLOSING CLOSING',
      'CLOSING TIME-WAIT',
      'TIME-WAIT TIME-WAIT',
    ]);
    expect(courseOf(both).closing(0)).toBe('simultaneous');
  });

  test('a RST breaks off, with the FIN that it may have; the first one counts', () => {
    const course = courseOf([...handshake, [1, 301, 101, RST | FIN], [0, 101, 301, RST]]);
    expect([course.closing(0), course.resetFrame, course.over]).toEqual(['reset-by-server', 4, true]);
    expect([course.firstFin, course.states()]).toEqual([undefined, ['CLOSED', 'CLOSED']]);
  });

  test('a RST behind the last ACK ends TIME-WAIT, no more (RFC 1337)', () => {
    const late = courseOf([...closed, [1, 302, undefined, RST]]);
    expect([late.timeWaitEndedByReset, late.closing(0), late.resetFrame]).toEqual([true, 'client-first', 0]);
    expect(late.states()).toEqual(['CLOSED', 'CLOSED']);
    // Of another number, or from the end that waits: nothing.
    for (const stray of [
      [1, 303, undefined, RST],
      [0, 102, undefined, RST],
    ] as const) {
      const course = courseOf([...closed, stray]);
      expect([course.timeWaitEndedByReset, course.states()]).toEqual([false, ['TIME-WAIT', 'CLOSED']]);
    }
    // Before the last ACK it breaks off.
    expect(courseOf([...closed.slice(0, -1), [1, 302, undefined, RST]]).closing(0)).toBe('reset-by-server');
  });
});

test('calling: who has sent SYN, while nobody has said anything else', () => {
  const [syn, answer, ack] = handshake;
  if (!syn || !answer || !ack) throw new Error('three steps');
  const calling = (...flow: readonly Given[]) => courseOf(flow).calling;
  const far: Given = [1, 300, undefined, SYN];
  expect([calling(), calling(syn), calling(syn, syn), calling(far)]).toEqual([undefined, 0, 0, 1]);
  const others: readonly Given[] = [answer, far, [1, 300, 101, RST], [1, 300, 101], [0, 101, undefined]];
  expect(others.map((other) => calling(syn, other))).toEqual(others.map(() => undefined));
  expect([calling(answer), calling(ack)]).toEqual([undefined, undefined]);
});
