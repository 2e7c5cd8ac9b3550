// What answers say about beliefs, and which question practice asks next.
import {expect, test} from 'vitest';
import type {Candidate} from '../../source/quiz/candidate.ts';
import {diagnosis, type Sign, suspicions} from '../../source/quiz/diagnosis.ts';
import {growingPool} from '../../source/quiz/growing-pool.ts';
import {nextPractice} from '../../source/quiz/practice.ts';
import type {Answer} from '../../source/quiz/progress-record.ts';

const sign = (touches: readonly string[], means?: string): Sign => ({
  touches,
  wrongWays: 3,
  given: 'a',
  right: means === undefined,
  means: means === undefined ? [] : [means],
  hints: 0,
});
const told = (signs: readonly Sign[]) => diagnosis(signs).map(({misconception}) => misconception);

test('one wrong answer is a suspicion, two that agree are told', () => {
  expect(told([sign(['a', 'b'], 'a')])).toEqual([]);
  expect(suspicions([sign(['a', 'b'], 'a')])[0]?.misconception).toBe('a');
  expect(told([sign(['a', 'b'], 'a'), sign(['a', 'c'], 'a')])).toEqual(['a']);
});

// Bayes' rule by hand: a prior of 6 in 100; a belief decides 7 answers in 10; a slip, 15 in 100, falls on each wrong way alike.
test('how likely a belief is held', () => {
  const held = (...signs: readonly Sign[]): number | undefined =>
    suspicions(signs).find(({misconception}) => misconception === 'a')?.probability;
  const after = (...ratios: readonly number[]): number => {
    const odds = ratios.reduce((so, ratio) => so * ratio, 6 / 94);
    return odds / (1 + odds);
  };
  const byBelief = (slip: number): number => (0.7 + 0.3 * slip) / slip;
  const wrong = sign(['a'], 'a');
  expect(held(wrong)).toBeCloseTo(after(byBelief(0.15 / 3)), 12);
  expect(held({...wrong, wrongWays: 0})).toBeCloseTo(after(byBelief(0.15 / 20)), 12);
  expect(held(wrong, wrong)).toBeCloseTo(after(byBelief(0.05), byBelief(0.05)), 12);
  const right = sign(['a']);
  expect(held(right)).toBeCloseTo(after(0.3), 12);
  expect(held({...right, hints: 1})).toBeCloseTo(after(0.65), 12);
  expect(held({...right, confidence: 'guess'})).toBeCloseTo(after(0.65), 12);
  expect(held({...right, confidence: 'sure'})).toBeCloseTo(after(0.3), 12);
  // By a slip, or by another belief.
  expect(held({...wrong, means: []})).toBeCloseTo(after(0.3), 12);
  expect(held(sign(['a', 'b'], 'b'))).toBeCloseTo(after(0.65), 12);
  // What was left open says nothing.
  const {given: _, ...open} = wrong;
  expect(suspicions([open])).toEqual([]);
});

test('the likeliest first, equals by name', () => {
  const names = suspicions([sign(['c', 'b', 'a']), sign(['c', 'd'], 'd')]).map(
    ({misconception}) => misconception,
  );
  expect(names).toEqual(['d', 'a', 'b', 'c']);
});

test('right answers speak against, and most where no help was needed', () => {
  const hits = [sign(['a'], 'a'), sign(['a'], 'a')];
  const right = sign(['a']);
  expect(told([...hits, right])).toEqual([]);
  expect(told([...hits, ...hits.slice(1), right, right])).toEqual(['a']);
  expect(told([...hits, ...hits.slice(1), right, right, right])).toEqual([]);
  const probability = (last: Sign): number => suspicions([...hits, last])[0]?.probability ?? 0;
  expect(probability({...right, hints: 2})).toBeGreaterThan(probability(right));
  expect(probability({...right, confidence: 'guess'})).toBeGreaterThan(probability(right));
});

test('what was learned is not held against anybody for ever', () => {
  const then = Array.from({length: 12}, () => sign(['a'], 'a'));
  const since = Array.from({length: 12}, () => sign(['a']));
  expect(told(then)).toEqual(['a']);
  expect(told([...then, ...since])).toEqual([]);
});

test('a value that only the belief leads to says more than one of three wrong choices', () => {
  const one = (wrongWays: number) => suspicions([{...sign(['a'], 'a'), wrongWays}])[0]?.probability ?? 0;
  expect(one(0)).toBeGreaterThan(one(3));
  expect(one(3)).toBeGreaterThan(one(2));
});

test('one answer is no pattern, whatever it is: two are', () => {
  const number = {...sign(['a'], 'a'), wrongWays: 0};
  expect(suspicions([number])[0]?.probability).toBeGreaterThan(0.8);
  expect(told([number])).toEqual([]);
  expect(told([number, number])).toEqual(['a']);
});

test('a question left unanswered says nothing', () => {
  const {given: _, ...left} = sign(['a'], 'a');
  expect(suspicions([left, left, left])).toEqual([]);
});

const candidate = (id: string, touches: readonly string[], lesson = id): Candidate => ({
  ...{id, text: `text of ${id}`, lesson, kind: id, topic: 'tcp', skill: id, touches},
});
const answer = (to: Candidate, atMs: number, means?: string): Answer => ({
  ...{id: `${atMs}`, atMs, kind: 'answer', question: to.id, text: to.text, lesson: to.lesson, asks: to.kind},
  ...{topic: to.topic, skill: to.skill, ...sign(to.touches, means), askedIn: 'practice'},
});
const next = (
  pool: readonly Candidate[],
  answers: readonly Answer[],
  nowMs: number,
  about?: readonly string[],
) => nextPractice(pool, answers, {nowMs, draw: 1, ...(about ? {about: new Set(about)} : {})})?.id;

test('practice asks where most is open: many unseen beliefs first, then what is suspected', () => {
  const [one, two, again, other] = [
    candidate('one', ['a']),
    candidate('two', ['b', 'c']),
    candidate('again', ['b', 'c']),
    candidate('other', ['d']),
  ];
  const pool = [one, two, again, other];
  expect(['two', 'again']).toContain(next(pool, [], 0));
  expect(next(pool, [answer(two, 0)], 1)).not.toBe('again');
  expect(next(pool, [answer(two, 0, 'b'), answer(other, 1)], 2)).toBe('again');
});

test('practice of a topic is about its beliefs', () => {
  expect(next([candidate('one', ['a']), candidate('two', ['b', 'c'])], [], 0, ['a'])).toBe('one');
});

test('a belief beside the topic is looked into once it is suspected', () => {
  const [one, two] = [candidate('one', ['a']), candidate('two', ['b', 'c'])];
  const wrong = answer(candidate('first', ['b', 'c']), 0, 'b');
  const between = answer(candidate('between', []), 1);
  expect(next([one, two], [wrong, between], 2, ['a'])).toBe('two');
});

test('what stands ill beside the round gives way to what stands well, unless it is worth much more; where none may stand the best does', () => {
  const pool = [candidate('one', ['a']), candidate('two', ['b', 'c', 'd'])];
  const chosen = (standing: (each: Candidate) => number) =>
    nextPractice(pool, [], {nowMs: 0, draw: 1, standing})?.id;
  expect(chosen(() => 1)).toBe('two');
  expect(chosen(({id}) => (id === 'two' ? 0.5 : 1))).toBe('two');
  expect(chosen(({id}) => (id === 'two' ? 0.3 : 1))).toBe('one');
  expect(chosen(({id}) => (id === 'two' ? 0 : 1))).toBe('one');
  expect(chosen(() => 0)).toBe('two');
});

test('a pool grows by the questions about its beliefs, and not without end for a few', () => {
  const made = Array.from({length: 100}, (_, n) => candidate(`${n}`, n % 2 === 0 ? ['a'] : ['b']));
  const about = (beliefs: readonly string[]) => growingPool(made.values(), new Set(beliefs));
  const [half, all, none] = [about(['a']), about([]), about(['c'])];
  expect([half.grow(10), half.entries.length]).toEqual([true, 19]);
  expect([all.grow(10), all.entries.length]).toEqual([true, 10]);
  expect([none.grow(10), none.entries.length]).toEqual([true, 20]);
  expect([all.grow(200), all.entries.length]).toEqual([false, 100]);
});

test('nothing is asked twice within thirty days, by its name or by its text', () => {
  const day = 86_400_000;
  const one = candidate('one', ['a']);
  const alike = {...candidate('alike', ['a']), text: one.text};
  expect(next([one, alike], [answer(one, 0)], 29 * day)).toBeUndefined();
  expect(next([one], [answer(one, 0)], 30 * day)).toBe('one');
});
