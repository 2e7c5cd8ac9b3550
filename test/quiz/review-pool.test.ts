// A review over real lessons: whatever card is due is asked for, at first anew, in the end what was read the longest ago; what nobody
// can ask is known before it is counted.
import {expect, test} from 'vitest';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {answerTo} from '../../source/quiz/candidate.ts';
import type {Answer} from '../../source/quiz/progress-record.ts';
import {dayMs} from '../../source/quiz/rested.ts';
import {ReviewPool} from '../../source/quiz/review-pool.ts';
import type {ReviewCard} from '../../source/quiz/schedule.ts';
import {allLessons} from '../helpers/all-runs.ts';
import {thorough} from '../helpers/seeds.ts';

const lessons = allLessons().filter(({id}) => id === 'dns-cache');
const pool = (answers: readonly Answer[] = []) =>
  new ReviewPool({lessons, seed: 3, crypto: nodeCrypto}, answers);

const card = (kind: ReviewCard['kind'], name: string): ReviewCard => ({
  ...{kind, name, topic: 'dns', lesson: 'dns-cache'},
  ...{dueMs: 0, lastMs: 0, answers: [false]},
});

thorough('what a lesson asks nothing about is not asked for', () => {
  const made = pool();
  expect(made.has(card('skill', 'dns-cache/ttl-left'))).toBe(true);
  expect(made.has(card('skill', 'dns-cache/no-such-kind'))).toBe(false);
  expect(made.has(card('skill', 'no-such-lesson/ttl-left'))).toBe(false);
  expect(made.has(card('belief', 'no-such-belief'))).toBe(false);
  expect(made.has(card('belief', 'dns-pushed'))).toBe(true);
});

test('asked again and again it never runs dry, and nothing comes back before all has been asked', () => {
  const due = [card('skill', 'dns-cache/which-cache-answers')];
  const made = pool();
  const answers: Answer[] = [];
  const texts: string[] = [];
  for (let n = 0; n < 40; n += 1) {
    const found = made.next(due, answers, {nowMs: n, draw: n});
    if (!found) throw new Error(`nothing after ${n}`);
    texts.push(found.text);
    const fresh = answerTo(found.question, {given: 'a', hints: 0, askedIn: 'review'});
    answers.push({...fresh, id: `${n}`, atMs: n});
  }
  const all = new Set(texts).size;
  console.log(`which-cache-answers of dns-cache: ${all} texts`);
  expect(all).toBeLessThan(40);
  expect(new Set(texts.slice(0, all)).size).toBe(all);
  expect(texts.slice(all, 2 * all)).toEqual(texts.slice(0, Math.min(all, 40 - all)));
  // After a month all of them may come again.
  expect(made.next(due, answers, {nowMs: 31 * dayMs, draw: 1})).toBeDefined();
});
