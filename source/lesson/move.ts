// The moves of a learner in a challenge.
import type {Action} from '../sim/action.ts';
import type {Fault} from '../sim/fault.ts';
import {faultKinds} from '../sim/fault-text.ts';
import type {OwnSegment} from '../sim/own-segment.ts';
import type {Setting} from '../sim/setting.ts';

/**
 * A move of the learner. `atUs` is the time at which it was decided; everything before stays as it was. It is 0 for a move that nobody has
 * decided at a time, because somebody wrote it.
 */
export type Move =
  | {
      readonly kind: 'call';
      readonly atUs: number;
      readonly host: string;
      readonly action: Action;
      /** The move as it was written, if its action says more than its notation. */
      readonly written?: string;
    }
  | {readonly kind: 'fault'; readonly atUs: number; readonly fault: Fault}
  /** A setting is another world from the beginning. */
  | {readonly kind: 'set'; readonly atUs: 0; readonly setting: Setting}
  /** The next segment of the host that the learner plays. */
  | {readonly kind: 'answer'; readonly atUs: number; readonly answer: OwnSegment};

/** The kinds of moves that a challenge counts: each kind of fault on its own, calls, settings, the learner's own segments. */
export const moveKinds = [...faultKinds, 'call', 'set', 'answer'] as const;
export type MoveKind = (typeof moveKinds)[number];

export const kindOfMove = (move: Move): MoveKind => (move.kind === 'fault' ? move.fault.kind : move.kind);

const msUs = 1000;

/**
 * Returns the time of the next move, which is the next whole millisecond, so that a call comes after everything that was seen when it
 * was decided.
 */
export const decidedAt = (nowUs: number): number => (Math.floor(nowUs / msUs) + 1) * msUs;

/**
 * Returns the moves with one more. A move in the past changes what follows, so later moves are dropped. A setting belongs to no time; it
 * takes the place of an earlier one of the same place.
 */
export const withMove = (moves: readonly Move[], move: Move): readonly Move[] => [
  ...moves.filter((each) =>
    move.kind === 'set'
      ? each.kind !== 'set' || each.setting.place !== move.setting.place
      : each.atUs <= move.atUs,
  ),
  move,
];
