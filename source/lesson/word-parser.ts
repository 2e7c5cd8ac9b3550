// Parses a word of an expression that has to be one of several known words.
import {inEvery} from '../words/catalogue/language.ts';
import {wordParserSentences} from '../words/catalogue/lesson.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import type {Cursor} from './parser.ts';
import {unknownWord} from './problem.ts';

export const oneOf = <W>(
  cursor: Cursor,
  find: (word: string) => W | undefined,
  known: readonly string[],
): W => {
  const {kind, offset, text: given} = cursor.token;
  const what = wordParserSentences.oneOf.what;
  if (kind !== 'word')
    return cursor.expected(inEvery((language) => known.join(punctuation.listComma[language])));
  const found = find(given);
  if (found === undefined) return cursor.fail(offset, unknownWord(what, given, known));
  cursor.advance();
  return found;
};

export const word =
  <W extends string>(known: readonly W[]) =>
  (given: string): W | undefined =>
    known.find((each) => each === given);
