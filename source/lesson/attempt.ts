// The learner's own run of a challenge: the lesson's causes, and what the learner adds, one move after the other.
import type {Action} from '../sim/action.ts';
import type {Fault} from '../sim/fault.ts';
import type {Cause} from '../sim/scenario.ts';
import type {Trace} from '../sim/trace.ts';
import type {Challenge, Run} from './lesson.ts';
import {matchingEvents} from './match.ts';

/** `atUs`: when it was decided; what the run was until then it stays. */
export type Move =
  | {readonly kind: 'call'; readonly atUs: number; readonly host: string; readonly action: Action}
  | {readonly kind: 'fault'; readonly atUs: number; readonly fault: Fault};

const msUs = 1000;

/** The next whole millisecond: a call comes after everything that was seen when it was decided. */
export const decidedAt = (nowUs: number): number => (Math.floor(nowUs / msUs) + 1) * msUs;

/** A move in the past leads elsewhere from there: the later ones have not been made. */
export const withMove = (moves: readonly Move[], move: Move): readonly Move[] => [
  ...moves.filter(({atUs}) => atUs <= move.atUs),
  move,
];

const causeOf = ({atUs, host, action}: Extract<Move, {kind: 'call'}>): Cause => ({
  when: {kind: 'at', atUs},
  host,
  action,
});

export const attemptRun = (run: Run, moves: readonly Move[]): Run => ({
  ...run,
  script: [...run.script, ...moves.flatMap((move) => (move.kind === 'call' ? [causeOf(move)] : []))],
  faults: [...run.faults, ...moves.flatMap((move) => (move.kind === 'fault' ? [move.fault] : []))],
});

/** For each part of the goal the first event that meets it; undefined: none does. */
export const goalEvents = ({goal}: Challenge, trace: Trace): readonly (number | undefined)[] =>
  goal.map(({selector}) => matchingEvents(selector, trace)[0]);
