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

const judged = (asked: Asked, example: CounterExample, isTrue: boolean): Draft => {
  const {counter, n, shown, believed} = example;
  const {explain} = isItSoSentences.judged;
  const said: Text = isTrue ? shown : believed;
  const {yes, no} = isItSoSentences;
  const [right, wrong] = isTrue ? [yes, no] : [no, yes];
  return {
    form: 'choice',
    // The value of a choice is the value that the counter-example's expression would have if the choice were right.
    right: {text: right, value: 'true'},
    wrong: [{text: wrong, value: 'false', misconception: counter.misconception}],
    // The sentence can be judged without the run, so no packets are printed.
    prompt: [wordedWithNames(isItSoSentences.judged.claim, {said}), isItSoSentences.judged.prompt],
    hints: [isItSoSentences.judged.hints.lookForThe, isItSoSentences.judged.hints.hadItBeen],
    explain: wordedWithNames(isTrue ? explain.itIsSo : explain.itIsNot, {
      correct: counter.correct,
      rfc: counter.rfc,
    }),
    n,
    secrets: [counter.misconception],
    evidence: {packet: lastSent(asked.trace, n), field: `expression:${counter.written}`, value: 'true'},
    topic: topicOf(asked.variant.lesson),
  };
};

export const isItSo: Written = {
  kind: 'is-it-so',
  // Each counter-example gives two questions: about its true sentence (even place) and about its wrong one (odd place).
  places: (asked) => counterExamplesIn(asked).flatMap(({place}) => [2 * place, 2 * place + 1]),
  ask: (asked, place) => {
    const found = counterExamplesIn(asked).find((each) => each.place === Math.floor(place / 2));
    return found && judged(asked, found, place % 2 === 0);
  },
};
