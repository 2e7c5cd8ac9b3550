// The type of the outcome of a key that opens a page over the player or works on one.
import type {Move} from '../lesson/move.ts';
import type {Message} from '../view/note.ts';
import type {Forking} from './fork-state.ts';
import type {PlayerState} from './player.ts';

export type OverlayOutcome = {
  readonly player: PlayerState;
  /** A text to copy to the terminal's clipboard; absent if the key copies nothing. */
  readonly copy?: string;
  /** The moves with which the challenge has to be simulated again; absent if the key makes no move. */
  readonly attempt?: readonly Move[];
  /** A message that is shown until the next key. */
  readonly message?: Message;
  /** The fork that has to be simulated in parts before it can be shown; absent if there is none. */
  readonly forking?: Forking;
};
