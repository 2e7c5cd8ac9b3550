// How a QUIC connection was closed (RFC 9000 §10.2).
import type {Side} from './connections.ts';

export type QuicClose = {
  readonly by: Side;
  readonly application: boolean;
  readonly code: number;
  readonly reason: string;
  readonly frame: number;
};

/** The code of APPLICATION_ERROR (RFC 9000 §20.1). */
const applicationError = 0x0c;

export class QuicCloses {
  first: QuicClose | undefined;
  /** The close frame of the application. A close in packets that others can read only tells that it was the application (§10.2.3). */
  #application: QuicClose | undefined;

  take(close: QuicClose): void {
    this.first ??= close;
    if (close.application && close.by === this.first.by) this.#application ??= close;
  }

  /** The close with the code that the end meant. */
  get told(): QuicClose | undefined {
    const {first} = this;
    return first && !first.application && first.code === applicationError
      ? (this.#application ?? first)
      : first;
  }
}
