// The learner's own run of a challenge: the lesson's causes, and the moves that the learner adds one after the other.
import type {Cause} from '../sim/scenario.ts';
import type {Trace} from '../sim/trace.ts';
import type {Challenge, Run} from './lesson.ts';
import {matchingEvents} from './match.ts';
import type {Move} from './move.ts';

const msUs = 1000;

/**
 * Returns the time of the next move, which is the next whole millisecond, so that a call comes after everything that was seen when it
 * was decided.
 */
export const decidedAt = (nowUs: number): number => (Math.floor(nowUs / msUs) + 1) * msUs;

/** Returns the moves with one more. A move in the past changes what follows, so later moves are dropped. */
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

/**
 * Returns, for each event that the challenge's goal asks for, the number of the run's first event that matches; undefined for an unmet
 * one.
 */
export const goalEvents = ({goal}: Challenge, trace: Trace): readonly (number | undefined)[] =>
  goal.map(({selector}) => matchingEvents(selector, trace)[0]);
