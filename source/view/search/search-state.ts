// The state of the page for looking things up: everything that can be found, the typed text, the results, and the marked one.
import type {Place} from '../../lesson/search-page.ts';
import type {Text} from '../../lesson/text.ts';
import {lineOf, type TypedLine} from '../typed-line.ts';
import {type Indexed, kindOf, type Ranking} from './ranking.ts';

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

/** Returns the state at the beginning of a search. */
export const startSearch = (ranking: Ranking<Findable>): SearchState => typedInto(ranking, lineOf(''));

export const markedIn = ({found, marked}: SearchState): Findable | undefined => found[marked];
