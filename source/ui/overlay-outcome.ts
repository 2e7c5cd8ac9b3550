// The type of the outcome of a key on a page over the player.
import type {Move} from '../lesson/move.ts';
import type {Message} from '../view/note.ts';
import type {Forking} from './fork-state.ts';
import type {PlayerState} from './player.ts';

export type OverlayOutcome = {
  readonly player: PlayerState;
  /** The text to put into the terminal's clipboard. */
  readonly copy?: string;
  /** The moves with which the challenge is to be run again. */
  readonly attempt?: readonly Move[];
  /** A message that is shown until the next key. */
  readonly message?: Message;
  /** The run that has to be simulated before it can be shown. */
  readonly forking?: Forking;
};
