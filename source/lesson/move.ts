// The types of a learner's moves in a challenge, and how a new move changes the list of moves.
import type {Action} from '../sim/action.ts';
import type {Fault} from '../sim/fault.ts';
import {faultKinds} from '../sim/fault-text.ts';
import type {OwnSegment} from '../sim/own-segment.ts';
import type {Setting} from '../sim/setting.ts';

/**
 * A learner's move in a challenge. `atUs` is the time in the run at which the learner decided it, and everything before stays as it was; 0
 * for a move that an author wrote.
 */
export type Move =
  | {
      readonly kind: 'call';
      readonly atUs: number;
      readonly host: string;
      readonly action: Action;
      /** The move as the learner or author wrote it, if its notation cannot express all of its action. */
      readonly written?: string;
    }
  | {readonly kind: 'fault'; readonly atUs: number; readonly fault: Fault}
  /** A setting applies from the start of the run, so that the whole run may differ. */
  | {readonly kind: 'set'; readonly atUs: 0; readonly setting: Setting}
  /** The next segment that the learner sends for the host that he plays. */
  | {readonly kind: 'answer'; readonly atUs: number; readonly answer: OwnSegment};

/** The kinds of moves that a challenge counts: each kind of fault on its own, calls, settings, the learner's own segments. */
export const moveKinds = [...faultKinds, 'call', 'set', 'answer'] as const;
export type MoveKind = (typeof moveKinds)[number];

export const kindOfMove = (move: Move): MoveKind => (move.kind === 'fault' ? move.fault.kind : move.kind);

const msUs = 1000;

/**
 * Returns the time of a move that is decided at `nowUs`: the next whole millisecond, so that a call comes after everything that the learner
 * has seen.
 */
export const decidedAt = (nowUs: number): number => (Math.floor(nowUs / msUs) + 1) * msUs;

/**
 * Returns the list of moves with one added. A move in the past changes what follows, so later moves are dropped. A setting has no time; it
 * replaces an earlier one of the same place.
 */
export const withMove = (moves: readonly Move[], move: Move): readonly Move[] => [
  ...moves.filter((each) =>
    move.kind === 'set'
      ? each.kind !== 'set' || each.setting.place !== move.setting.place
      : each.atUs <= move.atUs,
  ),
  move,
];
