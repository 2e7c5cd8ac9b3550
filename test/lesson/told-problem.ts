// A problem of a lesson as values: where it is, which message of the catalogue tells it, and the facts of that message and its remedy.

import type {LessonError} from '../../source/lesson/lesson-error.ts';
import type {Problem, TextProblem} from '../../source/lesson/problem.ts';
import {type Meaning, meaningsOf} from '../helpers/meaning.ts';

/** `says`: the message by its path within its topic, such as `bind.eventOf.neverHappens`; `remedy`: one that has a name of its own. */
export type Told = {readonly [fact: string]: unknown};

const nameOf = ({says}: Meaning): string =>
  says
    .replace(/^[^.]*\./, '')
    .replace(/Sentences(?=\.)/, '')
    .replace(/\.(message|remedy)$/, '');

const lastOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

const isMeaning = (value: unknown): value is Meaning =>
  typeof value === 'object' && value !== null && 'says' in value;

/** Returns the facts of a message, and in the same row those of the messages among them; of one without facts its name. */
const factsOf = ({says: _, ...facts}: Meaning): Told =>
  Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]): readonly (readonly [string, unknown])[] => {
      if (!isMeaning(value)) return [[name, value]];
      const inner = Object.entries(factsOf(value));
      return inner.length > 0 ? inner : [[name, lastOf(value.says)]];
    }),
  );

export const toldProblem = ({message, remedy}: Problem): Told => {
  const [whats, helps] = [meaningsOf(message.en), meaningsOf(remedy.en)];
  if (whats.length === 0 || helps.length === 0) return {message: message.en, remedy: remedy.en};
  const [says, remedies] = [whats, helps].map((each) => each.map(nameOf).join(', '));
  const facts = [...whats, ...helps].flatMap((each) => Object.entries(factsOf(each)));
  return {says, ...(says === remedies ? {} : {remedy: lastOf(remedies ?? '')}), ...Object.fromEntries(facts)};
};

export const toldError = ({position, ...problem}: Problem & Pick<LessonError, 'position'>): Told => ({
  ...toldProblem(problem),
  at: `${position.line}:${position.column}`,
});

const topicOf = ({says}: Meaning): string => says.slice(0, says.indexOf('.'));

/** Returns the last part of a message's name, then its numbers and words; messages of other topics only by theirs. */
const wordsOf = ({says, line: _, column: __, code: ___, ...facts}: Meaning): readonly unknown[] =>
  Object.values(facts)
    .flatMap((value) => {
      if (!isMeaning(value)) return [value];
      const words = wordsOf(value);
      return topicOf(value) === topicOf({says}) && words.length === 1 ? words : words.slice(1);
    })
    .toSpliced(0, 0, lastOf(nameOf({says})))
    .filter((word) => word !== '');

/** What is wrong in a script, in one line: the place, the message, and what it names. */
export const toldLine = ({position, message}: Pick<LessonError, 'position' | 'message'>): string =>
  [`${position.line}:${position.column}`, ...meaningsOf(message.en).flatMap(wordsOf)].join(' ');

/** What is wrong with a piece of text, and at which of its characters. */
export const toldAt = ({offset, ...problem}: TextProblem): Told => ({...toldProblem(problem), at: offset});

/** Returns what is told of a word that nobody knows: its place, the word, the known one that is near, and what it was taken for. */
export const misspelt = (at: string | number, given: string, near: string, kind?: string): Told => ({
  ...{at, says: 'problem.unknownWord', given, near},
  ...(kind === undefined ? {} : {kind}),
});
