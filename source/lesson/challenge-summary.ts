// The part of a challenge that lists of challenges show, and the order of these lists.
import {given} from '../sim/given.ts';
import type {Challenge, Lesson} from './lesson.ts';
import {sorts} from './tracks.ts';

export type ChallengeSummary = Pick<Lesson, 'id' | 'title' | 'track'> &
  Pick<Challenge, 'sort' | 'level' | 'par' | 'hints' | 'task'> & {
    /** The id of the lesson behind it. */
    readonly lesson: string;
  };

/** Returns what lists show of the lesson's challenge; undefined if it has none. */
export const challengeSummary = ({id, title, track, challenge}: Lesson): ChallengeSummary | undefined => {
  if (!challenge) return undefined;
  const {sort, level, par, hints, task, lesson} = challenge;
  return {id, title, track, sort, level, par, hints, ...given({task}), lesson: lesson ?? id};
};

/**
 * The order of challenges: by level and sort. Within these, whole runs come before single segments, and what takes few moves and has a short
 * checklist comes first.
 */
const keysOf = ({challenge}: Lesson): readonly number[] =>
  challenge
    ? [
        challenge.level,
        sorts.indexOf(challenge.sort),
        challenge.stack ? 1 : 0,
        challenge.par,
        challenge.goal.length + challenge.holds.length,
      ]
    : [];

/** Compares two lessons that have a challenge, for the lists of challenges. */
export const byLevel = (a: Lesson, b: Lesson): number => {
  const other = keysOf(b);
  const differences = keysOf(a).map((key, index) => key - (other[index] ?? key));
  return differences.find((each) => each !== 0) ?? (a.id < b.id ? -1 : 1);
};
