// Chooses the next question in practice: the one that tells most about what the learner believes, with topics in turn.
import {hash32} from '../lesson/hash.ts';
import type {Candidate} from './candidate.ts';
import {suspicions, unseenProbability} from './diagnosis.ts';
import type {Answer} from './progress-record.ts';
import {longestAgo, rested} from './rested.ts';

/** Returns how much an answer can settle about a belief: most if it is open whether the belief is held, little if that is known. */
const variance = (probability: number): number => probability * (1 - probability);

/**
 * The weight of a belief that is off the topic but touched by a question of these lessons, and the probability from which such a belief is
 * pursued.
 */
const besideTheTopic = 0.002;
const suspected = 0.3;

/** The worth of a skill that was never asked for, besides beliefs. */
const newSkill = 0.0005;

type Valued<T> = {readonly each: T; readonly worth: number};

/** Returns the entries of the pool by worth, highest first, without those that are worth nothing; `chance` rotates equals. */
const byWorth = <T>(pool: readonly T[], worth: (each: T) => number, chance: number): readonly Valued<T>[] => {
  const start = chance % Math.max(1, pool.length);
  return [...pool.slice(start), ...pool.slice(0, start)]
    .map((each) => ({each, worth: worth(each)}))
    .filter((each) => each.worth > 0)
    .sort((a, b) => b.worth - a.worth);
};

/**
 * Returns the entry with the highest product of worth and standing; if all have standing 0, the first; undefined if there are no
 * entries.
 */
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

type Round<T> = {
  readonly nowMs: number;
  /** A drawn number that decides between questions of equal worth. */
  readonly draw: number;
  /** The beliefs that the practised lessons are about. @default all alike */
  readonly about?: ReadonlySet<string>;
  /** Returns how well a question fits what this round has asked, from 0 to 1. @default 1 */
  readonly standing?: (candidate: T) => number;
  /** True if the pool contains all that can be asked: then a question read lately is asked again rather than none. */
  readonly isAll?: boolean;
};

/** Returns the next question; undefined if none of the pool may be asked today. */
export const nextPractice = <T extends Candidate>(
  pool: readonly T[],
  answers: readonly Answer[],
  {nowMs, draw, about, standing = () => 1, isAll = false}: Round<T>,
): T | undefined => {
  const held = new Map(
    suspicions(answers).map(({misconception, probability}) => [misconception, probability]),
  );
  const skills = new Set(answers.map(({skill}) => skill));
  const worth = (candidate: Candidate): number => {
    const weigh = (belief: string): number => {
      const probability = held.get(belief) ?? unseenProbability;
      const matters = about === undefined || about.has(belief) || probability >= suspected;
      return variance(probability) * (matters ? 1 : besideTheTopic);
    };
    const beliefs = candidate.touches.reduce((sum, belief) => sum + weigh(belief), 0);
    return beliefs + (skills.has(candidate.skill) ? 0 : newSkill);
  };
  const ordered = byWorth(rested(pool, answers, nowMs), worth, hash32(`${draw} ${answers.length}`));
  const best = mostWorth(ordered, standing);
  return best ?? (isAll ? longestAgo(pool, answers)[0] : undefined);
};
