// What is kept of an answer: enough to judge it later without its question.

import {expect, test} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {answerTo, candidateOf} from '../../source/quiz/candidate.ts';
import type {Question} from '../../source/quiz/question.ts';

const text = (en: string) => everywhere({en, zh: en});
const question: Question = {
  ...{id: 'next-ack-1', lesson: 'handshake', kind: 'next-ack', topic: 'tcp', form: 'choice'},
  prompt: [text('Which ack?')],
  choices: [
    {id: 'a', text: text('1000'), value: '1000', misconception: 'ack-is-last-byte-received'},
    {id: 'b', text: text('1001'), value: '1001'},
    {id: 'c', text: text('1002'), value: '1002'},
  ],
  ...{answer: 'b', wrongAnswers: [], hints: [], explain: text('…')},
  ...{skill: 'handshake next-ack', touches: ['ack-is-last-byte-received'], place: {n: 4}},
  evidence: {
    ...{source: 'handshake', seed: 7, run: 'normal', profile: 'linux', faults: [], packet: 2},
    ...{field: 'tcp.ack_raw', value: '1001'},
  },
};

test('a wrong choice is kept with the belief that it stands for', () => {
  expect(answerTo(question, {given: 'a', hints: 1, confidence: 'sure', askedIn: 'practice'})).toEqual({
    ...{kind: 'answer', question: 'next-ack-1', text: candidateOf(question).text, lesson: 'handshake'},
    ...{asks: 'next-ack', topic: 'tcp', skill: 'handshake next-ack', touches: ['ack-is-last-byte-received']},
    ...{wrongWays: 2, given: 'a', right: false, means: ['ack-is-last-byte-received']},
    ...{hints: 1, confidence: 'sure', askedIn: 'practice'},
  });
});

test('a right one stands for nothing, one left open for less', () => {
  const right = answerTo(question, {given: '1001', hints: 0, askedIn: 'exam'});
  expect([right.right, right.means, right.confidence]).toEqual([true, [], undefined]);
  const left = answerTo(question, {hints: 0, askedIn: 'exam'});
  expect([left.right, left.means, 'given' in left]).toEqual([false, [], false]);
});

test('a question is the same in whichever words, and whichever order its choices stand, and another with other numbers', () => {
  const [a, b, c] = question.choices;
  if (!a || !b || !c) throw new Error('three choices');
  const turned = {
    ...question,
    prompt: [text('In other words?')],
    choices: [{...c, text: text('other')}, a, b],
  };
  expect(candidateOf(turned).text).toBe(candidateOf(question).text);
  const other = {...question, choices: [a, b, {...c, value: '1003'}]};
  expect(candidateOf(other).text).not.toBe(candidateOf(question).text);
});
