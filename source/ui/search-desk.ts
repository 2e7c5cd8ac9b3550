// The functions that the page for looking things up needs from the program.
import type {Findable, Opens} from '../view/search/search-state.ts';
import type {OpenResult} from './opened-run.ts';

/** The functions that find and open search results. */
export type SearchDesk = {
  /** Returns everything that a search can find, such as lessons, terms and rules. */
  all(): Promise<readonly Findable[]>;
  /** Opens the run that shows a rule or a term, at the instant at which it does. */
  openSight(sight: Extract<Opens, {kind: 'sight'}>): Promise<OpenResult>;
};

export type SearchEffect =
  | {readonly kind: 'search'}
  | {readonly kind: 'openSight'; readonly sight: Extract<Opens, {kind: 'sight'}>};
