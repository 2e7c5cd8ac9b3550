// The flow control windows of HTTP/2 (RFC 9113 §6.9): that of a connection, and that of each direction of a stream. The rest of a window is
// its initial size, plus what was granted, minus what was sent; so a change of the initial size needs no work (§6.9.2).
import {initialValues, MAX_WINDOW} from '../wire/http2/registry.ts';
import type {Side} from './connections.ts';

export type Window = {
  /** The octets of DATA frames that were sent, including padding. */
  sent: number;
  /** The octets that WINDOW_UPDATE frames have added to the initial window. */
  granted: number;
};

/**
 * An HTTP/2 flow control window that was used up while there was more to send. `stream` is 0 for the connection's window; `frame` is the
 * packet that first used it up.
 */
export type Http2Stall = {
  /** The side that had to wait for a larger HTTP/2 window. */
  readonly side: Side;
  readonly stream: number;
  readonly frame: number;
  readonly count: number;
};

/** A period of waiting for HTTP/2 flow control, from the packet that used a window up to the one that enlarged it. */
export type Http2Wait = Pick<Http2Stall, 'side' | 'stream'> & {readonly from: number; readonly until: number};

const mostStalls = 10_000;
const mostWaits = 64;

/** The octets of one HTTP/2 DATA frame. `window` is that of its stream; undefined if the stream is not known. */
type Spent = {
  readonly side: Side;
  readonly stream: number;
  readonly frame: number;
  readonly length: number;
  /** True if this DATA frame ends the stream. */
  readonly ends: boolean;
  readonly window: Window | undefined;
  readonly initial: number;
};

/** Returns a number that is different for each HTTP/2 stream and side; stream 0 stands for the connection. */
const keyOf = (side: Side, stream: number): number => 2 * stream + side;

export class Http2Windows {
  readonly #connection: readonly [Window, Window] = [
    {sent: 0, granted: 0},
    {sent: 0, granted: 0},
  ];
  readonly #stalls = new Map<number, {-readonly [name in keyof Http2Stall]: Http2Stall[name]}>();

  /** The HTTP/2 windows that are used up at the moment, each with the packet that used it up. */
  readonly #empty = new Map<number, number>();
  readonly #waits: Http2Wait[] = [];

  /** The first `mostWaits` periods in which an end waited for an HTTP/2 window. */
  get waits(): readonly Http2Wait[] {
    return this.#waits;
  }

  get stalls(): readonly Http2Stall[] {
    return [...this.#stalls.values()];
  }

  /** Subtracts a DATA frame from the windows of its stream and of the connection; returns false if it was larger than they allow. */
  spend(spent: Spent): boolean {
    const {side, stream, window, initial} = spent;
    const whole = this.#use(this.#connection[side], initialValues.window, 0, spent);
    return (window === undefined || this.#use(window, initial, stream, spent)) && whole;
  }

  /**
   * Adds a WINDOW_UPDATE to a stream's window, or to the connection's if `window` is undefined; returns false if the window exceeds the
   * maximum.
   */
  grant(
    side: Side,
    increment: number,
    window?: Window,
    initial: number = initialValues.window,
    {stream, frame}: Pick<Http2Stall, 'stream' | 'frame'> = {stream: 0, frame: 0},
  ): boolean {
    const granted = window ?? this.#connection[side];
    granted.granted += increment;
    const key = keyOf(side, stream);
    const from = this.#empty.get(key);
    if (from !== undefined) {
      this.#empty.delete(key);
      if (this.#waits.length < mostWaits) this.#waits.push({side, stream, from, until: frame});
    }
    return initial + granted.granted - granted.sent <= MAX_WINDOW;
  }

  #use(window: Window, initial: number, stream: number, {side, frame, length, ends}: Spent): boolean {
    window.sent += length;
    const left = initial + window.granted - window.sent;
    if (left <= 0 && length > 0 && !ends) {
      const key = keyOf(side, stream);
      this.#empty.set(key, frame);
      const known = this.#stalls.get(key);
      if (known) known.count += 1;
      else if (this.#stalls.size < mostStalls) this.#stalls.set(key, {side, stream, frame, count: 1});
    }
    return left >= 0 || length === 0;
  }
}
