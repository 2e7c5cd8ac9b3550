// Finds lessons, terms, errors and other things by words, the best first. MiniSearch weighs the words (BM25); this file says which fields
// and kinds weigh more, and which things are found by their exact names.
import MiniSearch, {type Query} from 'minisearch';
import type {Text} from '../../lesson/text.ts';
import {languages} from '../../words/catalogue/language.ts';
import {type Clause, clausesOf, wordsIn} from './tokens.ts';

/** The texts by which the search finds a thing, such as a lesson or a term. Its id is `KIND:ID`. */
export type Indexed = {
  readonly id: string;
  readonly name: Text;
  readonly told: readonly Text[];
  /** Further words by which the search finds this thing, such as other names. */
  readonly words: readonly string[];
};

export type Ranking<T extends Indexed> = {
  readonly all: readonly T[];
  /** Returns the things that contain all typed words, the best first, and then those that contain most of them. */
  found(typed: string): readonly T[];
  /** Returns words in the searched texts that are spelt like the typed ones. */
  near(typed: string): readonly string[];
};

/** The factor by which the search weighs a thing, by its kind, because a reader who types a word wants some kinds more than others. */
const weights: Readonly<Record<string, number>> = {
  uncovered: 1.2,
  error: 1.5,
  setting: 1.5,
  rfc: 1.5,
  lesson: 1.4,
  term: 1.3,
  interview: 1.3,
  belief: 1,
  card: 1,
  whatif: 0.8,
  rule: 0.6,
  beat: 0.5,
};

/** A name of a single word that at most so many things contain is rare enough to be recognised inside a typed sentence. */
const fewHits = 4;

const kindOf = (id: string): string => id.slice(0, id.indexOf(':'));

/** The factor for the weight of a search result whose whole name was typed. */
const isNamed = 4;
/**
 * The kinds of things whose names, such as error messages, are copied into the search from elsewhere. Names of other kinds are everyday
 * words, which occur in many sentences.
 */
const copied: ReadonlySet<string> = new Set(['error', 'setting', 'uncovered']);
/**
 * The least share of the typed words that a result must contain: `most` if another result contains all, otherwise `enough`. It is lower for
 * Chinese, because half of the pairs in a typed sentence cross word boundaries and occur in no text.
 */
const most = 0.6;
const enough = 0.5;
const enoughPairs = 0.25;

const every = (texts: readonly Text[]): string =>
  texts.flatMap((text) => languages.map((language) => text[language])).join('\n');

const fold = (text: string): string => wordsIn(text).join(' ');

type Combined = 'AND' | 'OR';

const queryOf = (clauses: readonly Clause[], combineWith: Combined, fuzzy: boolean): Query => ({
  combineWith,
  queries: clauses.map(({word, parts, begins}): Query => {
    const whole: Query = {
      queries: [word],
      prefix: begins && word.length > 2,
      fuzzy: fuzzy && word.length > 3 ? 0.3 : false,
    };
    const named: Query = {combineWith: 'AND', queries: [...parts]};
    return {combineWith: 'OR', queries: parts.length > 0 ? [whole, named] : [whole]};
  }),
});

/** Returns the weight of a set of words in a search: 1 for a word in letters, half as much for a pair of Chinese characters. */
const weigh = (words: ReadonlySet<string>): number =>
  [...words].reduce((sum, word) => sum + (isInLetters(word) ? 1 : 0.5), 0);

const isInLetters = (word: string): boolean => /^[\x20-\x7e]+$/.test(word);

/** Returns the search index of all things, with a weight for each field and kind. */
const indexOf = (all: readonly Indexed[]): MiniSearch => {
  const index = new MiniSearch({
    fields: ['name', 'words', 'told'],
    // The words of a query are not cut by the index, because they are single words already.
    tokenize: (text) => [...wordsIn(text)],
    processTerm: (term) => term,
    searchOptions: {
      tokenize: (word) => [word],
      boost: {name: 4, words: 4, told: 1},
      weights: {prefix: 0.5, fuzzy: 0.3},
      boostDocument: (id) => weights[kindOf(String(id))] ?? 1,
    },
  });
  index.addAll(
    all.map(({id, name, words, told}) => ({
      id,
      name: every([name]),
      words: words.join('\n'),
      told: every(told),
    })),
  );
  return index;
};

type Names = ReadonlyMap<string, ReadonlySet<string>>;

/** Returns a map from each name, in the form in which names are compared, to the ids of the things that have it. */
const namesOf = (all: readonly Indexed[]): Names => {
  const named = new Map<string, Set<string>>();
  for (const {id, name, words} of all)
    for (const text of [
      ...languages.map((language) => name[language]),
      ...words.flatMap((each) => each.split(/, /)),
    ]) {
      const known = named.get(fold(text)) ?? new Set();
      named.set(fold(text), known.add(id));
    }
  return named;
};

/**
 * Returns the ids of errors, settings and the like whose names occur in the typed text, the longest name first, because a pasted line of a
 * log contains more than the message. A name of one word counts only if at most `fewHits` things contain it.
 */
const quotedIn = (typed: string, named: Names, index: MiniSearch): readonly string[] => {
  const text = ` ${fold(typed)} `;
  const isRare = (name: string): boolean => name.includes(' ') || index.search(name).length <= fewHits;
  return [...named]
    .filter(([name]) => name !== '' && text.includes(` ${name} `))
    .toSorted(([a], [b]) => b.length - a.length)
    .flatMap(([name, ids]) => {
      const messages = [...ids].filter((id) => copied.has(kindOf(id)));
      return messages.length > 0 && isRare(name) ? messages : [];
    });
};

export const rankingOf = <T extends Indexed>(all: readonly T[]): Ranking<T> => {
  const byId = new Map(all.map((each) => [each.id, each]));
  const index = indexOf(all);
  const named = namesOf(all);
  const found: Ranking<T>['found'] = (typed) => {
    const clauses = clausesOf(typed);
    if (clauses.length === 0) return [];
    const own = named.get(fold(typed));
    const typedWords = clauses.map(({word}) => word);
    const whole = weigh(new Set(typedWords));
    const inLetters = typedWords.every(isInLetters);
    const ranked = (combineWith: Combined, least: number) =>
      index
        .search(queryOf(clauses, combineWith, false))
        .filter(({queryTerms}) => weigh(new Set(queryTerms)) >= least * whole)
        .map(({id, score}) => ({id: String(id), score: own?.has(String(id)) ? score * isNamed : score}))
        .toSorted((a, b) => b.score - a.score)
        .map(({id}) => id);
    const exact = ranked('AND', 0);
    const least = inLetters ? (exact.length > 0 ? most : enough) : enoughPairs;
    const ids = new Set([...quotedIn(typed, named, index), ...exact, ...ranked('OR', least)]);
    return [...ids].flatMap((id) => byId.get(id) ?? []);
  };
  const near: Ranking<T>['near'] = (typed) => [
    ...new Set(index.search(queryOf(clausesOf(typed), 'OR', true)).flatMap(({terms}) => terms)),
  ];
  return {all, found, near};
};
