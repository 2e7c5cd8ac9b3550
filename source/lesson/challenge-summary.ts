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

/** The order of challenges: by level, sort and name. */
export const byLevel = (a: ChallengeSummary, b: ChallengeSummary): number =>
  a.level - b.level || sorts.indexOf(a.sort) - sorts.indexOf(b.sort) || (a.id < b.id ? -1 : 1);
