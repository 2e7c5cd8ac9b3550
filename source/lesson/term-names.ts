// What a word of the glossary is called, and where in a text it stands.
import {oncePer} from '../wire/once-per.ts';
import {languages} from '../words/catalogue/language.ts';
import type {LessonData, Term} from './data.ts';
import {tracks} from './tracks.ts';

/** The glossary, and what else stands on the screen. */
export const allTerms = oncePer(({glossary, labels}: LessonData): readonly Term[] => [
  ...glossary,
  ...labels,
]);

/** Those that a lesson of this track means by their names; undefined: a capture, or no track of ours. */
export const termsIn = (terms: readonly Term[], track: string | undefined): readonly Term[] => {
  const known = tracks.find((each) => each === track);
  return known === undefined
    ? terms
    : terms.filter((term) => term.tracks === undefined || term.tracks.includes(known));
};

type Named = Pick<Term, 'term' | 'names'>;

/** Those that were given to this very word, by whichever language has it: one of them may stand in for another. */
const givenNames = ({term, names = {}}: Named, word: string): readonly string[] | undefined => {
  const by = languages.find((language) => term[language] === word && names[language] !== undefined);
  return by && names[by];
};

/** `initial sequence number (ISN)` has three names: itself, and either alone. */
export const termNames = (named: Named): readonly string[] => {
  const words = new Set(languages.map((language) => named.term[language]));
  const parts = [...words].flatMap((word) => [
    word,
    ...(givenNames(named, word) ?? word.split(/, |[()]|[、，（）]/)),
  ]);
  return [...new Set(parts.map((name) => name.trim()).filter((name) => name !== ''))];
};

/** Of UTF-16 units. */
type Stands = {readonly at: number; readonly length: number; readonly id: string};

const isLatin = (name: string): boolean => /^[\x20-\x7e]+$/.test(name);
/** `ACK` is not `ack`. */
const isCapital = (name: string): boolean => /[A-Z]/.test(name) && name === name.toUpperCase();

/** Latin words end where others begin; Chinese has no such places. */
const patternOf = (name: string): string => {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return isLatin(name) ? `(?<![A-Za-z0-9_.-])${escaped}s?(?![A-Za-z0-9_]|[.-][A-Za-z])` : escaped;
};

/** Finds words in texts, the longest name first. */
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
