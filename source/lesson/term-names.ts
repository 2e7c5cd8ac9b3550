// Knows the names of each glossary term, and finds where they occur in a text.
import {oncePer} from '../wire/once-per.ts';
import {languages} from '../words/catalogue/language.ts';
import type {LessonData, Term} from './data.ts';
import {tracks} from './tracks.ts';

/** Returns the terms of the glossary, and the other labels on the screen. */
export const allTerms = oncePer(({glossary, labels}: LessonData): readonly Term[] => [
  ...glossary,
  ...labels,
]);

/** Returns the terms that a lesson of this track uses; `track` is undefined for a capture or an unknown track. */
export const termsIn = (terms: readonly Term[], track: string | undefined): readonly Term[] => {
  const known = tracks.find((each) => each === track);
  return known === undefined
    ? terms
    : terms.filter((term) => term.tracks === undefined || term.tracks.includes(known));
};

type Named = Pick<Term, 'term' | 'names'>;

/**
 * Returns the names that were given to this word of a term, by any language that has it, because one language may stand in for another;
 * undefined if none were given.
 */
const givenNames = ({term, names = {}}: Named, word: string): readonly string[] | undefined => {
  const by = languages.find((language) => term[language] === word && names[language] !== undefined);
  return by && names[by];
};

/** Returns all names of a term: `initial sequence number (ISN)` has three, itself and each part alone. */
export const termNames = (named: Named): readonly string[] => {
  const words = new Set(languages.map((language) => named.term[language]));
  const parts = [...words].flatMap((word) => [
    word,
    ...(givenNames(named, word) ?? word.split(/, |[()]|[、，（）]/)),
  ]);
  return [...new Set(parts.map((name) => name.trim()).filter((name) => name !== ''))];
};

/** The place of a term's name in a text; `at` and `length` count UTF-16 units. */
type Stands = {readonly at: number; readonly length: number; readonly id: string};

const isLatin = (name: string): boolean => /^[\x20-\x7e]+$/.test(name);
/** Tells whether a term's name is in capitals, so that only capitals match it: `ACK` is not `ack`. */
const isCapital = (name: string): boolean => /[A-Z]/.test(name) && name === name.toUpperCase();

/** Returns a regular expression that finds a term's name in a text. A Latin name has to be a whole word; Chinese has no word boundaries. */
const patternOf = (name: string): string => {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return isLatin(name) ? `(?<![A-Za-z0-9_.-])${escaped}s?(?![A-Za-z0-9_]|[.-][A-Za-z])` : escaped;
};

/** Returns a function that finds glossary terms in a text; the longest name is tried first. */
export const termFinder = (terms: readonly Term[]): ((text: string) => readonly Stands[]) => {
  const exact = new Map<string, string>();
  const folded = new Map<string, string>();
  for (const term of terms) {
    for (const name of termNames(term)) {
      if (!exact.has(name)) exact.set(name, term.id);
      if (!isCapital(name) && !folded.has(name.toLowerCase())) folded.set(name.toLowerCase(), term.id);
    }
  }
  const names = [...exact.keys()].toSorted((a, b) => b.length - a.length);
  if (names.length === 0) return () => [];
  const pattern = new RegExp(names.map(patternOf).join('|'), 'giu');
  const idOf = (word: string): string | undefined => exact.get(word) ?? folded.get(word.toLowerCase());
  return (text) =>
    [...text.matchAll(pattern)].flatMap(({0: word, index}) => {
      const id = idOf(word) ?? (word.endsWith('s') ? idOf(word.slice(0, -1)) : undefined);
      return id === undefined ? [] : [{at: index, length: word.length, id}];
    });
};
