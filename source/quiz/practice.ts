// Which question comes next in practice: the one that tells most about what the learner believes, with topics in turn.
import {hash32} from '../lesson/hash.ts';
import {type Candidate, longestAgo, rested} from './candidate.ts';
import {suspicions, unseenProbability} from './diagnosis.ts';
import type {Answer} from './progress-record.ts';

/** What an answer can settle: most where it is open whether the belief is held, little where that is known. */
const variance = (probability: number): number => probability * (1 - probability);

/** What another belief weighs, that a question of these lessons happens to touch; once it is suspected, it is looked into. */
const besideTheTopic = 0.02;
const suspected = 0.3;

/** Of a skill that was never asked for, beside beliefs. */
const newSkill = 0.0005;

/** How much less a question is worth that is like the last one in this; of kinds, like each of the last few. */
const like = {belief: 0.5, kind: 0.7, lesson: 0.9} as const;
const few = 6;

/** How much a question is worth beside these answers. */
const likenessTo = (answers: readonly Answer[]): ((candidate: Candidate) => number) => {
  const last = answers.at(-1);
  if (last === undefined) return () => 1;
  const kinds = new Map<string, number>();
  for (const {asks} of answers.slice(-few)) kinds.set(asks, (kinds.get(asks) ?? 1) * like.kind);
  return ({touches, kind, lesson}) =>
    (touches.some((each) => last.touches.includes(each)) ? like.belief : 1) *
    (lesson === last.lesson ? like.lesson : 1) *
    (kinds.get(kind) ?? 1);
};

/** `chance` decides between equals; nothing is asked that is worth nothing. */
const mostWorth = <T>(pool: readonly T[], worth: (each: T) => number, chance: number): T | undefined => {
  let best: T[] = [];
  let most = 0;
  for (const each of pool) {
    const here = worth(each);
    if (here > most) [best, most] = [[each], here];
    else if (here === most) best.push(each);
  }
  return best[chance % best.length];
};

type Round = {
  readonly nowMs: number;
  /** Decides between equals. */
  readonly draw: number;
  /** The beliefs that the practised lessons are about. @default all alike */
  readonly about?: ReadonlySet<string>;
  /** The pool holds all that can be asked: what has been read of late is asked again rather than nothing. */
  readonly isAll?: boolean;
};

/** Undefined: nothing of the pool may be asked today. */
export const nextPractice = <T extends Candidate>(
  pool: readonly T[],
  answers: readonly Answer[],
  {nowMs, draw, about, isAll = false}: Round,
): T | undefined => {
  const held = new Map(
    suspicions(answers).map(({misconception, probability}) => [misconception, probability]),
  );
  const skills = new Set(answers.map(({skill}) => skill));
  const likeness = likenessTo(answers);
  const worth = (candidate: Candidate): number => {
    const weigh = (belief: string): number => {
      const probability = held.get(belief) ?? unseenProbability;
      const matters = about === undefined || about.has(belief) || probability >= suspected;
      return variance(probability) * (matters ? 1 : besideTheTopic);
    };
    const beliefs = candidate.touches.reduce((sum, belief) => sum + weigh(belief), 0);
    return (beliefs + (skills.has(candidate.skill) ? 0 : newSkill)) * likeness(candidate);
  };
  const asked = rested(pool, answers, nowMs);
  const chance = hash32(`${draw} ${answers.length}`);
  const best = mostWorth(asked, worth, chance);
  // Whoever has just answered such a question, answers the next by what the reply said.
  const last = answers.at(-1)?.asks;
  if (best === undefined && isAll) return longestAgo(pool, answers)[0];
  if (best === undefined || best.kind !== last) return best;
  const others = asked.filter(
    ({kind, touches}) => kind !== last && best.touches.some((belief) => touches.includes(belief)),
  );
  return mostWorth(others, worth, chance) ?? best;
};
