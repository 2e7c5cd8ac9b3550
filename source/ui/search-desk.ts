// What looking things up asks of the world.
import type {Findable, Opens} from '../view/search/search-state.ts';
import type {OpenResult} from './opened-run.ts';

/** Where it is looked. */
export type SearchDesk = {
  /** All that there is to find. */
  all(): Promise<readonly Findable[]>;
  /** The run that shows it, at the instant where it does. */
  openSight(sight: Extract<Opens, {kind: 'sight'}>): Promise<OpenResult>;
};

export type SearchEffect =
  | {readonly kind: 'search'}
  | {readonly kind: 'openSight'; readonly sight: Extract<Opens, {kind: 'sight'}>};
