// A misconception in words: always what people believe, marked as a myth, and then what is so.
import {type Language, type Text, worded} from '../lesson/text.ts';
import {beliefWords} from './catalogue/beliefs.ts';

type Belief = {readonly belief: Text; readonly correct: Text};

export const factOf = ({correct}: Pick<Belief, 'correct'>): Text => worded(beliefWords.fact, {correct});

/** Returns the myth and the fact in every language. */
export const mythAndFactTexts = ({belief, correct}: Belief): readonly [myth: Text, fact: Text] => [
  worded(beliefWords.myth, {belief}),
  factOf({correct}),
];

/** Returns the two sentences, which stand on lines of their own. */
export const mythAndFact = (
  {belief, correct}: Belief,
  language: Language,
): readonly [myth: string, fact: string] => {
  const [myth, fact] = mythAndFactTexts({belief, correct});
  return [myth[language], fact[language]];
};
