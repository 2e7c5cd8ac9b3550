// A round as a pure machine: what keys enter in each form, what is asked about it, when it counts, when time is up.
import {expect, test} from 'vitest';
import {sameIn} from '../../../source/lesson/text.ts';
import type {AnswerForm} from '../../../source/quiz/question.ts';
import {pointsOf} from '../../../source/view/quiz/answered.ts';
import {
  askQuestion,
  beginRound,
  beSure,
  canHint,
  endRound,
  erase,
  givenNow,
  moveMark,
  type QuizState,
  type RoundInfo,
  readHint,
  streakOf,
  take,
  timed,
  toggleMarked,
  typeIn,
} from '../../../source/view/quiz/quiz-state.ts';
import {seq} from '../../../source/wire/seq.ts';
import {infoOf, questionOf} from '../../helpers/questions.ts';

const asking = (form: AnswerForm, change: Partial<RoundInfo> = {}): QuizState =>
  askQuestion(beginRound(infoOf(change)), questionOf(form), 1000);

const typed = (state: QuizState, keys: string): QuizState => [...keys].reduce(typeIn, state);

const answered = (state: QuizState) => state.answered.at(-1);

/** Taken at the first try, and once more the same where there is a second one. */
const settled = (state: QuizState, keys: string): QuizState => {
  const first = beSure(take(state), 'think');
  return first.first ? take(typed(first, keys)) : first;
};

test('practice: a letter is taken, how sure is asked, then comes the reply; taken back, nothing has counted', () => {
  const sure = typeIn(asking('choice'), 'b');
  expect([sure.phase, givenNow(sure)]).toEqual(['sure', 'b']);
  const again = erase(sure);
  expect([again.phase, again.answered]).toEqual(['asking', []]);
  const reply = typeIn(beSure(typeIn(again, 'a'), 'guess'), 'c');
  expect(reply.phase).toBe('reply');
  expect(answered(reply)).toMatchObject({
    ...{given: 'a', confidence: 'guess', hints: 0},
    grade: {right: false, misconceptions: ['every-packet-plus-one']},
  });
});

test('a letter that is no choice, and keys after the answer, do nothing', () => {
  const state = asking('choice');
  expect(typeIn(state, 'f')).toBe(state);
  const reply = beSure(typeIn(state, 'b'), 'sure');
  expect(typeIn(reply, 'a')).toBe(reply);
  expect(moveMark(reply, 1)).toBe(reply);
  expect(beSure(reply, 'guess')).toBe(reply);
  expect(take(state)).toBe(state);
});

test('a wrong answer: a hint, one more try without the wrong choice, half the points; the record keeps the first', () => {
  const first = beSure(typeIn(asking('choice'), 'a'), 'sure');
  expect(first).toMatchObject({phase: 'asking', hints: 1, answered: [], first: {given: 'a', hints: 0}});
  // It can be chosen by no key.
  expect(typeIn(first, 'a')).toBe(first);
  expect(moveMark(first, 1).entry.marked).toBe(1);
  expect(moveMark(moveMark(moveMark(first, 1), 1), 1).entry.marked).toBe(1);
  const [mended, lost] = ['b', 'c'].map((key) => typeIn(first, key));
  for (const [state, points] of [
    [mended, 0.5],
    [lost, 0],
  ] as const) {
    const last = state && answered(state);
    expect(last && [last.given, last.grade.right, pointsOf(last), last.confidence]).toEqual([
      'a',
      false,
      points,
      'sure',
    ]);
    expect([state?.phase, state?.first]).toEqual(['reply', undefined]);
  }
  const at = askQuestion(
    asking('choice'),
    {...questionOf('choice'), choices: questionOf('choice').choices.slice(0, 2)},
    0,
  );
  expect(beSure(typeIn(at, 'a'), 'sure').phase).toBe('reply');
});

test('who leaves after a wrong first try has answered wrongly', () => {
  const over = endRound(beSure(typeIn(asking('choice'), 'a'), 'sure'));
  expect(over.answered).toMatchObject([{given: 'a', grade: {right: false}}]);
  expect(over.answered[0]).not.toHaveProperty('again');
});

test('an exam: a letter only marks, enter takes it, nothing is asked or told', () => {
  const marked = typeIn(asking('choice', {mode: 'exam'}), 'b');
  expect([marked.phase, marked.answered.length]).toEqual(['asking', 0]);
  const taken = take(typeIn(marked, 'a'));
  expect([taken.phase, taken.question]).toEqual(['asking', undefined]);
  expect(answered(taken)).toMatchObject({given: 'a', grade: {right: false}});
  expect(answered(taken)).not.toHaveProperty('confidence');
  expect(canHint(marked)).toBe(false);
  expect(readHint(marked)).toBe(marked);
});

test('the mark goes round and round, and enter takes what it stands on', () => {
  const state = asking('choice');
  expect(moveMark(state, 1).entry.marked).toBe(0);
  expect(moveMark(state, -1).entry.marked).toBe(2);
  expect(givenNow(take(moveMark(moveMark(state, -1), 1)))).toBe('a');
});

test('several: letters and space take and leave, in any order', () => {
  const state = typed(asking('several'), 'cb');
  expect(givenNow(state)).toEqual(['b', 'c']);
  expect(givenNow(typed(state, 'c'))).toEqual(['b']);
  expect(givenNow(toggleMarked(toggleMarked(state)))).toEqual(['b', 'c']);
  expect(answered(beSure(take(state), 'sure'))?.grade.right).toBe(true);
  expect(givenNow(asking('several'))).toBeUndefined();
});

test('an order counts when it is whole, as it was entered; the last is taken back first', () => {
  const part = typed(asking('order'), 'ca');
  expect([givenNow(part), take(part)]).toEqual([undefined, part]);
  const whole = typeIn(part, 'b');
  expect(givenNow(whole)).toEqual(['c', 'a', 'b']);
  expect(erase(whole).entry.picked).toEqual(['c', 'a']);
  expect(answered(beSure(take(whole), 'sure'))?.grade.right).toBe(true);
  expect(answered(settled(typed(asking('order'), 'abc'), 'abc'))?.grade.right).toBe(false);
});

test.each([
  ['1001', true],
  ['0x3e9', true],
  // A relative number is another one.
  ['1', false],
  ['1000', false],
])('a number: %s', (keys, right) => {
  const state = typed(asking('number'), keys);
  expect(state.entry.typed).toBe(keys);
  expect(answered(settled(state, keys))?.grade.right).toBe(right);
});

test('a number has digits and no end that is too far; nothing half-written is taken', () => {
  expect(typed(asking('number'), 'g-zx').entry.typed).toBe('');
  expect(typed(asking('number'), '9'.repeat(40)).entry.typed).toHaveLength(15);
  const half = typed(asking('number'), '0x');
  expect([half.entry.typed, givenNow(half)]).toEqual(['0x', undefined]);
  expect(erase(erase(erase(half))).entry.typed).toBe('');
});

const counting = (form: 'number' | 'packet' = 'number'): QuizState =>
  askQuestion(
    beginRound(infoOf()),
    {...questionOf(form), countsFrom: {isn: seq(1000), host: sameIn('the client')}},
    1000,
  );

test('a number that is counted from the initial one: what is kept is the raw number', () => {
  const right = beSure(take(typed(counting(), '+1')), 'sure');
  expect(answered(right)).toMatchObject({given: '1001', grade: {right: true}});
  expect(beSure(take(typed(counting(), '1')), 'sure').first).toMatchObject({given: '1'});
  const wrong = beSure(take(typed(counting(), '+0')), 'sure');
  expect(wrong.first).toMatchObject({given: '1000', grade: {right: false}});
});

test('a plus alone is no answer, another sign no key, and where nothing is counted from so is the plus', () => {
  const alone = typed(counting(), '+');
  expect([alone.entry.typed, givenNow(alone), take(alone)]).toEqual(['+', undefined, alone]);
  expect(typed(counting(), '+-3 x').entry.typed).toBe('+3');
  expect(typed(counting(), '1+').entry.typed).toBe('1');
  expect(typed(counting(), '+4294967296').entry.typed).toBe('+429496729');
  expect(typed(asking('number'), '+1').entry.typed).toBe('1');
});

test('a packet: its digits, or the mark on one that is drawn', () => {
  const state = asking('packet');
  expect(typed(state, '0').entry.typed).toBe('');
  expect(moveMark(state, 1).entry.typed).toBe('1');
  const second = moveMark(moveMark(state, 1), 1);
  expect(second.entry.typed).toBe('2');
  expect(moveMark(second, 1).entry.typed).toBe('1');
  expect(answered(beSure(take(second), 'sure'))?.grade.right).toBe(true);
});

test('hints: one after another, no more than there are; a look at the run counts as one', () => {
  const hinted = [1, 2, 3, 4, 5].reduce(readHint, asking('choice'));
  expect([hinted.hints, canHint(hinted)]).toEqual([3, false]);
  expect(answered(beSure(typeIn({...hinted, looked: true}, 'b'), 'sure'))?.hints).toBe(4);
  expect(askQuestion(hinted, questionOf('choice', 2), 5000)).toMatchObject({hints: 0, looked: false});
});

test('the clock: an exam ends when its time is up, whatever is entered; without a limit it goes on', () => {
  const exam = typeIn(asking('choice', {mode: 'exam', limitMs: 60_000}), 'b');
  expect(timed(exam, 60_999)).toMatchObject({phase: 'asking', tookMs: 59_999});
  const over = timed(exam, 500_000);
  expect(over).toMatchObject({phase: 'result', tookMs: 60_000, answered: []});
  expect(timed(over, 900_000)).toBe(over);
  expect(timed(asking('choice'), 10_000_000).phase).toBe('asking');
  // A clock that goes back takes nothing back.
  expect(timed(timed(exam, 31_000), 2000).tookMs).toBe(30_000);
});

test('without a question the round is over', () => {
  expect(askQuestion(asking('choice'), undefined, 2000).phase).toBe('result');
});

test('a streak is what was right since the last wrong one', () => {
  let state = asking('choice');
  const streaks = [...'bbabb'].map((key) => {
    const once = beSure(typeIn(state, key), 'sure');
    state = askQuestion(once.first ? typeIn(once, 'b') : once, questionOf('choice', 2), 0);
    return streakOf(state);
  });
  expect(streaks).toEqual([1, 2, 0, 1, 2]);
});
