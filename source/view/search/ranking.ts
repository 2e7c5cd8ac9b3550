// Finds things by words and puts the best first. MiniSearch counts and weighs the words (BM25); here stands what a word is, in which fields
// it weighs more, and which kinds come first among equals.
import MiniSearch, {type Query} from 'minisearch';
import type {Text} from '../../lesson/text.ts';
import {languages} from '../../words/catalogue/language.ts';
import {type Clause, clausesOf, wordsIn} from './tokens.ts';

/** The texts by which a thing is found. Its id is `KIND:ID`. */
export type Indexed = {
  readonly id: string;
  readonly name: Text;
  readonly told: readonly Text[];
  /** More words by which it is found. */
  readonly words: readonly string[];
};

export type Ranking<T extends Indexed> = {
  readonly all: readonly T[];
  /** Returns what has all the typed words, the best first, and then what has most of them. */
  found(typed: string): readonly T[];
  /** Returns words that are spelt like the typed ones. */
  near(typed: string): readonly string[];
};

/** How much more a word weighs by the kind of the thing, since a reader who types it wants some kinds more than others. */
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

/** A word that so few things have names what it says. */
const fewHits = 4;

const kindOf = (id: string): string => id.slice(0, id.indexOf(':'));

/** A thing of which the whole name was typed. */
const isNamed = 4;
/** Kinds with names that are copied from somewhere; those of other kinds are everyday words, which occur in many sentences. */
const copied: ReadonlySet<string> = new Set(['error', 'setting', 'uncovered']);
/**
 * The part of the typed words that has to occur if they do not all: more of them if something has all. A Chinese sentence has as many pairs
 * across its words as within them, and those are in no text.
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

/** How much words weigh together: a pair of Chinese characters half as much as a word in letters. */
const weigh = (words: ReadonlySet<string>): number =>
  [...words].reduce((sum, word) => sum + (isInLetters(word) ? 1 : 0.5), 0);

const isInLetters = (word: string): boolean => /^[\x20-\x7e]+$/.test(word);

/** Returns the index of all things, with a weight for each field and kind. */
const indexOf = (all: readonly Indexed[]): MiniSearch => {
  const index = new MiniSearch({
    fields: ['name', 'words', 'told'],
    // Queries bring words that are cut already.
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

/** Returns the ids of the things by each of their names, in the form in which names are compared. */
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
 * Returns the things whose names are copied into the typed text, the longest name first: a line of a log has a message and more around it.
 * A name of one word counts if hardly anything else has that word.
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
