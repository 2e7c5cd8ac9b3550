// Learners who hold beliefs, and questions as far as they matter to them: which wrong answers there are, and what those stand for.

import type {Rules} from '../../source/quiz/composition.ts';
import {growingPool, leastAfter} from '../../source/quiz/growing-pool.ts';
import {nextAfter} from '../../source/quiz/next-in-ten.ts';
import {nextPractice} from '../../source/quiz/practice.ts';
import type {PoolEntry} from '../../source/quiz/practice-pool.ts';
import type {Answer} from '../../source/quiz/progress-record.ts';
import type {Question} from '../../source/quiz/question.ts';

/** `wrong`: what each wrong answer stands for, if anything. */
export type PoolQuestion = PoolEntry & {
  readonly wrong: readonly (string | undefined)[];
  readonly wrongWays: number;
};

/** mulberry32: chance for trials, the same everywhere. */
export const chanceOf = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const pick = <T>(items: readonly T[], chance: () => number): T | undefined =>
  items[Math.floor(chance() * items.length)];

/** A belief acts on 70 % of the questions it touches; then 15 % slips, whatever is asked; else right. */
const acts = 0.7;
const slips = 0.15;

const meant = (
  question: PoolQuestion,
  held: readonly string[],
  chance: () => number,
): Pick<Answer, 'right' | 'means'> => {
  const touched = held.filter((belief) => question.wrong.includes(belief));
  const believed = chance() < acts ? pick(touched, chance) : undefined;
  if (believed !== undefined) return {right: false, means: [believed]};
  if (chance() >= slips) return {right: true, means: []};
  const means = pick(question.wrong, chance);
  return {right: false, means: means === undefined ? [] : [means]};
};

export type Trial = {
  readonly pool: readonly PoolQuestion[];
  readonly held: readonly string[];
  readonly questions: number;
  readonly seed: number;
  readonly about?: ReadonlySet<string>;
  readonly rules: Rules;
};

/** A round of practice as the program leads it. */
export const practise = ({pool, held, questions, seed, about, rules}: Trial): readonly Answer[] => {
  const chance = chanceOf(seed);
  const answers: Answer[] = [];
  const asked: Question[] = [];
  const growing = growingPool(pool.values(), about);
  for (let n = 0; n < questions; n += 1) {
    growing.grow(leastAfter(n));
    const question = nextPractice(growing.entries, answers, {
      nowMs: n * 60_000,
      draw: seed,
      ...nextAfter<PoolQuestion>(asked, rules),
      ...(about ? {about} : {}),
    });
    if (question === undefined) break;
    asked.push(question.question);
    answers.push({
      id: String(n),
      atMs: n * 60_000,
      kind: 'answer',
      question: question.id,
      text: question.text,
      lesson: question.lesson,
      asks: question.kind,
      topic: question.topic,
      skill: question.skill,
      touches: question.touches,
      wrongWays: question.wrongWays,
      given: 'x',
      ...meant(question, held, chance),
      hints: 0,
      askedIn: 'practice',
    });
  }
  return answers;
};
