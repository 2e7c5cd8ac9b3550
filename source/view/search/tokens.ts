// Cuts texts into the words by which the search finds them. A Chinese text has no gaps between words, so every two characters that stand
// side by side count as one. Names such as TIME_WAIT count as their parts and as one word. Words that mean the same become one of them.

import {languages} from '../../words/catalogue/language.ts';
import {searchWords as say} from '../../words/catalogue/search.ts';

/** A word typed into the search. It is found as `word`, or as all of its `parts` if it has any. */
export type Clause = {
  /** The word, or the two Chinese characters, in the form in which words are compared. */
  readonly word: string;
  /** The part that the forms of an English word have in common. */
  readonly root: string;
  /** The parts of a typed name such as TIME_WAIT, all of which must occur; empty for a simple word. */
  readonly parts: readonly string[];
  /** True if the search also finds longer words that begin with this one. */
  readonly begins: boolean;
};

const chinese = /\p{Script=Han}/u;
/** Matches a run of Chinese characters, or a name of letters and digits, whose parts may be joined by `_` or `-`. */
const runs = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}]|(?<=\p{N})\.(?=\p{N})|(?<=\w)[_-](?=\w))+/gu;

const isChinese = (text: string): boolean => chinese.test(text);

/** Maps each word and phrase to what is written in its place, which is the first of its group. */
const sameAs = new Map(
  languages.flatMap((language) =>
    say.same[language].split(', ').flatMap((group) => {
      const [first = '', ...others] = group.split(' = ');
      return others.map((other) => [other, first] as const);
    }),
  ),
);

/** Finds the words and phrases that have another in their place: the longer ones first, and in letters only whole words. */
const replaced = new RegExp(
  [...sameAs.keys()]
    .toSorted((a, b) => b.length - a.length)
    .map((phrase) => (isChinese(phrase) ? phrase : `(?<![a-z0-9_])${phrase}(?![a-z0-9_])`))
    .join('|'),
  'gi',
);

/** Returns the text with one word in place of all that mean the same. */
const unified = (text: string): string =>
  text.replace(replaced, (phrase) => sameAs.get(phrase.toLowerCase()) ?? phrase);

/** Returns the text with versions apart from names, as in `TLS 1.3` for `TLSv1.3`. The number of an RFC becomes part of its name. */
const apart = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\b(https?|tls|ssl)[/ ]?v?(?=\d)/gi, '$1 ')
    .replace(/\brfc[ -]?(?=\d)/gi, 'rfc-')
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

/** Endings of English words, and what stands in their place. */
const endings: readonly (readonly [RegExp, string])[] = [
  [/missions?$/, 'mit'],
  [/(?<=ol)utions?$/, 'v'],
  [/(?:ication|ied)s?$/, 'y'],
  [/(?<=at)ions?$/, ''],
  [/(?<=ent|ect|upt|est|ust|act)(?:ations?|ions?)$/, ''],
  [/(?<=..[^aeiou])(?:ing|ed)s?$/, ''],
  [/(?<=....)ments?$/, ''],
  [/([bdgklmnprt])\1$/, '$1'],
  [/(?<=...)e$/, ''],
];

/** Returns what the forms of an English word have in common: of `retransmitted` and `retransmission`, `retransmit`. */
const rootOf = (word: string): string =>
  /^[a-z]{5,}$/.test(word)
    ? endings.reduce((left, [ending, other]) => left.replace(ending, other), stemOf(word))
    : stemOf(word);

/** Returns the pairs of characters that stand side by side; of one character that one. */
const pairs = (run: string): readonly string[] => {
  const characters = [...run];
  return characters.length === 1
    ? characters
    : characters.slice(1).map((second, index) => `${characters[index]}${second}`);
};

const runsIn = (text: string): readonly string[] => unified(apart(text)).match(runs) ?? [];

/** Returns the words of a text that is to be found: each as it stands, in the singular and its root, the parts of a name and all of it. */
export const wordsIn = (text: string): readonly string[] =>
  runsIn(text).flatMap((run) => {
    if (isChinese(run)) return pairs(run);
    const parts = run.toLowerCase().split(/[_-]/);
    const words = parts.flatMap((word) => [...new Set([word, stemOf(word), rootOf(word)])]);
    const name = parts.join('');
    return parts.length > 1 ? [...words, ...new Set([name, stemOf(name)])] : words;
  });

/**
 * Words, in all languages, that say nothing about what a reader searches for: those in letters, then the Chinese ones, the longest first.
 */
const fillers = languages.flatMap((language) => say.fillers[language].split(' '));
const inLetters = new Set(fillers.filter((filler) => !isChinese(filler)));
const inChinese = fillers.filter((filler) => isChinese(filler)).toSorted((a, b) => b.length - a.length);

const clausesIn = (text: string): readonly Clause[] =>
  runsIn(text).flatMap((run): readonly Clause[] => {
    if (isChinese(run)) return pairs(run).map((word) => ({word, root: word, parts: [], begins: false}));
    const word = run.toLowerCase().replace(/[_-]/g, '');
    const stem = stemOf(word);
    const parts = run.toLowerCase().split(/[_-]/).map(stemOf);
    // The number of an RFC is not to be found as a number of bytes.
    const isWhole = parts.length === 1 || parts[0] === 'rfc';
    return [{word: stem, root: rootOf(word), parts: isWhole ? [] : parts, begins: stem === word}];
  });

/**
 * Returns the words typed into the search without those that say nothing, unless nothing else was typed. A single Chinese character between
 * others is left out, too.
 */
export const clausesOf = (typed: string): readonly Clause[] => {
  const text = inChinese.reduce((left, filler) => left.replaceAll(filler, ' '), typed);
  const telling = clausesIn(text).filter(
    ({word}) => !inLetters.has(word) && !(isChinese(word) && [...word].length === 1),
  );
  return telling.length > 0 ? telling : clausesIn(typed);
};
