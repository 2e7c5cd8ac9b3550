// The part of a challenge that lists of challenges show, and the order of these lists.
import {given} from '../sim/given.ts';
import {byHandTexts} from '../words/catalogue/by-hand.ts';
import {theHost} from './host-names.ts';
import type {Challenge, Lesson} from './lesson.ts';
import {type Text, worded} from './text.ts';
import {challengeTrack, sorts} from './tracks.ts';

export type ChallengeSummary = Pick<Lesson, 'id' | 'title' | 'track'> &
  Pick<Challenge, 'sort' | 'level' | 'par' | 'hints' | 'task'> & {
    /** The id of the lesson behind it. */
    readonly lesson: string;
  };

/** Tells whether the challenge comes after the lesson: one in which the learner plays a host, of a lesson that has beats of its own. */
export const isOfferedLast = ({challenge, track}: Lesson): boolean =>
  challenge?.stack !== undefined && track !== challengeTrack;

/** Returns what lists call the challenge of a lesson. The title of a lesson alone would not say that its challenge is to play a host. */
const listedTitle = (lesson: Lesson): Text => {
  const {title, challenge, runs} = lesson;
  const host = challenge?.stack?.host;
  if (host === undefined || !isOfferedLast(lesson)) return title;
  const header = {hosts: runs[0]?.hosts ?? []};
  return worded(byHandTexts.listed, {host: theHost({header}, host), title});
};

/** Returns what lists show of the lesson's challenge; undefined if it has none. */
export const challengeSummary = (of: Lesson): ChallengeSummary | undefined => {
  const {id, track, challenge} = of;
  if (!challenge) return undefined;
  const title = listedTitle(of);
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
