// Chooses the next question of a practice round: of those that the round's rules allow, the one whose answer tells most about what the
// learner believes.
import {hash32} from '../lesson/hash.ts';
import type {Candidate} from './candidate.ts';
import {suspicions, unseenProbability} from './diagnosis.ts';
import type {Answer} from './progress-record.ts';
import {longestAgo, rested} from './rested.ts';

/** Returns how much an answer can tell about a misconception with this probability: most at 0.5, little if it is almost known. */
const variance = (probability: number): number => probability * (1 - probability);

/** The weight of a misconception that is not among the lessons' own, and the probability from which it gets full weight all the same. */
const besideTheTopic = 0.002;
const suspected = 0.3;

/** The worth of a question, besides its misconceptions, if its skill was never asked before, and if it was. */
const newSkill = 0.0005;
const oldSkill = 0.000_01;

type Valued<T> = {readonly each: T; readonly worth: number};

/** Returns the questions of the pool by worth, highest first; `chance` decides the order of equal ones. */
const byWorth = <T>(pool: readonly T[], worth: (each: T) => number, chance: number): readonly Valued<T>[] => {
  const start = chance % Math.max(1, pool.length);
  return [...pool.slice(start), ...pool.slice(0, start)]
    .map((each) => ({each, worth: worth(each)}))
    .sort((a, b) => b.worth - a.worth);
};

/** Returns the question with the highest product of worth and standing; undefined if there are none. */
const mostWorth = <T>(ordered: readonly Valued<T>[], standing: (each: T) => number): T | undefined => {
  let best = ordered[0]?.each;
  let most = 0;
  for (const {each, worth} of ordered) {
    if (worth <= most) break;
    const here = worth * standing(each);
    if (here > most) [best, most] = [each, here];
  }
  return best;
};

/** How many of the latest answers count when misconceptions that showed are asked about only once more. */
const lately = 9;

/** A misconception that an answer lately showed: the kind of that question, and whether a later question has touched it again. */
type Shown = {readonly kind: string; readonly isAskedAgain: boolean};

const shownLately = (answers: readonly Answer[]): ReadonlyMap<string, Shown> => {
  const shown = new Map<string, Shown>();
  for (const {asks, touches, means} of answers.slice(-lately)) {
    for (const belief of touches) {
      const before = shown.get(belief);
      if (before) shown.set(belief, {...before, isAskedAgain: true});
    }
    for (const belief of means) if (!shown.has(belief)) shown.set(belief, {kind: asks, isAskedAgain: false});
  }
  return shown;
};

type Round<T> = {
  readonly nowMs: number;
  /** A number drawn for the round, which decides between questions of equal worth. */
  readonly draw: number;
  /** The misconceptions that the practised lessons are about. @default all alike */
  readonly about?: ReadonlySet<string>;
  /** Returns the questions of the pool that the round's rules allow next. @default all */
  readonly fitting?: (pool: readonly T[]) => readonly T[];
  /** Returns how well a question goes with what this round has asked, from 0 to 1. @default 1 */
  readonly standing?: (candidate: T) => number;
  /**
   * True if the round asks about a misconception that showed until it is known whether it is held; false if once more only. @default false
   */
  readonly pursues?: boolean;
  /** True if the pool contains all questions that can be made; then one that was asked lately is asked again rather than none. */
  readonly isAll?: boolean;
};

/** Returns the next practice question; undefined if none of the pool may be asked now. */
export const nextPractice = <T extends Candidate>(
  pool: readonly T[],
  answers: readonly Answer[],
  {nowMs, draw, about, fitting = (all) => all, standing = () => 1, pursues = false, isAll = false}: Round<T>,
): T | undefined => {
  const held = new Map(
    suspicions(answers).map(({misconception, probability}) => [misconception, probability]),
  );
  const skills = new Set(answers.map(({skill}) => skill));
  // If misconceptions are not pursued, one that showed is asked about once more, in another kind of question.
  const shown = pursues ? new Map<string, Shown>() : shownLately(answers);
  const worth = (candidate: Candidate): number => {
    const weigh = (belief: string): number => {
      const probability = held.get(belief) ?? unseenProbability;
      const matters = about === undefined || about.has(belief) || probability >= suspected;
      const before = shown.get(belief);
      const isOver = before !== undefined && (before.isAskedAgain || before.kind === candidate.kind);
      return variance(probability) * (matters && !isOver ? 1 : besideTheTopic);
    };
    const beliefs = candidate.touches.reduce((sum, belief) => sum + weigh(belief), 0);
    return beliefs + (skills.has(candidate.skill) ? oldSkill : newSkill);
  };
  const chance = hash32(`${draw} ${answers.length}`);
  const best = mostWorth(byWorth(fitting(rested(pool, answers, nowMs)), worth, chance), standing);
  return best ?? (isAll ? fitting(longestAgo(pool, answers))[0] : undefined);
};
