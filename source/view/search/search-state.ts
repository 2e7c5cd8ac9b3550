// Looking things up: what there is to find, what is typed, what of it was found, and which is marked.
import type {Text} from '../../lesson/text.ts';
import {languages} from '../../words/catalogue/language.ts';
import {lineOf, type TypedLine} from '../typed-line.ts';

/** What `enter` leads to; a belief: the run that shows it to be wrong. */
export type Opens =
  | {readonly kind: 'lesson'; readonly lesson: string}
  | {readonly kind: 'belief'; readonly lesson: string; readonly id: string}
  | {readonly kind: 'sight'; readonly lesson: string; readonly of: 'rules' | 'terms'; readonly id: string};

export type Findable = {
  readonly kind: 'lesson' | 'term' | 'belief' | 'card' | 'rule';
  readonly name: Text;
  /** In few words; behind the name. */
  readonly beside: Text;
  /** A line each. */
  readonly told: readonly Text[];
  /** Further words that it is found by. */
  readonly also: readonly string[];
  /** Absent: there is nothing to open, it has been said. */
  readonly opens?: Opens | undefined;
};

type Indexed = {readonly what: Findable; readonly names: readonly string[]; readonly all: string};

export type SearchState = {
  readonly index: readonly Indexed[];
  readonly line: TypedLine;
  readonly found: readonly Findable[];
  readonly marked: number;
};

/** `TIME_WAIT`, `time-wait` and `Time Wait` are the same words; so are `RFC9293` and `rfc 9293`. */
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

/** The words that are looked for. */
const wordsOf = ({line}: Pick<SearchState, 'line'>): readonly string[] =>
  folded(line.text).split(' ').filter(Boolean);

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Latin words begin where a word begins (`ping` is not in *mapping*), in the plural, too; Chinese has no such places. */
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

/** What is most often meant goes first. */
const kinds: readonly Findable['kind'][] = ['lesson', 'term', 'belief', 'card', 'rule'];

/**
 * 0: its name. Then, what begins with the words first: a name that has all of them, one that has their beginnings, a text that has
 * them. Undefined: it has not.
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

/** What has been typed stays. */
export const startSearch = (all: readonly Findable[], line = lineOf('')): SearchState =>
  looked(all.map(indexed), line);

export const typedInto = ({index}: SearchState, line: TypedLine): SearchState => looked(index, line);

export const markedIn = ({found, marked}: SearchState): Findable | undefined => found[marked];

/** Of a page of many lines those that have one of the words; where none has, all. */
export const toldOf = ({kind, told}: Findable, state: SearchState): readonly Text[] => {
  if (kind !== 'card') return told;
  const [head, ...lines] = told;
  const words = wordsOf(state).map(patternsOf);
  const hits = lines.filter((line) => every(line).some((text) => words.some(({begun}) => begun.test(text))));
  return head === undefined || hits.length === 0 ? told : [head, ...hits];
};
