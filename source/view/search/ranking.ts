// Finds lessons, terms, errors and other things by words, the best first. MiniSearch weighs the words (BM25); this file says which fields
// and kinds weigh more, and which things are found by their exact names.
import MiniSearch, {type Query} from 'minisearch';
import type {Text} from '../../lesson/text.ts';
import {languages} from '../../words/catalogue/language.ts';
import {isTooLong} from './query-length.ts';
import {type Clause, clausesOf, wordsIn} from './tokens.ts';

/** The texts by which the search finds a thing, such as a lesson or a term. Its id is `KIND:ID`. */
export type Indexed = {
  readonly id: string;
  readonly name: Text;
  readonly told: readonly Text[];
  /** Further words by which the search finds this thing, such as other names. */
  readonly words: readonly string[];
};

/** The search index. It finds nothing for a text that is longer than a query may be. */
export type Ranking<T extends Indexed> = {
  readonly all: readonly T[];
  /** Returns the things that contain most of the typed words, the best first. */
  found(typed: string): readonly T[];
  /** Returns words in the searched texts that are spelt like the typed ones. */
  near(typed: string): readonly string[];
  /** Returns the typed words in Latin letters that nothing contains, also not in another form or spelling. */
  unknown(typed: string): readonly string[];
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
 * The least share of the typed words, by weight, that a result must contain: `most` if another result contains all, otherwise `enough`. It is
 * lower for Chinese, because half of the pairs in a typed sentence cross word boundaries and occur in few texts.
 */
const most = 0.6;
const enough = 0.34;
const enoughPairs = 0.3;

const every = (texts: readonly Text[]): string =>
  texts.flatMap((text) => languages.map((language) => text[language])).join('\n');

const fold = (text: string): string => wordsIn(text).join(' ');

type Combined = 'AND' | 'OR';

/** The least length of a word in which a typing error is looked for. */
const leastMisspelt = 6;
/** The weight of the root that the forms of a word have in common; the word itself weighs 1. */
const rootWeight = 0.5;

const queryOf = (clauses: readonly Clause[], combineWith: Combined): Query => ({
  combineWith,
  queries: clauses.map(
    ({word, root, parts, begins}): Query => ({
      combineWith: 'OR',
      queries: [
        {queries: [word], prefix: begins && word.length > 2},
        ...(root === word ? [] : [{queries: [root], boostTerm: () => rootWeight}]),
        ...(parts.length > 0 ? [{combineWith: 'AND' as const, queries: [...parts]}] : []),
      ],
    }),
  ),
});

const isInLetters = (word: string): boolean => /^[a-z]+$/.test(word);

const isAscii = (word: string): boolean => /^[\x20-\x7e]+$/.test(word);

/** Returns the words of the index that differ from a typed one by one letter, or by two that changed places. */
const misspelt = (word: string, index: MiniSearch): readonly string[] => {
  if (!isInLetters(word) || word.length < leastMisspelt) return [];
  const swapped = [...word].map(
    (letter, at) => `${word.slice(0, at)}${word[at + 1] ?? ''}${letter}${word.slice(at + 2)}`,
  );
  const near = index.search({queries: [word], fuzzy: 1}).flatMap(({terms}) => terms);
  return [...new Set([...swapped.filter((other) => index.search(other).length > 0), ...near])].filter(
    (other) => other[0] === word[0],
  );
};

/** A typed word with the ids of the things that contain it. */
type Known = {readonly clause: Clause; readonly ids: ReadonlySet<string>};

/** The weight of a name such as TIME_WAIT, of a word in letters, and of a pair of Chinese characters. */
const tells = {name: 1.5, word: 1, pair: 0.5};
/** The share of all things beyond which a word that they contain is frequent, and the factor for its weight, since it tells less. */
const isFrequent = 0.1;
const frequent = 0.3;

const telling = ({clause: {word, parts}, ids}: Known, all: number): number =>
  (ids.size > isFrequent * all ? frequent : 1) *
  (parts.length > 0 ? tells.name : isAscii(word) ? tells.word : tells.pair);

/**
 * Returns the typed words that at least one thing contains. In place of a misspelt word comes the right one, and in place of a name that
 * nothing contains, its parts.
 */
const knownOf = (clauses: readonly Clause[], index: MiniSearch): readonly Known[] =>
  clauses.flatMap((clause): readonly Known[] => {
    const ids = idsOf(index, [clause]);
    if (ids.size > 0) return [{clause, ids}];
    const {parts, word} = clause;
    if (parts.length > 0)
      return knownOf(
        parts.map((part) => ({word: part, root: part, parts: [], begins: true})),
        index,
      );
    const others = misspelt(word, index).map((other) => ({
      word: other,
      root: other,
      parts: [],
      begins: false,
    }));
    // The most frequent of several words that may have been meant is taken.
    const [best] = others
      .map((other) => ({clause: other, ids: idsOf(index, [other])}))
      .toSorted((a, b) => b.ids.size - a.ids.size);
    return best === undefined ? [] : [best];
  });

const idsOf = (index: MiniSearch, clauses: readonly Clause[]): ReadonlySet<string> =>
  new Set(index.search(queryOf(clauses, 'OR')).map(({id}) => String(id)));

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

/** Makes a function of a query answer with nothing if the query is too long. */
const bounded =
  <R>(answer: (typed: string) => readonly R[]) =>
  (typed: string): readonly R[] =>
    isTooLong(typed) ? [] : answer(typed);

export const rankingOf = <T extends Indexed>(all: readonly T[]): Ranking<T> => {
  const byId = new Map(all.map((each) => [each.id, each]));
  const index = indexOf(all);
  const named = namesOf(all);
  const found: Ranking<T>['found'] = (typed) => {
    const known = knownOf(clausesOf(typed), index);
    const clauses = known.map(({clause}) => clause);
    if (clauses.length === 0) return [];
    const own = named.get(fold(typed));
    const weightOf = (words: readonly Known[]): number =>
      words.reduce((sum, each) => sum + telling(each, all.length), 0);
    const whole = weightOf(known);
    const partIn = (id: string): number => weightOf(known.filter(({ids}) => ids.has(id))) / whole;
    const hasAll = index.search(queryOf(clauses, 'AND')).length > 0;
    const inLetters = clauses.every(({word}) => isAscii(word));
    const least = inLetters ? (hasAll ? most : enough) : enoughPairs;
    const ranked = index
      .search(queryOf(clauses, 'OR'))
      .map((each) => ({id: String(each.id), score: each.score, part: partIn(String(each.id))}))
      .filter(({part}) => part >= least)
      .map(({id, score, part}) => ({id, score: score * part * part * (own?.has(id) ? isNamed : 1)}))
      .toSorted((a, b) => b.score - a.score)
      .map(({id}) => id);
    const ids = new Set([...quotedIn(typed, named, index), ...ranked]);
    return [...ids].flatMap((id) => byId.get(id) ?? []);
  };
  const near: Ranking<T>['near'] = (typed) => [
    ...new Set(
      clausesOf(typed).flatMap(({word}) =>
        index.search({queries: [word], fuzzy: word.length > 3 ? 0.3 : false}).flatMap(({terms}) => terms),
      ),
    ),
  ];
  const unknown: Ranking<T>['unknown'] = (typed) =>
    clausesOf(typed)
      .filter((clause) => isInLetters(clause.word) && knownOf([clause], index).length === 0)
      .map(({word}) => word);
  return {all, found: bounded(found), near: bounded(near), unknown: bounded(unknown)};
};
