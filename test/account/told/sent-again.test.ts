// What is sent again, why, and whether it was needed. Oracles: RFC 6298 §5 (a time-out doubles the RTO), RFC 8985 §6.2 and §7.2 (RACK,
// probes), RFC 9937 (cwnd in a recovery goes to ssthresh: CUBIC's is 0.7), RFC 5681 §3.2, RFC 6675; and what both ends of the run show.
import {describe, expect, test} from 'vitest';
import type {Trace} from '../../../source/sim/trace.ts';
import {between, crossing, drop, late, type Step, send, toldOf, twice} from './between-two.ts';

const mss = 1460;
const hundred: Step = [1000, 'client', send(100)];
const three: Step = [1000, 'client', send(3 * mss)];
const ten: Step = [1000, 'client', send(10 * mss)];

type Row = readonly [what: string, trace: () => Trace, told: readonly object[]];

describe('why', () => {
  test.each<Row>([
    // The first time-outs of a SYN are equally far apart.
    [
      'a SYN, after a second',
      () => between([], {faults: {1: drop, 2: drop}}),
      [
        {atMs: 1000, why: 'timer', waitUs: 1_000_000, dueUs: 2_000_000, doubled: false, linear: true},
        {atMs: 2000, why: 'timer', waitUs: 1_000_000, dueUs: 3_000_000, doubled: false, linear: true},
      ],
    ],
    [
      'a SYN,ACK by its timer',
      () => between([], {client: {synRetries: 0, initialRto: '5s'}, faults: {2: drop}}),
      [
        {
          atMs: 1050,
          host: 'server',
          peer: 'client',
          why: 'timer',
          waitUs: 1_000_000,
          dueUs: 3_050_000,
          doubled: true,
        },
      ],
    ],
    [
      'a SYN,ACK, asked again',
      () => between([], {faults: {1: twice(10_000)}}),
      [{atMs: 60, host: 'server', why: 'asked', waitUs: undefined, dueUs: undefined, needless: 'late'}],
    ],
    // The time-outs double. All of it is lost: cwnd is one segment, and grows from there.
    [
      'a probe, then time-outs',
      () => between([hundred], {faults: {4: drop, 5: drop, 6: drop}}),
      [
        {
          atMs: 1300,
          why: 'probe',
          waitUs: 300_000,
          dueUs: 1_600_000,
          doubled: false,
          begins: false,
          cwnd: undefined,
        },
        {
          ...{atMs: 1600, why: 'timer', waitUs: 300_000, dueUs: 2_200_000, doubled: true, begins: true},
          cwnd: {before: 10 * mss, after: mss, back: false, goal: undefined, threshold: undefined},
        },
        {
          atMs: 2200,
          why: 'timer',
          waitUs: 600_000,
          dueUs: 3_400_000,
          doubled: true,
          begins: false,
          cwnd: undefined,
        },
      ],
    ],
    // It comes after a second, the least of RFC 6298.
    [
      'a time-out without probes',
      () => between([hundred], {profile: 'rfc', faults: {4: drop}}),
      [
        {
          ...{atMs: 2000, why: 'timer', waitUs: 1_000_000, dueUs: 4_000_000, doubled: true, begins: true},
          cwnd: {before: 3 * mss, after: mss, back: false},
        },
      ],
    ],
    // SACK says so: six are in flight, one goes, and that is 0.7 of ten.
    [
      'three later ones came',
      () => between([ten], {faults: {4: drop}}),
      [
        {
          ...{
            atMs: 1100,
            why: 'later',
            begins: true,
            window: 'third',
            sacked: 3,
            waitUs: undefined,
            doubled: false,
          },
          cwnd: {before: 10 * mss, after: 7 * mss, back: false, goal: undefined, threshold: undefined},
        },
      ],
    ],
    // cwnd comes back to its goal little by little.
    [
      'one in flight of five',
      () => between([[1000, 'client', send(5 * mss)]], {faults: {4: drop, 6: drop}}),
      [
        {atMs: 1100, why: 'later', cwnd: {before: 10 * mss, after: mss, back: true, goal: 7 * mss}},
        {atMs: 1200, why: 'held', begins: false, window: undefined, sacked: 2, cwnd: undefined},
      ],
    ],
    // The timer waits a quarter of the round trip, more than the 25 ms that the second one takes.
    [
      'two later ones came',
      () => between([three], {faults: {4: drop}}),
      [{atMs: 1127, why: 'waited', begins: true, window: 'over', sacked: 2, waitUs: 27_000, doubled: false}],
    ],
    [
      'three ACKs without SACK',
      () => between([ten], {client: {cc: 'reno'}, server: {sack: false}, faults: {4: drop}}),
      [
        {
          ...{atMs: 1100, why: 'duplicates', begins: true, sacked: 3},
          cwnd: {before: 10 * mss, after: 7 * mss, back: false, goal: 5 * mss},
        },
      ],
    ],
    ['nothing where nothing is', () => between([ten]), []],
  ])('%s', (_what, trace, told) => {
    expect(toldOf(trace(), 'again')).toMatchObject(told);
  });
});

/** Twelve segments, of which the window lets out ten, by who goes by RFC 6582 and 6675. */
const twelve = (sack: boolean, ...lost: number[]) =>
  between([[1000, 'client', send(12 * mss)]], {
    ...{profile: 'rfc', client: {initialWindow: 10, sack}, server: {sack}},
    faults: Object.fromEntries(lost.map((packet) => [packet, drop])),
  });

describe('RFC 6582 and 6675', () => {
  test('a fast retransmit puts ssthresh and three segments into cwnd', () => {
    expect(toldOf(twelve(false, 5), 'again')).toMatchObject([
      {
        ...{why: 'duplicates', begins: true, window: 'over'},
        cwnd: {before: 11 * mss, back: false, goal: undefined, threshold: 5.5 * mss, after: 8.5 * mss},
      },
    ]);
  });

  test('of two lost ones the second leaves by the ACK of the first, by which cwnd falls, less a segment (§3.2)', () => {
    // Six more ACKs ask for the first; three segments are acknowledged with it.
    const before = 8.5 * mss + 6 * mss;
    expect(toldOf(twelve(false, 5, 8), 'again')).toMatchObject([
      {why: 'duplicates', begins: true},
      {
        ...{why: 'partial', begins: false},
        cwnd: {before, after: before - 2 * mss, back: false, goal: undefined, threshold: 5.5 * mss},
      },
    ]);
  });

  test('SACK says both, and one more may go, lest the last one is lost, too (RFC 6675 §4, rule 4)', () => {
    expect(toldOf(twelve(true, 5, 8), 'again').map(({why, begins}) => [why, begins])).toEqual([
      ['duplicates', true],
      ['sack', false],
      ['rescue', false],
    ]);
  });

  test('what leaves in the same instant is told of the first, which names the others', () => {
    const told = toldOf(twelve(true, 5, 6, 7, 8, 9, 10), 'again').map(({atMs, why, others}) => [
      atMs,
      why,
      others,
    ]);
    const beside = (packets: readonly number[], first?: number) => ({
      ...{packets, range: first === undefined ? undefined : {seq: first, bytes: 2 * 1460}},
      ...{marked: false, needless: false},
    });
    // Of ten three have come behind them: with six lost there is room for three (RFC 6675 §5, step 4.3).
    expect(told.slice(0, 3)).toEqual([
      [1100, 'duplicates', beside([21, 22], 1001 + 2 * 1460)],
      [1100, 'sack', beside([20, 22])],
      [1100, 'sack', beside([20, 21], 1001 + 1460)],
    ]);
  });

  test('one that is not lost for sure may go where nothing else can (rule 3)', () => {
    expect(toldOf(twelve(true, 4, 12), 'again').map(({why}) => why)).toEqual([
      'duplicates',
      'doubtful',
      'rescue',
    ]);
  });

  test('there is nothing new to send, or no window for it (rule 2)', () => {
    const kept = between([[1000, 'client', send(20 * mss)]], {
      ...{profile: 'rfc', client: {initialWindow: 10, sack: true}, server: {sack: true, rcvBuffer: 12 * mss}},
      faults: {4: drop, 12: drop},
    });
    const unsentOf = (trace: Trace) =>
      toldOf(trace, 'again').flatMap(({why, unsent}) =>
        why === 'doubtful' || why === 'rescue' ? [[why, unsent]] : [],
      );
    expect(unsentOf(twelve(true, 4, 12))).toEqual([
      ['doubtful', false],
      ['rescue', false],
    ]);
    // Of twenty segments the window lets twelve out.
    expect(unsentOf(kept)).toEqual([
      ['doubtful', true],
      ['rescue', true],
    ]);
  });
});

describe('was it needed?', () => {
  const needless = (steps: readonly Step[], made: Parameters<typeof between>[1]) =>
    toldOf(between(steps, made), 'again').map((told) => [told['needless'], told['thrown']]);

  test('it was lost', () => {
    expect(needless([hundred], {faults: {4: drop}})).toEqual([[undefined, undefined]]);
    expect(needless([], {faults: {1: drop}})).toEqual([[undefined, undefined]]);
  });

  test('it is under way still', () => {
    expect(needless([hundred], {faults: {4: late(280)}})).toEqual([['late', undefined]]);
    expect(needless([ten], {faults: {5: late(60)}})).toEqual([['late', undefined]]);
    expect(toldOf(between([hundred], {faults: {4: late(280)}}), 'again')[0]).toMatchObject({late: undefined});
    // Two had left, of which the second comes: the timer and the SYN want a SYN,ACK at the same time.
    const told = toldOf(between([], {faults: {2: drop}}), 'again').filter(({host}) => host === 'server');
    expect(told.map(({atMs, needless, late}) => [atMs, needless, late])).toEqual([
      [1050, undefined, undefined],
      [1050, 'late', {packet: 4, byTimer: true}],
    ]);
    // What is sent again comes before it.
    expect(needless([hundred], {faults: {4: late(400)}})).toEqual([[undefined, undefined]]);
  });

  test('it has come, and its ACK is under way', () => {
    expect(needless([hundred], {faults: {5: late(400)}})).toEqual([['acknowledged', undefined]]);
    // The run is over before it comes.
    const until = {atUs: 1_320_000};
    expect(needless([hundred], {until, faults: {5: late(400)}})).toEqual([['acknowledged', undefined]]);
    expect(needless([hundred], {until, faults: {4: late(290)}})).toEqual([['late', undefined]]);
  });

  test('it has come, and its ACK is lost', () => {
    expect(needless([hundred], {faults: {5: drop}})).toEqual([['unheard', undefined]]);
    // Of a SYN as well: the SYN,ACK was its answer.
    expect(needless([], {client: {}, faults: {2: drop}})[0]).toEqual(['unheard', undefined]);
  });

  test('it has come, and its ACK was damaged', () => {
    const corrupt = {kind: 'corrupt', where: 'memory'} as const;
    expect(needless([hundred], {faults: {5: corrupt}})).toEqual([['thrown', 'damaged']]);
  });
});

test('SYNs that cross go again as answers (RFC 9293 Fig. 7)', () => {
  const trace = between([crossing]);
  expect(toldOf(trace, 'crossedAgain')).toEqual([
    {atMs: 50, host: 'server', seq: 9000},
    {atMs: 50, host: 'client', seq: 1000},
  ]);
  expect(toldOf(trace, 'again')).toEqual([]);
});
