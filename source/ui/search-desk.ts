// The functions that looking things up needs from outside.
import type {Findable, Opens} from '../view/search/search-state.ts';
import type {OpenResult} from './opened-run.ts';

/** The source of search results. */
export type SearchDesk = {
  /** Returns everything that can be found. */
  all(): Promise<readonly Findable[]>;
  /** Opens the run that shows a result, at the instant where it does. */
  openSight(sight: Extract<Opens, {kind: 'sight'}>): Promise<OpenResult>;
};

export type SearchEffect =
  | {readonly kind: 'search'}
  | {readonly kind: 'openSight'; readonly sight: Extract<Opens, {kind: 'sight'}>};
