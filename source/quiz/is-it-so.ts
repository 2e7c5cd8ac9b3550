// A question that asks whether a sentence about a run, taken from a belief's counter-example, is true (lessons/data/misconceptions.yaml,
// `counter`).

import {type Text, wordedWithNames} from '../lesson/text.ts';
import {isItSoSentences} from '../words/catalogue/questions.ts';
import {type CounterExample, counterExamplesIn} from './counter-examples.ts';
import type {Draft} from './draft.ts';
import {lastSent} from './instants.ts';
import type {Written} from './kind.ts';
import {topicOf} from './lesson-topic.ts';
import type {Asked} from './variant.ts';

/** The longest reply in characters: five rows of a screen. */
const longestReply = 340;

/** Returns the reply to a true sentence, with the wrong sentence while there is room. */
const soBecause = ({correct, rfc}: CounterExample['counter'], believed: Text): Text => {
  const {itIsSo, andNot} = isItSoSentences.judged.explain;
  const whole = wordedWithNames(andNot, {correct, rfc, believed});
  return whole.en.length > longestReply ? wordedWithNames(itIsSo, {correct, rfc}) : whole;
};

const judged = (asked: Asked, example: CounterExample, isTrue: boolean): Draft => {
  const {counter, n, shown, believed} = example;
  const said: Text = isTrue ? shown : believed;
  const {yes, no} = isItSoSentences;
  const [right, wrong] = isTrue ? [yes, no] : [no, yes];
  return {
    form: 'choice',
    // The values are those of the counter's expression if this answer were right.
    right: {text: right, value: 'true'},
    wrong: [{text: wrong, value: 'false', misconception: counter.misconception}],
    // The sentence can be judged alone in any run; packets beside it would only have to be read in vain.
    prompt: [wordedWithNames(isItSoSentences.judged.claim, {said}), isItSoSentences.judged.prompt],
    hints: [isItSoSentences.judged.hints.lookForThe, isItSoSentences.judged.hints.hadItBeen],
    explain: isTrue
      ? soBecause(counter, believed)
      : wordedWithNames(isItSoSentences.judged.explain.itIsNot, {shown}),
    n,
    secrets: [counter.misconception],
    evidence: {packet: lastSent(asked.trace, n), field: `expression:${counter.written}`, value: 'true'},
    topic: topicOf(asked.variant.lesson),
  };
};

export const isItSo: Written = {
  kind: 'is-it-so',
  // Each belief has two places: its true sentence and its wrong one.
  places: (asked) => counterExamplesIn(asked).flatMap(({place}) => [2 * place, 2 * place + 1]),
  ask: (asked, place) => {
    const found = counterExamplesIn(asked).find((each) => each.place === Math.floor(place / 2));
    return found && judged(asked, found, place % 2 === 0);
  },
};
