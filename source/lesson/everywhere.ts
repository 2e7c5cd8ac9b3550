// Completes texts that an author wrote in some languages, so that every language of the program has one.
import {inEvery} from '../words/catalogue/language.ts';
import {type InEvery, published} from './text.ts';

/** Returns the text in every language: where it is missing, English stands in, or else any language there is. */
export const everywhere = <T>(given: {readonly [language: string]: T}): InEvery<T> => {
  const standIn = given['en'] ?? Object.values(given)[0];
  if (standIn === undefined) throw new Error('a text in no language');
  const fallback = published.filter((language) => given[language] === undefined);
  const all = inEvery((language) => given[language] ?? standIn);
  return fallback.length > 0 ? {...all, fallback} : all;
};
