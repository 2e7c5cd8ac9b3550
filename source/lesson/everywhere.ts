// Completes texts that an author wrote in some languages, so that every language of the program has one.
import {inEvery} from '../words/catalogue/language.ts';
import {type InEvery, published} from './text.ts';

/**
 * Returns a text in every language of the program: where a language is missing, English takes its place, or else any language that the text
 * has.
 */
export const everywhere = <T>(given: {readonly [language: string]: T}): InEvery<T> => {
  const standIn = given['en'] ?? Object.values(given)[0];
  if (standIn === undefined) throw new Error('a text in no language');
  const fallback = published.filter((language) => given[language] === undefined);
  const all = inEvery((language) => given[language] ?? standIn);
  return fallback.length > 0 ? {...all, fallback} : all;
};
