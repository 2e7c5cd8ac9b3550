// Reviews: a year (ninety days in `npm test`) with learners whose memory is another model than FSRS's, grades, what is due, and that no
// text comes back too soon, but that nothing due goes unasked where few can be made.
import {expect, test} from 'vitest';
import type {Candidate} from '../../source/quiz/candidate.ts';
import type {Answer} from '../../source/quiz/progress-record.ts';
import {dayMs} from '../../source/quiz/rested.ts';
import {dueCards, gradeOf, nextReview, reviewCards} from '../../source/quiz/schedule.ts';
import {asksOthers, few, thorough} from '../helpers/seeds.ts';
import {chanceOf} from '../helpers/simulated-learner.ts';

/** R = (1 + t/s)^-decay, t in days since the last review; s begins at `first`, less for hard items. */
type Memory = {
  readonly decay: number;
  readonly first: number;
  readonly growth: number;
  readonly confident: boolean;
};
type Item = {readonly difficulty: number; strength: number; lastMs: number};

const items = 60;
const newEachDay = 2;
/** Of every sixth only so many questions can be made: as about a name in a cache. */
const variantsOf = (item: number): number => (item % 6 === 0 ? 1 + (item % 2) : 15);
const days = asksOthers() ? 365 : 90;

const pool: readonly Candidate[] = Array.from({length: items}, (_, item) => item).flatMap((item) =>
  Array.from({length: variantsOf(item)}, (_, variant) => ({
    id: `${item}/${variant}`,
    text: `text ${item}/${variant}`,
    lesson: `lesson ${item % 10}`,
    kind: 'next-ack',
    topic: item % 2 === 0 ? 'tcp' : 'dns',
    skill: `item ${item}`,
    touches: [],
  })),
);

/** Two new items a day until all are known, and whatever is due at six in the evening. */
const manyDays = ({decay, first, growth, confident}: Memory, seed: number) => {
  const chance = chanceOf(seed);
  const memory: readonly Item[] = Array.from({length: items}, () => ({
    difficulty: 0.5 + 1.2 * chance(),
    strength: 0,
    lastMs: 0,
  }));
  const answers: Answer[] = [];
  let reviews = 0;
  let recalled = 0;
  let unasked = 0;
  const answer = (candidate: Candidate, nowMs: number): void => {
    const item = memory[Number(candidate.skill.slice('item '.length))];
    if (!item) throw new Error(candidate.skill);
    const isNew = item.strength === 0;
    const days = (nowMs - item.lastMs) / dayMs;
    const retrievability = isNew ? 1 : (1 + days / item.strength) ** -decay;
    const right = isNew || chance() < retrievability;
    if (!isNew) reviews += 1;
    if (!isNew && right) recalled += 1;
    const least = first / item.difficulty;
    if (isNew) item.strength = least;
    else if (right) item.strength *= 1 + (growth * (1.3 - retrievability)) / item.difficulty;
    else item.strength = Math.max(least / 2, item.strength * 0.4);
    item.lastMs = nowMs;
    const {id, text, lesson, kind, topic, skill, touches} = candidate;
    const confidence = retrievability > 0.93 ? 'sure' : retrievability > 0.8 ? 'think' : 'guess';
    answers.push({
      ...{id: String(answers.length), atMs: nowMs, kind: 'answer', question: id, text, lesson, asks: kind},
      ...{topic, skill, touches, wrongWays: 3, given: 'a', right, means: [], hints: 0, askedIn: 'review'},
      ...(confident ? {confidence} : {}),
    });
  };
  for (let day = 0; day < days; day += 1) {
    const nowMs = (day + 0.75) * dayMs;
    for (let item = day * newEachDay; item < Math.min(items, (day + 1) * newEachDay); item += 1) {
      const fresh = pool.find(({skill}) => skill === `item ${item}`);
      if (fresh) answer(fresh, nowMs);
    }
    const due = dueCards(reviewCards(answers), (day + 1) * dayMs);
    for (const card of due) {
      const question = nextReview(pool, [card], answers, {nowMs, draw: seed, isAll: true});
      if (question) answer(question, nowMs);
      else unasked += 1;
    }
  }
  return {answers, reviews, unasked, retention: recalled / reviews};
};

const learners: readonly Memory[] = [
  {decay: 0.3, first: 16, growth: 1, confident: false},
  {decay: 0.3, first: 16, growth: 2.5, confident: true},
  {decay: 0.5, first: 16, growth: 1.5, confident: true},
  {decay: 0.5, first: 30, growth: 2.5, confident: false},
  {decay: 0.8, first: 16, growth: 2, confident: false},
];

thorough.each(few(learners, 1))('retention 0.85–0.95, all due asked: %j', (memory) => {
  const {answers, reviews, unasked, retention} = manyDays(memory, 1);
  console.log(`${JSON.stringify(memory)}: ${reviews} reviews, retention ${retention.toFixed(3)}`);
  expect(reviews).toBeGreaterThan(100);
  expect(unasked).toBe(0);
  expect(retention).toBeGreaterThanOrEqual(0.85);
  expect(retention).toBeLessThanOrEqual(0.95);
  const last = new Map<string, number>();
  let early = 0;
  for (const {text, skill, atMs} of answers) {
    const isRested = atMs - (last.get(text) ?? -Infinity) >= 30 * dayMs;
    if (!isRested) expect(variantsOf(Number(skill.slice('item '.length)))).toBeLessThan(3);
    if (!isRested) early += 1;
    last.set(text, atMs);
  }
  // Else nothing would have run dry without the older ones.
  expect(early).toBeGreaterThan(0);
});

const answered = (changes: Partial<Answer>): Answer => ({
  id: `${changes.atMs} ${changes.skill}`,
  atMs: 0,
  kind: 'answer',
  question: 'q',
  text: 't',
  lesson: 'handshake',
  asks: 'next-ack',
  topic: 'tcp',
  skill: 'handshake next-ack',
  touches: ['every-packet-plus-one', 'seq-counts-packets'],
  wrongWays: 3,
  given: 'a',
  right: true,
  means: [],
  hints: 0,
  askedIn: 'practice',
  ...changes,
});

test('a grade goes by correctness, hints and confidence', () => {
  const grade = (changes: Partial<Answer>) => gradeOf(answered(changes));
  const order = [
    grade({right: false, confidence: 'sure'}),
    grade({hints: 1, confidence: 'sure'}),
    grade({confidence: 'think'}),
    grade({confidence: 'sure'}),
  ];
  expect(order).toEqual([1, 2, 3, 4]);
  expect([grade({hints: 3}), grade({confidence: 'guess'}), grade({})]).toEqual([1, 2, 3]);
});

test('a wrong answer is about the belief that it stands for, a right one about all that it could have shown', () => {
  const names = (answers: readonly Answer[]) => reviewCards(answers).map(({name}) => name);
  expect(names([answered({})])).toEqual([
    'handshake next-ack',
    'every-packet-plus-one',
    'seq-counts-packets',
  ]);
  const wrong = answered({right: false, means: ['seq-counts-packets']});
  expect(names([wrong])).toEqual(['handshake next-ack', 'seq-counts-packets']);
  const {given: _, ...unanswered} = wrong;
  expect(names([unanswered])).toEqual([]);
});

test('what was wrong comes back sooner than what was right', () => {
  const due = (right: boolean) => reviewCards([answered({right})])[0]?.dueMs ?? 0;
  expect(due(false)).toBe(dayMs);
  expect(due(true)).toBeGreaterThan(dayMs);
  expect(dueCards(reviewCards([answered({right: false})]), dayMs)).toEqual([]);
  expect(dueCards(reviewCards([answered({right: false})]), 2 * dayMs).length).toBeGreaterThan(0);
});

test('topics take turns', () => {
  const answers = ['a', 'b', 'c', 'd'].map((skill, n) =>
    answered({
      skill,
      atMs: n,
      right: false,
      touches: [],
      topic: n < 2 ? 'tcp' : 'dns',
      lesson: n < 2 ? 'handshake' : 'dns-cache',
    }),
  );
  expect(dueCards(reviewCards(answers), 5 * dayMs).map(({topic}) => topic)).toEqual([
    'tcp',
    'dns',
    'tcp',
    'dns',
  ]);
});
