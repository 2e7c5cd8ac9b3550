// One run of the tree of runs, with the place of its reader, and the tree.

import type {ForkTree} from '../sim/fork.ts';
import type {PlaybackContext, PlaybackState} from '../view/time/playback-state.ts';
import type {OpenedRun} from './opened-run.ts';

export type Branch = {
  readonly run: OpenedRun;
  readonly context: PlaybackContext;
  readonly playback: PlaybackState;
};

/** `seen`: by node, as its reader left it; the current one stands in the player itself. */
export type Forks = {readonly tree: ForkTree; readonly seen: ReadonlyMap<number, Branch>};
