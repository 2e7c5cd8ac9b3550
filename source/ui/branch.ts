// The types of the tree of runs that the reader makes by altering one, and of a run in it with his place.

import type {ForkTree} from '../sim/fork.ts';
import type {PlaybackContext, PlaybackState} from '../view/time/playback-state.ts';
import type {OpenedRun} from './opened-run.ts';

export type Branch = {
  readonly run: OpenedRun;
  readonly context: PlaybackContext;
  readonly playback: PlaybackState;
};

/**
 * The tree of runs that the reader has made. `seen` contains the runs by node as the reader left them; the current run is in the player
 * itself.
 */
export type Forks = {readonly tree: ForkTree; readonly seen: ReadonlyMap<number, Branch>};
