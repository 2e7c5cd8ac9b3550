// A loss that was none. Oracle: RFC 3522 §3.2 (an echo older than the repetition), RFC 3708 (all repetitions came back as duplicates),
// RFC 6582 §3.2 without SACK; tcp_may_undo, tcp_undo_cwnd_reduction, tcp_try_undo_recovery and tcp_try_undo_partial of Linux by hand.

import {describe, expect, test} from 'vitest';
import type {Connection, Unacknowledged} from '../../../source/stack/tcp/connection.ts';
import {Tag} from '../../../source/stack/tcp/flight.ts';
import {
  endEpisode,
  forgetStamp,
  isEarlier,
  priorSsthresh,
  rememberForUndo,
  settleState,
  undoByDuplicates,
  undoInPart,
  undoTimeout,
} from '../../../source/stack/tcp/undo.ts';
import {Fifo} from '../../../source/wire/fifo.ts';
import {seq} from '../../../source/wire/seq.ts';
import {fresh, turnWith} from '../../helpers/tcp/lone-turn.ts';

const queued = (...tags: readonly number[]): readonly Unacknowledged[] =>
  tags.map(
    (each, n) =>
      ({
        seq: seq(1000 * n),
        lengthBytes: 1000,
        flags: 0,
        tags: each,
        transmissions: 1,
      }) as unknown as Unacknowledged,
  );

/** Ten segments of 1000 octets had been allowed, five are now; the first repetition bore the stamp 500. */
const state = {
  ...{mss: 1000, cwnd: 5000, ssthresh: 7000, sackPermitted: true},
  reduction: {from: 10, delivered: 0, out: 0},
  snd: {...fresh.snd, una: seq(0), nxt: seq(9000)},
  episode: {...fresh.episode, state: 'recovery', point: seq(9000)},
  undo: {...fresh.undo, marker: seq(0), repeats: 1, firstStamp: 500, ssthresh: 20_000},
} as const satisfies Partial<Connection>;
const repairing = (change: Partial<Connection> = {}) =>
  turnWith({...state, ...change} as Partial<Connection>);
const window = ({tcb: {cwnd, ssthresh}}: ReturnType<typeof repairing>) => [cwnd, ssthresh];
const [undone, kept] = [
  [10_000, 20_000],
  [5000, 7000],
];

test('an echo is earlier that was sent before, round the whole circle of stamps', () => {
  expect([499, 500, 501, undefined].map((echo) => isEarlier(echo, 500))).toEqual([true, false, false, false]);
  expect([isEarlier(2 ** 32 - 1, 0), isEarlier(0, 2 ** 32 - 1)]).toEqual([true, false]);
});

describe('what is remembered as ssthresh falls', () => {
  test('SND.UNA, and what is on its way again', () => {
    const remembered = (resent: number, again: boolean | undefined) => {
      const turn = repairing({
        flight: {sacked: 0, lost: 0, resent},
        probe: again === undefined ? undefined : {end: seq(1), again},
        snd: {...state.snd, una: seq(77)},
      });
      rememberForUndo(turn);
      return [turn.tcb.undo.marker, turn.tcb.undo.repeats];
    };
    expect([
      remembered(0, undefined),
      remembered(2, false),
      remembered(2, true),
      remembered(0, true),
    ]).toEqual([
      [77, undefined],
      [77, 2],
      [77, 3],
      [77, 1],
    ]);
  });

  test('of a reduction under way what it has lowered already', () => {
    expect(priorSsthresh(repairing())).toBe(7000);
    // tcp_current_ssthresh: three quarters of cwnd, or ssthresh where that is more.
    expect(priorSsthresh(repairing({episode: {...state.episode, state: 'open'}}))).toBe(7000);
    expect(priorSsthresh(repairing({episode: {...state.episode, state: 'open'}, cwnd: 20_000}))).toBe(15_000);
  });
});

describe('the point is acknowledged', () => {
  const ended = (echo: number | undefined, change: Partial<Connection> = {}) => {
    const turn = repairing({snd: {...state.snd, una: seq(9000)}, ...change});
    const waits = endEpisode(turn, echo);
    return {window: window(turn), waits, state: turn.tcb.episode.state, marker: turn.tcb.undo.marker};
  };

  test('by what was late: all is as it was', () => {
    expect(ended(499)).toEqual({window: undone, waits: false, state: 'open', marker: undefined});
    expect(ended(500)).toMatchObject({window: kept, waits: false, state: 'open', marker: 0});
    // Each repetition came back as a duplicate.
    expect(ended(undefined, {undo: {...state.undo, repeats: 0}})).toMatchObject({window: undone});
    // Nothing has been repeated.
    expect(ended(undefined, {undo: {...state.undo, firstStamp: undefined}})).toMatchObject({window: undone});
    expect(ended(499, {undo: {...state.undo, marker: undefined}})).toMatchObject({window: kept});
  });

  test('a router had said so, too: the reduction stays', () => {
    expect(ended(499, {undo: {...state.undo, ssthresh: undefined}})).toMatchObject({
      window: kept,
      marker: undefined,
    });
    // A window that is larger by now stays larger.
    expect(ended(499, {cwnd: 30_000, ssthresh: 40_000})).toMatchObject({window: [30_000, 40_000]});
  });

  test('without SACK only what lies beyond ends it (RFC 6582 §3.2)', () => {
    const without = {sackPermitted: false};
    expect(ended(500, without)).toMatchObject({waits: true, state: 'recovery'});
    const beyond = {...without, snd: {...state.snd, una: seq(9001)}};
    expect(ended(500, beyond)).toMatchObject({waits: false, state: 'open'});
  });

  test('one recovery less in which the reordering window stays wide', () => {
    const persists = (echo: number, before: number) => {
      const turn = repairing({snd: {...state.snd, una: seq(9000)}, rack: {...fresh.rack, persists: before}});
      endEpisode(turn, echo);
      return turn.tcb.rack.persists;
    };
    expect([persists(500, 3), persists(500, 0), persists(499, 3)]).toEqual([2, 0, 3]);
  });
});

test('D-SACKs of all that was repeated undo it at once', () => {
  const byDuplicates = (change: Partial<Connection['undo']>, persists = 3) => {
    const turn = repairing({undo: {...state.undo, ...change}, rack: {...fresh.rack, persists}});
    return [undoByDuplicates(turn), ...window(turn), turn.tcb.rack.persists];
  };
  expect(byDuplicates({repeats: 0})).toEqual([true, ...undone, 4]);
  expect(byDuplicates({repeats: 0}, 16)).toEqual([true, ...undone, 16]);
  expect(byDuplicates({repeats: 1})).toEqual([false, ...kept, 3]);
  expect(byDuplicates({repeats: undefined})).toEqual([false, ...kept, 3]);
  expect(byDuplicates({repeats: 0, marker: undefined})).toEqual([false, ...kept, 3]);
});

describe('a part is acknowledged by what was late', () => {
  const inPart = (echo: number, change: Partial<Connection> = {}) => {
    const turn = repairing({
      ...{
        retransmissionQueue: Fifo.of(queued(Tag.lost, 0, Tag.sacked)),
        flight: {sacked: 1, lost: 1, resent: 0},
      },
      ...change,
    });
    let reordered = 0;
    const waits = undoInPart(turn, echo, () => {
      reordered += 1;
    });
    const {flight, episode} = turn.tcb;
    return {waits, reordered, window: window(turn), lost: flight.lost, state: episode.state};
  };

  test('nothing is lost any more, and what is out of order is just that', () => {
    expect(inPart(499)).toEqual({waits: false, reordered: 1, window: undone, lost: 0, state: 'disorder'});
    expect(inPart(500)).toEqual({waits: false, reordered: 0, window: kept, lost: 1, state: 'recovery'});
  });

  test('while repetitions are on their way nothing else is repeated', () => {
    expect(inPart(499, {flight: {sacked: 1, lost: 1, resent: 1}})).toMatchObject({
      waits: true,
      window: kept,
      lost: 1,
    });
  });
});

describe('after a time-out', () => {
  const timedOut = (echo: number | undefined, proved: boolean, change: Partial<Connection> = {}) => {
    const turn = repairing({
      ...{retries: 2, episode: {...state.episode, state: 'loss'}},
      ...{
        retransmissionQueue: Fifo.of(queued(Tag.lost, Tag.lost | Tag.resent)),
        flight: {sacked: 0, lost: 2, resent: 1},
      },
      ...change,
    });
    const done = undoTimeout(turn, echo, {proved});
    return [done, ...window(turn), turn.tcb.retries, turn.tcb.flight.lost, turn.tcb.episode.state];
  };

  test('the echo or F-RTO shows that nothing was lost (RFC 5682)', () => {
    expect(timedOut(499, false)).toEqual([true, ...undone, 0, 0, 'open']);
    expect(timedOut(undefined, true)).toEqual([true, ...undone, 0, 0, 'open']);
    expect(timedOut(500, false)).toEqual([false, ...kept, 2, 2, 'loss']);
  });

  test('without SACK an echo alone does not end it', () => {
    expect(timedOut(499, false, {sackPermitted: false}).at(-1)).toBe('loss');
    expect(timedOut(undefined, true, {sackPermitted: false}).at(-1)).toBe('open');
  });
});

test('out of order, or all is well; the first repetition is history once none is in flight', () => {
  const settled = (flight: Connection['flight'], before: 'recovery' | 'open' = 'recovery') => {
    const turn = repairing({
      flight,
      retransmissionQueue: Fifo.of(queued(0)),
      episode: {...state.episode, state: before, point: seq(5)},
    });
    settleState(turn);
    return [turn.tcb.episode.state, turn.tcb.episode.point];
  };
  expect(settled({sacked: 0, lost: 0, resent: 0})).toEqual(['open', 9000]);
  expect(settled({sacked: 1, lost: 0, resent: 0})).toEqual(['disorder', 9000]);
  expect(settled({sacked: 0, lost: 0, resent: 1})).toEqual(['disorder', 9000]);
  expect(settled({sacked: 0, lost: 0, resent: 0}, 'open')).toEqual(['open', 5]);
  const stamp = (resent: number, transmissions: number) => {
    const [first] = queued(0);
    const turn = repairing({
      flight: {sacked: 0, lost: 0, resent},
      retransmissionQueue: Fifo.of(first ? [{...first, transmissions}] : []),
    });
    forgetStamp(turn);
    return turn.tcb.undo.firstStamp;
  };
  expect([stamp(0, 1), stamp(1, 1), stamp(0, 2)]).toEqual([undefined, 500, 500]);
});
