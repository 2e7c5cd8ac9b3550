// What a key makes of a page over the player.
import type {Message} from '../view/note.ts';
import type {Forking} from './fork-state.ts';
import type {PlayerState} from './player.ts';

export type OverlayOutcome = {
  readonly player: PlayerState;
  /** For the terminal's clipboard. */
  readonly copy?: string;
  /** What could not be done; until the next key. */
  readonly message?: Message;
  /** What is simulated before anything is seen of it. */
  readonly forking?: Forking;
};
