// Tells how a learner stands with each challenge, on how many days in a row he solved the challenge of the day, and which cards come back
// because a challenge that rests on them was not solved.
import {dayNumber} from '../lesson/daily.ts';
import type {Tried} from './progress-record.ts';
import {dayMs} from './rested.ts';
import type {CardName} from './schedule.ts';

/** The sums of the records of one challenge; each record changes the object. */
export type ChallengeSum = {
  /** The time of the first solution, in milliseconds since 1970; undefined while there is none. */
  solvedMs: number | undefined;
  /** The fewest moves of a solution. */
  best: number | undefined;
  /** The number of changed runs that ended unsolved. */
  tries: number;
  /** The most hints that were read before a run ended. */
  hints: number;
  lastMs: number;
  /** The time of the last run that ended unsolved; undefined if a later one was solved. */
  failedMs: number | undefined;
  /** The kinds of questions, as `lesson/kind`, that ask for what the challenge rests on. */
  rests: readonly string[];
};

export const addToChallenge = (
  challenges: Map<string, ChallengeSum>,
  daily: Set<number>,
  {challenge, atMs, solved, moves, hints, rests, day}: Tried,
): void => {
  const known = challenges.get(challenge);
  const before = known ?? {solvedMs: undefined, best: undefined, tries: 0, hints: 0, failedMs: undefined};
  challenges.set(challenge, {
    solvedMs: before.solvedMs ?? (solved ? atMs : undefined),
    best: solved ? Math.min(moves, before.best ?? moves) : before.best,
    tries: before.tries + (solved ? 0 : 1),
    hints: Math.max(before.hints, hints),
    lastMs: atMs,
    failedMs: solved ? undefined : atMs,
    rests,
  });
  const number = day === undefined || !solved ? undefined : dayNumber(day);
  if (number !== undefined) daily.add(number);
};

/** Returns on how many days without a gap the challenge of the day was solved, up to today or yesterday by UTC. */
export const dailyStreak = (daily: ReadonlySet<number>, nowMs: number): number => {
  const today = Math.floor(nowMs / dayMs);
  let day = daily.has(today) ? today : today - 1;
  let length = 0;
  while (daily.has(day)) [day, length] = [day - 1, length + 1];
  return length;
};

/** A card that a failed challenge brings back, and the time since when. */
type Rested = CardName & {readonly sinceMs: number};

/** Returns what the challenges rest on whose last run ended unsolved. */
export const restedOn = (challenges: ReadonlyMap<string, ChallengeSum>): readonly Rested[] =>
  [...challenges.values()].flatMap(({failedMs, rests}) =>
    failedMs === undefined ? [] : rests.map((name) => ({kind: 'skill', name, sinceMs: failedMs}) as const),
  );
