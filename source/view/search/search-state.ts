// The state of the page for looking things up: everything that can be found, the typed text, the results, and the marked one.
import type {Text} from '../../lesson/text.ts';
import {languages} from '../../words/catalogue/language.ts';
import {lineOf, type TypedLine} from '../typed-line.ts';

/**
 * The target of `enter` for a result: a lesson, the run that shows a belief to be wrong, or the place in a lesson where a rule or a term
 * appears.
 */
export type Opens =
  | {readonly kind: 'lesson'; readonly lesson: string}
  | {readonly kind: 'belief'; readonly lesson: string; readonly id: string}
  | {readonly kind: 'sight'; readonly lesson: string; readonly of: 'rules' | 'terms'; readonly id: string};

export type Findable = {
  readonly kind: 'lesson' | 'term' | 'belief' | 'card' | 'rule';
  readonly name: Text;
  /** A few words that are shown after the result's name. */
  readonly beside: Text;
  /** The text on the result, a line each. */
  readonly told: readonly Text[];
  /** Further words by which the result is found. */
  readonly also: readonly string[];
  /** The target of `enter`; undefined if the text says everything. */
  readonly opens?: Opens | undefined;
};

type Indexed = {readonly what: Findable; readonly names: readonly string[]; readonly all: string};

export type SearchState = {
  readonly index: readonly Indexed[];
  readonly line: TypedLine;
  readonly found: readonly Findable[];
  readonly marked: number;
};

/**
 * Returns a text in the form in which texts are compared: `TIME_WAIT`, `time-wait` and `Time Wait` are the same, and so are `RFC9293` and
 * `rfc 9293`.
 */
const folded = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .replace(/(rfc|http)\/?(?=\d)/g, '$1 ')
    .trim();

const every = (text: Text): readonly string[] => languages.map((language) => folded(text[language]));

const indexed = (what: Findable): Indexed => {
  const names = [...every(what.name), ...what.also.map(folded)];
  const all = [...names, ...every(what.beside), ...what.told.flatMap(every)].join('\n');
  return {what, names, all};
};

/** Returns the typed words, in the form in which texts are compared. */
const wordsOf = ({line}: Pick<SearchState, 'line'>): readonly string[] =>
  folded(line.text).split(' ').filter(Boolean);

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Returns patterns that match a typed word: `whole` as a whole word, also in the plural, and `begun` at the beginning of a word (`ping` is
 * not in *mapping*). Chinese has no such boundaries.
 */
const patternsOf = (word: string): {readonly whole: RegExp; readonly begun: RegExp} => {
  if (!/^[\x20-\x7e]+$/.test(word))
    return {whole: new RegExp(escaped(word)), begun: new RegExp(escaped(word))};
  const stem = word.length > 3 ? word.replace(/(?<![su])s$/, '') : word;
  const before = /^\w/.test(word) ? '(?<![a-z0-9])' : '';
  return {
    whole: new RegExp(`${before}${escaped(stem)}s?(?![a-z0-9])`),
    begun: new RegExp(`${before}${escaped(stem)}`),
  };
};

/** The kinds of results, those first that readers want most. */
const kinds: readonly Findable['kind'][] = ['lesson', 'term', 'belief', 'card', 'rule'];

/**
 * Returns the rank of an entry, the lower the better: 0 if the typed text is its name; then names with all words, names with their
 * beginnings, texts with these; among equal ones, those whose name begins with the typed text. undefined if the entry does not match.
 */
const rankOf = (
  {names, all, what: {kind}}: Indexed,
  {whole, patterns}: {readonly whole: string; readonly patterns: readonly ReturnType<typeof patternsOf>[]},
): number | undefined => {
  if (names.includes(whole)) return 0;
  const has = (text: string, by: 'whole' | 'begun'): boolean =>
    patterns.every((pattern) => pattern[by].test(text));
  const step = names.some((name) => has(name, 'whole'))
    ? 1
    : names.some((name) => has(name, 'begun'))
      ? 2
      : has(all, 'begun')
        ? 3
        : undefined;
  if (step === undefined) return undefined;
  const begins = names.some((name) => name.startsWith(whole)) ? 0 : 1;
  return step * 100 + kinds.indexOf(kind) * 2 + begins;
};

const looked = (index: SearchState['index'], line: TypedLine): SearchState => {
  const words = wordsOf({line});
  const wanted = {whole: words.join(' '), patterns: words.map(patternsOf)};
  const found = index
    .flatMap((each) => {
      const rank = words.length === 0 ? 0 : rankOf(each, wanted);
      return rank === undefined ? [] : [{rank, what: each.what}];
    })
    .toSorted((a, b) => a.rank - b.rank)
    .map(({what}) => what);
  return {index, line, found, marked: 0};
};

/** Returns the state at the beginning of a search; a text that was typed before is kept. */
export const startSearch = (all: readonly Findable[], line = lineOf('')): SearchState =>
  looked(all.map(indexed), line);

export const typedInto = ({index}: SearchState, line: TypedLine): SearchState => looked(index, line);

export const markedIn = ({found, marked}: SearchState): Findable | undefined => found[marked];

/** Returns the text on a result; of a card, its first line and the lines that contain one of the typed words, or all lines if none does. */
export const toldOf = ({kind, told}: Findable, state: SearchState): readonly Text[] => {
  if (kind !== 'card') return told;
  const [head, ...lines] = told;
  const words = wordsOf(state).map(patternsOf);
  const hits = lines.filter((line) => every(line).some((text) => words.some(({begun}) => begun.test(text))));
  return head === undefined || hits.length === 0 ? told : [head, ...hits];
};
