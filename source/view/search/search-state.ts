// The state of the page for looking things up: everything that can be found, the typed text, the results, and the marked one.
import type {Place} from '../../lesson/search-page.ts';
import type {Text} from '../../lesson/text.ts';
import {languages} from '../../words/catalogue/language.ts';
import {lineOf, type TypedLine} from '../typed-line.ts';
import type {Indexed, Ranking} from './ranking.ts';
import {clausesOf, wordsIn} from './tokens.ts';

export type FindableKind =
  | 'lesson'
  | 'beat'
  | 'whatif'
  | 'interview'
  | 'term'
  | 'belief'
  | 'rule'
  | 'card'
  | 'setting'
  | 'error'
  | 'rfc'
  | 'uncovered';

export type Findable = Indexed & {
  readonly kind: FindableKind;
  /** A few words that are shown after the name of the search result. */
  readonly beside: Text;
  /** The place in a lesson that `enter` opens for the search result; undefined if no run shows it. */
  readonly opens?: Place | undefined;
  /** The ids of the things that come nearest to a subject that no lesson teaches. */
  readonly near?: readonly string[];
  /** True for a misconception that a run contradicts. */
  readonly counter?: boolean;
};

export type SearchState = {
  readonly ranking: Ranking<Findable>;
  readonly line: TypedLine;
  readonly found: readonly Findable[];
  readonly marked: number;
};

/** The most search results that are listed. */
const mostFound = 100;
/** The most beats (narrations and questions) of one lesson among the search results, so that one lesson does not fill the list. */
const mostBeats = 2;

/** Returns the search results for a typed text, the best first. */
export const foundBy = ({found}: Ranking<Findable>, typed: string): readonly Findable[] => {
  const beats = new Map<string, number>();
  return found(typed)
    .filter(({kind, opens}) => {
      if (kind !== 'beat' || opens === undefined) return true;
      const count = (beats.get(opens.lesson) ?? 0) + 1;
      beats.set(opens.lesson, count);
      return count <= mostBeats;
    })
    .slice(0, mostFound);
};

export const typedInto = (ranking: Ranking<Findable>, line: TypedLine): SearchState => ({
  ranking,
  line,
  found: foundBy(ranking, line.text),
  marked: 0,
});

/** An empty search index, used until the things that can be found are indexed. */
const nothingYet: Ranking<Findable> = {all: [], found: () => [], near: () => [], unknown: () => []};

/** Tells whether the things that can be found are not indexed yet, so that an empty list means nothing. */
export const isLoading = ({ranking}: SearchState): boolean => ranking === nothingYet;

/** Returns the state of the search page before anything is typed. */
export const startSearch = (ranking = nothingYet): SearchState => typedInto(ranking, lineOf(''));

export const markedIn = ({found, marked}: SearchState): Findable | undefined => found[marked];

/**
 * Returns the text on a search result. Of a card, these are its first line and the lines that contain a typed word, or all lines if none
 * does.
 */
export const toldOf = ({kind, told}: Findable, {line}: Pick<SearchState, 'line'>): readonly Text[] => {
  if (kind !== 'card') return told;
  const typed = clausesOf(line.text);
  const has = (text: Text): boolean => {
    const words = languages.flatMap((language) => wordsIn(text[language]));
    return typed.some(({word}) => words.some((each) => each.startsWith(word)));
  };
  const [head, ...lines] = told;
  const hits = lines.filter(has);
  return head === undefined || hits.length === 0 ? told : [head, ...hits];
};
