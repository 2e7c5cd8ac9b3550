// One run of the tree of runs with the reader's place in it, and the tree.

import type {ForkTree} from '../sim/fork.ts';
import type {PlaybackContext, PlaybackState} from '../view/time/playback-state.ts';
import type {OpenedRun} from './opened-run.ts';

export type Branch = {
  readonly run: OpenedRun;
  readonly context: PlaybackContext;
  readonly playback: PlaybackState;
};

/** The tree of runs, with other runs by node as the reader left them; the current one is in the player itself. */
export type Forks = {readonly tree: ForkTree; readonly seen: ReadonlyMap<number, Branch>};
