// What is told after a question is answered: its explanation, until the next beat is reached.

import {expect, test} from 'vitest';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import {handshakeScenario} from '../../helpers/scenarios.ts';
import {run} from '../../helpers/traces.ts';
import {ackQuestion, enters, narration, sends} from '../beats.ts';
import {act, open, sceneOf, started} from '../player.ts';

const trace = run(handshakeScenario());
const said = (text: string) => everywhere({en: text, zh: text});
/** Asks for an opinion where the server's answer lands; the next narration comes 50 ms later. */
const opened = open({
  trace,
  beats: [
    narration(0, sends(trace, 1), said('before')),
    {...ackQuestion(trace, 1), kind: 'concept', event: sends(trace, 2), hides: undefined},
    narration(2, enters(trace, 'client', 'ESTABLISHED'), said('after')),
  ],
});

const told = (state: ReturnType<typeof started>): string => {
  const {story, beat} = sceneOf(opened, state);
  return `${beat.number} ${story.kind === 'narration' ? story.text : story.kind}`;
};

const atQuestion = act(opened, started(), {kind: 'beatNext'}, {kind: 'beatNext'});
const answered = act(opened, atQuestion, {kind: 'answer', choice: 'b'});
const goneOn = act(opened, answered, {kind: 'continue'}, {kind: 'tick', ms: 100});

test('the explanation stays when the reply is closed; what was told before the question does not come back', () => {
  expect([atQuestion, answered, goneOn].map(told)).toEqual([
    '2 question',
    '2 reply',
    '2 The SYN took up 1000.',
  ]);
});

test('the next beat takes its place, and stepping back before the question brings the one before it', () => {
  expect(told(act(opened, goneOn, {kind: 'beatNext'}))).toBe('2 after');
  expect(told(act(opened, goneOn, {kind: 'beatPrevious'}))).toBe('1 before');
});

test('who skips is told nothing of the answer', () => {
  expect(told(act(opened, atQuestion, {kind: 'skip'}, {kind: 'tick', ms: 100}))).toBe('2 before');
});

test('where a narration stands at the place of the question, it is read there again', () => {
  const both = open({
    trace,
    beats: [
      narration(0, sends(trace, 2), said('read first')),
      {...ackQuestion(trace, 1), kind: 'concept', event: sends(trace, 2), hides: undefined},
    ],
  });
  const here = act(both, started(), {kind: 'beatNext'});
  const state = {...here, answers: {1: {choice: 'a'}}};
  const {story} = sceneOf(both, state);
  expect(story).toMatchObject({kind: 'narration', text: 'read first'});
});
