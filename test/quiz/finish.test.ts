// How a draft becomes a question. Oracle: what every question promises (question.ts): choices that differ in value and in words, four,
// six or five of them; beliefs before other mistakes.

import {describe, expect, test} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import type {Draft, Option} from '../../source/quiz/draft.ts';
import {finish, placeId, withinConnection} from '../../source/quiz/finish.ts';
import {about} from './asked-runs.ts';

const asked = about('handshake');

const option = (value: string, misconception?: string, words = value): Option => ({
  text: everywhere({en: words, zh: words}),
  value,
  ...(misconception === undefined ? {} : {misconception}),
});
const options = (...values: readonly string[]): readonly Option[] => values.map((value) => option(value));

const text = (en: string) => everywhere({en, zh: en});
const common: Pick<Draft, 'prompt' | 'hints' | 'explain' | 'n' | 'evidence'> = {
  ...{prompt: [text('How many?')], hints: [text('Count.')], explain: text('So many.'), n: 5},
  evidence: {packet: 2, field: 'tcp.ack', value: '1'},
};

const finished = (right: Option, wrong: readonly Option[]) =>
  finish('next-ack', {...common, form: 'choice', right, wrong}, asked, 9);
const valuesOf = (question: ReturnType<typeof finished>): readonly string[] | undefined =>
  question?.choices.map(({value}) => value).toSorted();

describe('a choice', () => {
  test('the right one and three others, lettered as shown; the answer is its letter', () => {
    const question = finished(option('1'), options('2', '3', '4', '5', '6'));
    expect(question?.choices.map(({id}) => id)).toEqual(['a', 'b', 'c', 'd']);
    expect(question?.choices.find(({id}) => id === question.answer)?.value).toBe('1');
  });
  test('beliefs go before other mistakes', () => {
    const named = [option('7', 'x'), option('8', 'y'), option('9', 'z')];
    const question = finished(option('1'), [...options('2', '3', '4'), ...named]);
    expect(valuesOf(question)).toEqual(['1', '7', '8', '9']);
    expect(question?.touches.toSorted()).toEqual(['x', 'y', 'z']);
  });
  test('none twice, in value or in words; the first of a value counts', () => {
    const question = finished(option('1'), [
      ...[option('1', 'x', 'one'), option('2', 'y'), option('2', 'z', 'two')],
      ...[option('3', undefined, '1'), option('4')],
    ]);
    expect(valuesOf(question)).toEqual(['1', '2', '4']);
    expect(question?.touches).toEqual(['y']);
  });
  test('one is too few', () => {
    expect(finished(option('1'), [])).toBeUndefined();
    expect(finished(option('1'), options('2', '3'))?.choices).toHaveLength(3);
  });
});

describe('other forms', () => {
  test('an order: each once, never as it is right already', () => {
    for (const wanted of [options('1', '2', '3'), options('1', '2', '3', '4')])
      for (let place = 1; place <= 30; place += 1) {
        const draft = {...common, form: 'order', right: wanted, wrong: []} as const;
        const question = finish('order-packets', draft, asked, place);
        const right = wanted.map(({value}) => value);
        const shown = question?.choices.map(({value}) => value) ?? [];
        expect(shown.toSorted()).toEqual(right);
        expect(shown).not.toEqual(right);
        const ids = typeof question?.answer === 'object' ? question.answer : [];
        expect(ids.map((id) => question?.choices.find((each) => each.id === id)?.value)).toEqual(right);
      }
  });

  test('several: six at most, right ones by letter', () => {
    const question = finish(
      'eavesdropper-reads',
      {...common, form: 'several', right: options('1', '2'), wrong: options('3', '4', '5', '6', '7')},
      asked,
      9,
    );
    expect(question?.choices).toHaveLength(6);
    const right = question?.choices.filter(({value}) => value === '1' || value === '2').map(({id}) => id);
    expect(question?.answer).toEqual(right);
  });
  test('an order: as it is right, and no two alike', () => {
    const ordered = (right: readonly Option[]) =>
      finish('order-packets', {...common, form: 'order', right, wrong: []}, asked, 9);
    const question = ordered(options('1', '2', '3', '4'));
    const ids = question?.answer;
    const values = (typeof ids === 'object' ? ids : []).map(
      (id) => question?.choices.find((choice) => choice.id === id)?.value,
    );
    expect(values).toEqual(['1', '2', '3', '4']);
    expect(ordered([...options('1', '2', '3'), option('4', undefined, '3')])).toBeUndefined();
  });
  test('a number: no choices; wrong ones differ from it and from each other', () => {
    const wrong = [
      {value: 5, misconception: 'x'},
      {value: 7, misconception: 'y'},
      {value: 7, misconception: 'z'},
    ];
    const question = finish('next-ack', {...common, form: 'number', right: 5, wrong}, asked, 9);
    expect(question).toMatchObject({
      choices: [],
      answer: 5,
      wrongAnswers: [{value: 7, misconception: 'y'}],
    });
    expect(question?.touches).toEqual(['y']);
    expect(question?.hints).toEqual([text('Count.')]);
  });
});

test('who asks the same of the same run gets the same question', () => {
  const ids = [placeId('next-ack', asked, 9), placeId('next-ack', asked, 10), placeId('next-seq', asked, 9)];
  expect(new Set(ids).size).toBe(3);
  const question = finished(option('1'), options('2', '3'));
  expect(question).toEqual(finished(option('1'), options('2', '3')));
  expect(question).toMatchObject({
    ...{lesson: 'handshake', topic: 'tcp', skill: 'handshake/next-ack', place: {n: 5}},
    evidence: {
      source: 'handshake',
      seed: 2,
      run: 'base',
      profile: 'linux',
      faults: [],
      packet: 2,
      value: '1',
    },
  });
  expect(question?.id).toMatch(/^next-ack-[0-9a-f]{12}$/);
  if (!question) throw new Error('no question');
  const within = withinConnection(question, 3);
  expect(within.evidence.connection).toBe(3);
  expect(within.id).not.toBe(question.id);
  expect(within.id).not.toBe(withinConnection(question, 4).id);
});
