// What a run shows of a belief: a sentence about it, to be judged (lessons/data/misconceptions.yaml, `counter`).

import {text} from '../lesson/problem.ts';
import type {Text} from '../lesson/text.ts';
import {after, packetLines} from './context.ts';
import {type CounterExample, counterExamplesIn} from './counter-examples.ts';
import type {Draft, Generator, Option} from './draft.ts';
import {lastSent} from './instants.ts';
import {topicOf} from './lesson-topic.ts';
import type {Asked} from './variant.ts';
import {sentence, titleOf} from './words.ts';

const yes = text('yes', '对');
const no = text('no', '不对');
const open = text('nobody can tell', '看不出来');

const judged = (asked: Asked, example: CounterExample, isTrue: boolean): Draft => {
  const {lesson, run} = asked.variant;
  const {counter, n, shown, believed} = example;
  const said: Text = isTrue ? shown : believed;
  const title = titleOf(lesson, run);
  const option = (words: Text, value: string, misconception?: string): Option => ({
    text: words,
    value,
    ...(misconception === undefined ? {} : {misconception}),
  });
  const [right, wrong] = isTrue ? [yes, no] : [no, yes];
  return {
    form: 'choice',
    // The value of the counter's expression, if this answer were right.
    right: option(right, 'true'),
    wrong: [option(wrong, 'false', counter.misconception), option(open, 'open')],
    prompt: after(
      packetLines(asked.trace, n, 4),
      sentence(`From ${title.en}. Is this so?\n${said.en}`, `出自课程${title.zh}。这句话对吗？\n${said.zh}`),
    ),
    hints: [
      sentence(
        'Look for the packet or the state that this sentence is about.',
        '先找出这句话说的是哪个分组、哪个状态。',
      ),
      sentence(
        'Had it been the other way round, what would the packets look like?',
        '反过来想：如果不是这样，分组会是什么样子？',
      ),
    ],
    explain: isTrue
      ? sentence(`It is so. This would be wrong: ${believed.en}`, `对。要是这样说就错了：${believed.zh}`)
      : sentence(`It is not so. ${shown.en}`, `不对。${shown.zh}`),
    n,
    evidence: {packet: lastSent(asked.trace, n), field: `expression:${counter.written}`, value: 'true'},
    topic: topicOf(lesson),
  };
};

export const isItSo: Generator = {
  kind: 'is-it-so',
  // Of each belief two: the sentence that is so, and the one that is not.
  places: (asked) => counterExamplesIn(asked).flatMap(({place}) => [2 * place, 2 * place + 1]),
  ask: (asked, place) => {
    const found = counterExamplesIn(asked).find((each) => each.place === Math.floor(place / 2));
    return found && judged(asked, found, place % 2 === 0);
  },
};
