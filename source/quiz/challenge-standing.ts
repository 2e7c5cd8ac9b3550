// Sums up a learner's tries at each challenge, counts the days in a row on which the challenge of the day was solved, and lists the review
// cards that unsolved challenges bring back.
import {dayNumber} from '../lesson/daily.ts';
import type {Tried} from './progress-record.ts';
import {dayMs} from './rested.ts';
import type {CardName} from './schedule.ts';

/** Holds what is known of a learner's tries at one challenge; each new record replaces the object. */
export type ChallengeSum = {
  /** The time of the first solution of the challenge, in milliseconds since 1970; undefined while there is none. */
  solvedMs: number | undefined;
  /** The fewest moves with which the learner solved the challenge; undefined while it is unsolved. */
  best: number | undefined;
  /** The number of hints that were read in the challenge's best solution; undefined while it is unsolved. */
  bestHints: number | undefined;
  /** The number of runs of the challenge with the learner's moves that ended unsolved. */
  tries: number;
  /** The highest number of hints that were read in one try at this challenge, whether it solved it or not. */
  hints: number;
  lastMs: number;
  /** The time of the last try at the challenge, in milliseconds since 1970, if it ended unsolved; undefined if it was solved. */
  failedMs: number | undefined;
  /** The kinds of questions, as `lesson/kind`, that ask for the knowledge that the challenge needs. */
  rests: readonly string[];
};

type Best = Pick<ChallengeSum, 'best' | 'bestHints'>;

const bestOf = ({best, bestHints}: Best): Best => ({best, bestHints});

/** Returns the better of two solutions of a challenge: the one with fewer moves, or with equal moves the one with fewer hints. */
const better = (now: {readonly best: number; readonly bestHints: number}, before: Best): Best => {
  const {best = now.best, bestHints = now.bestHints} = before;
  if (now.best !== best) return now.best < best ? now : bestOf(before);
  return {best, bestHints: Math.min(now.bestHints, bestHints)};
};

export const addToChallenge = (
  challenges: Map<string, ChallengeSum>,
  daily: Set<number>,
  {challenge, atMs, solved, moves, hints, rests, day}: Tried,
): void => {
  const known = challenges.get(challenge);
  const none = {solvedMs: undefined, best: undefined, bestHints: undefined, tries: 0, hints: 0};
  const before = known ?? none;
  challenges.set(challenge, {
    ...(solved ? better({best: moves, bestHints: hints}, before) : bestOf(before)),
    solvedMs: before.solvedMs ?? (solved ? atMs : undefined),
    tries: before.tries + (solved ? 0 : 1),
    hints: Math.max(before.hints, hints),
    lastMs: atMs,
    failedMs: solved ? undefined : atMs,
    rests,
  });
  const number = day === undefined || !solved ? undefined : dayNumber(day);
  if (number !== undefined) daily.add(number);
};

/**
 * Returns the number of days in a row on which the challenge of the day was solved, up to today, or yesterday if today's is not solved yet
 * (UTC).
 */
export const dailyStreak = (daily: ReadonlySet<number>, nowMs: number): number => {
  const today = Math.floor(nowMs / dayMs);
  let day = daily.has(today) ? today : today - 1;
  let length = 0;
  while (daily.has(day)) [day, length] = [day - 1, length + 1];
  return length;
};

/** A review card that an unsolved challenge brings back, and the time of the failed try in milliseconds since 1970. */
type Rested = CardName & {readonly sinceMs: number};

/** Returns the review cards for the knowledge behind each challenge whose last try ended unsolved. */
export const restedOn = (challenges: ReadonlyMap<string, ChallengeSum>): readonly Rested[] =>
  [...challenges.values()].flatMap(({failedMs, rests}) =>
    failedMs === undefined ? [] : rests.map((name) => ({kind: 'skill', name, sinceMs: failedMs}) as const),
  );
