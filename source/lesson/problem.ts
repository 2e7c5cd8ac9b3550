// A fault found in a piece of text or data, before anyone knows where in the file that piece stands.

import {problemSentences} from '../words/catalogue/lesson.ts';
import {nearest} from './nearest.ts';
import type {Position} from './position.ts';
import {type Message, type Text, worded} from './text.ts';

export type Problem = {
  readonly message: Text;
  readonly remedy: Text;
};

/** `offset`: characters from the beginning of the text that was parsed. */
export type TextProblem = Problem & {readonly offset: number};

/** `path`: the keys and indexes that lead to the value; `onKey`: the last of them is at fault, not its value. */
export type PathProblem = Problem & {
  readonly path: readonly (string | number)[];
  readonly onKey?: true;
  /** That far inside the scalar whose value this is. */
  readonly inside?: {readonly offset: number; readonly value: string};
  /** In another file, which `path` names. */
  readonly elsewhere?: {readonly file: string; readonly position: Position};
};

export const problem = (message: Text, remedy: Text): Problem => ({message, remedy});

export type Sentence<Parameters> = Text | Message<Parameters>;

/** Two sentences of the catalogue that are filled in together. */
export const problemWith = <What, Remedy>(
  {message, remedy}: {readonly message: Sentence<What>; readonly remedy: Sentence<Remedy>},
  parameters: NoInfer<What & Remedy>,
): Problem => ({message: worded(message, parameters), remedy: worded(remedy, parameters)});

const shown = 12;

export const listed = (words: readonly string[]): string =>
  words.length > shown ? `${words.slice(0, shown).join(', ')}, …` : words.join(', ');

/** “did you mean …?” where a known word is near, else all that is allowed. */
export const wordRemedy = (given: string, allowed: readonly string[]): Text => {
  const near = nearest(given, allowed);
  const all = listed(allowed);
  if (allowed.length === 0) return problemSentences.wordRemedy.nothingIsAllowed;
  return near
    ? worded(problemSentences.wordRemedy.didYouMean, {near, all})
    : worded(problemSentences.wordRemedy.allowedHere, {all});
};

/** An unknown word: what it was taken for, and what is known. `kind` as in “no host …”. */
export const unknownWord = (kind: Text, given: string, allowed: readonly string[]): Problem =>
  problem(worded(problemSentences.unknownWord.message, {kind, given}), wordRemedy(given, allowed));
