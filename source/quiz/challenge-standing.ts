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
  /** The number of hints that were read before that solution. */
  bestHints: number | undefined;
  /** The number of changed runs that ended unsolved. */
  tries: number;
  /** The highest number of hints that were read in one try at this challenge, whether it solved it or not. */
  hints: number;
  lastMs: number;
  /** The time of the last run that ended unsolved; undefined if a later one was solved. */
  failedMs: number | undefined;
  /** The kinds of questions, as `lesson/kind`, that ask for what the challenge rests on. */
  rests: readonly string[];
};

type Best = Pick<ChallengeSum, 'best' | 'bestHints'>;

const bestOf = ({best, bestHints}: Best): Best => ({best, bestHints});

/** Returns the better of two solutions: the one with fewer moves, and of two with as many the one with fewer hints. */
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
