// The words of the page that `export --format html` writes, in both languages.
import type {Text} from '../lesson/text.ts';
import {pageSentences, type pageWords} from './catalogue/page.ts';

export type PageWord = keyof typeof pageWords;

/** The player's keys, as far as the page has them. */
export const pageKeys: readonly (readonly [key: string, what: Text])[] = [
  ['space', pageSentences.space],
  ['← →', pageSentences['← →']],
  ['[ ]', pageSentences['[ ]']],
  ['g G', pageSentences['g G']],
  ['↑ ↓', pageSentences['↑ ↓']],
  ['+ -', pageSentences['+ -']],
  ['t', pageSentences.t],
  ['?', pageSentences['?']],
];
