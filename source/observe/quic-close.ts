// Finds how a QUIC connection was closed (RFC 9000 §10.2).
import type {Side} from './connections.ts';

export type QuicClose = {
  readonly by: Side;
  readonly application: boolean;
  readonly code: number;
  readonly reason: string;
  readonly frame: number;
};

/** The code of QUIC's APPLICATION_ERROR (RFC 9000 §20.1). */
const applicationError = 0x0c;

export class QuicCloses {
  first: QuicClose | undefined;
  /**
   * The first CONNECTION_CLOSE with the application's own code, from the end that closed first. A close in Initial and Handshake packets
   * only says APPLICATION_ERROR (§10.2.3).
   */
  #application: QuicClose | undefined;

  take(close: QuicClose): void {
    this.first ??= close;
    if (close.application && close.by === this.first.by) this.#application ??= close;
  }

  /**
   * The CONNECTION_CLOSE that shows why the connection was closed: the first one, or the application's if the first only says
   * APPLICATION_ERROR; undefined if there was none.
   */
  get told(): QuicClose | undefined {
    const {first} = this;
    return first && !first.application && first.code === applicationError
      ? (this.#application ?? first)
      : first;
  }
}
