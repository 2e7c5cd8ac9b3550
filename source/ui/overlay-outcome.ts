// The outcome of a key on a page over the player.
import type {Message} from '../view/note.ts';
import type {Forking} from './fork-state.ts';
import type {PlayerState} from './player.ts';

export type OverlayOutcome = {
  readonly player: PlayerState;
  /** A text for the terminal's clipboard. */
  readonly copy?: string;
  /** An error message until the next key. */
  readonly message?: Message;
  /** The run that must be simulated before it can be shown. */
  readonly forking?: Forking;
};
