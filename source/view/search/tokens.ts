// Cuts texts into the words by which the search finds them. A Chinese text has no gaps between words, so every two characters that stand
// side by side count as one. Names such as TIME_WAIT count as their parts and as one word.

import {languages} from '../../words/catalogue/language.ts';
import {searchWords as say} from '../../words/catalogue/search.ts';

/** A word typed into the search. It is found as `word`, or as all of its `parts` if it has any. */
export type Clause = {
  /** The word, or the two Chinese characters, in the form in which words are compared. */
  readonly word: string;
  /** The parts of a typed name such as TIME_WAIT, all of which must occur; empty for a simple word. */
  readonly parts: readonly string[];
  /** True if the search also finds longer words that begin with this one. */
  readonly begins: boolean;
};

const chinese = /\p{Script=Han}/u;
/** Matches a run of Chinese characters, or a name of letters and digits, whose parts may be joined by `_` or `-`. */
const runs = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}]|(?<=\p{N})\.(?=\p{N})|(?<=\w)[_-](?=\w))+/gu;

/**
 * Returns a text with version numbers separated from names, and parts of names such as `TimeWait` joined by a hyphen: `RFC9293` and
 * `TLSv1.3` become `RFC 9293` and `TLS 1.3`.
 */
const apart = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\b(rfc|https?|tls|ssl)[/ ]?v?(?=\d)/gi, '$1 ')
    .replace(/(?<=[a-z])(?=[A-Z][a-z])/g, '-');

/** English words that end in s although they are not plurals, so that the search does not shorten them. */
const singular = new Set([
  'https',
  'dns',
  'tls',
  'cors',
  'hsts',
  'ddos',
  'always',
  'across',
  'alias',
  'bytes',
]);

/** Returns an English word without the ending of the plural. */
const stemOf = (word: string): string => {
  if (word.length < 4 || !/[a-z]s$/.test(word) || singular.has(word)) return word;
  if (/(?:ss|us|is)$/.test(word)) return word;
  return word.replace(/(?<=ss|x|ch|sh)es$|(?<!i)s$/, '').replace(/ies$/, 'y');
};

/** Returns the pairs of neighbouring characters in a Chinese text; a single character is returned alone. */
const pairs = (run: string): readonly string[] => {
  const characters = [...run];
  return characters.length === 1
    ? characters
    : characters.slice(1).map((second, index) => `${characters[index]}${second}`);
};

const runsIn = (text: string): readonly string[] => apart(text).match(runs) ?? [];

/**
 * Returns the words by which the search finds a text: each word as it stands and in the singular, and a compound name both in parts and
 * whole.
 */
export const wordsIn = (text: string): readonly string[] =>
  runsIn(text).flatMap((run) => {
    if (chinese.test(run)) return pairs(run);
    const parts = run.toLowerCase().split(/[_-]/);
    const all = parts.length > 1 ? [...parts, parts.join('')] : parts;
    return all.flatMap((word) => [...new Set([word, stemOf(word)])]);
  });

/**
 * Words, in all languages, that say nothing about what a reader searches for: those in letters, then the Chinese ones, the longest first.
 */
const fillers = languages.flatMap((language) => say.fillers[language].split(' '));
const inLetters = new Set(fillers.filter((filler) => !chinese.test(filler)));
const inChinese = fillers.filter((filler) => chinese.test(filler)).toSorted((a, b) => b.length - a.length);

const clausesIn = (text: string): readonly Clause[] =>
  runsIn(text).flatMap((run): readonly Clause[] => {
    if (chinese.test(run)) return pairs(run).map((word) => ({word, parts: [], begins: false}));
    const word = run.toLowerCase().replace(/[_-]/g, '');
    const stem = stemOf(word);
    const parts = run.toLowerCase().split(/[_-]/).map(stemOf);
    return [{word: stem, parts: parts.length > 1 ? parts : [], begins: stem === word}];
  });

/**
 * Returns the words typed into the search without those that say nothing, unless nothing else was typed. A single Chinese character between
 * others is left out, too.
 */
export const clausesOf = (typed: string): readonly Clause[] => {
  const text = inChinese.reduce((left, filler) => left.replaceAll(filler, ' '), typed);
  const telling = clausesIn(text).filter(
    ({word}) => !inLetters.has(word) && !(chinese.test(word) && [...word].length === 1),
  );
  return telling.length > 0 ? telling : clausesIn(typed);
};
