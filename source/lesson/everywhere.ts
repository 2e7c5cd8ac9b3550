// What its author wrote in some languages, in all that the program speaks.
import {inEvery} from '../words/catalogue/language.ts';
import {type InEvery, published} from './text.ts';

/** What somebody has written in some languages, in every one: English stands in, or whatever there is. */
export const everywhere = <T>(given: {readonly [language: string]: T}): InEvery<T> => {
  const standIn = given['en'] ?? Object.values(given)[0];
  if (standIn === undefined) throw new Error('a text in no language');
  const fallback = published.filter((language) => given[language] === undefined);
  const all = inEvery((language) => given[language] ?? standIn);
  return fallback.length > 0 ? {...all, fallback} : all;
};
