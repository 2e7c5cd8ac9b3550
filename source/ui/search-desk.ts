// The functions that the page for looking things up needs from the program.
import type {Ranking} from '../view/search/ranking.ts';
import type {Findable} from '../view/search/search-state.ts';
import type {OpenResult} from './opened-run.ts';

/** The functions that find and open search results. */
export type SearchDesk = {
  /** Returns everything that a search can find, such as lessons, terms and error messages. */
  all(): Promise<Ranking<Findable>>;
  /** Opens the run that shows a search result, at the instant that shows it. */
  openFound(found: Findable): Promise<OpenResult>;
};

export type SearchEffect = {readonly kind: 'search'} | {readonly kind: 'openFound'; readonly found: Findable};
