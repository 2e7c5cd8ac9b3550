// The types of problems in a piece of a lesson's text or data, before its place in the file is known.

import {problemSentences} from '../words/catalogue/lesson.ts';
import {nearest} from './nearest.ts';
import type {Position} from './position.ts';
import {type Message, type Text, worded} from './text.ts';

export type Problem = {
  readonly message: Text;
  readonly remedy: Text;
};

/** A problem in a text; `offset` counts characters from the beginning of the text that was parsed. */
export type TextProblem = Problem & {readonly offset: number};

/** A problem in data. `path` are the keys and indexes that lead to the value; with `onKey` the last key is wrong rather than its value. */
export type PathProblem = Problem & {
  readonly path: readonly (string | number)[];
  readonly onKey?: true;
  /** The place inside a scalar of the YAML file: an offset in characters, and the scalar's value. */
  readonly inside?: {readonly offset: number; readonly value: string};
  /** The place in another file, if that is where the value at `path` was written. */
  readonly elsewhere?: {readonly file: string; readonly position: Position};
};

export const problem = (message: Text, remedy: Text): Problem => ({message, remedy});

export type Sentence<Parameters> = Text | Message<Parameters>;

/** Makes a problem of a message and a remedy from the catalogue, which take the same parameters. */
export const problemWith = <What, Remedy>(
  {message, remedy}: {readonly message: Sentence<What>; readonly remedy: Sentence<Remedy>},
  parameters: NoInfer<What & Remedy>,
): Problem => ({message: worded(message, parameters), remedy: worded(remedy, parameters)});

const shown = 12;

export const listed = (words: readonly string[]): string =>
  words.length > shown ? `${words.slice(0, shown).join(', ')}, …` : words.join(', ');

/** Returns the remedy for an unknown word: “did you mean …?” if an allowed word is near, otherwise a list of the allowed words. */
export const wordRemedy = (given: string, allowed: readonly string[]): Text => {
  const near = nearest(given, allowed);
  const all = listed(allowed);
  if (allowed.length === 0) return problemSentences.wordRemedy.nothingIsAllowed;
  return near
    ? worded(problemSentences.wordRemedy.didYouMean, {near, all})
    : worded(problemSentences.wordRemedy.allowedHere, {all});
};

/**
 * Returns the problem of an unknown word, with the nearest or all allowed words as remedy; `kind` says what the word should name, as in “no
 * host …”.
 */
export const unknownWord = (kind: Text, given: string, allowed: readonly string[]): Problem =>
  problem(worded(problemSentences.unknownWord.message, {kind, given}), wordRemedy(given, allowed));
