// Puts a misconception into words: first what people believe, marked as a myth, then what is true.

import {beliefWords} from '../words/catalogue/beliefs.ts';
import {type Language, type Text, worded} from './text.ts';

type Belief = {readonly belief: Text; readonly correct: Text};

export const factOf = ({correct}: Pick<Belief, 'correct'>): Text => worded(beliefWords.fact, {correct});

/** Returns two texts about a misconception in every language: the myth and the fact. */
export const mythAndFactTexts = ({belief, correct}: Belief): readonly [myth: Text, fact: Text] => [
  worded(beliefWords.myth, {belief}),
  factOf({correct}),
];

/** Returns the sentences of a misconception's myth and fact, which stand on lines of their own. */
export const mythAndFact = (
  {belief, correct}: Belief,
  language: Language,
): readonly [myth: string, fact: string] => {
  const [myth, fact] = mythAndFactTexts({belief, correct});
  return [myth[language], fact[language]];
};
