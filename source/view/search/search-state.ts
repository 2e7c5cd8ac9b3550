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
  /** A few words that are shown after the result's name. */
  readonly beside: Text;
  /** The target of `enter`; undefined if no run shows it. */
  readonly opens?: Place | undefined;
  /** The ids of what is nearest to a subject that nothing teaches. */
  readonly near?: readonly string[];
  /** True for a belief whose contradiction a run shows. */
  readonly counter?: boolean;
};

export type SearchState = {
  readonly ranking: Ranking<Findable>;
  readonly line: TypedLine;
  readonly found: readonly Findable[];
  readonly marked: number;
};

/** The most results that are listed. */
const mostFound = 100;
/** The most beats of one lesson among the results, so that one lesson does not fill the list. */
const mostBeats = 2;

/** Returns the results for a typed text, the best first. */
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

/** The things that can be found, before they are indexed. */
const nothingYet: Ranking<Findable> = {all: [], found: () => [], near: () => []};

/** Returns the state at the beginning of a search. */
export const startSearch = (ranking = nothingYet): SearchState => typedInto(ranking, lineOf(''));

export const markedIn = ({found, marked}: SearchState): Findable | undefined => found[marked];

/** Returns the text on a result; of a card, its first line and the lines that contain one of the typed words, or all lines if none does. */
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
