// The windows of HTTP/2 (RFC 9113 §6.9): of a connection, and of each way of a stream. What is left of one is what it began with, and
// what was granted, less what was sent; so a change of what it began with costs nothing (§6.9.2).
import {initialValues, MAX_WINDOW} from '../wire/http2/registry.ts';
import type {Side} from './connections.ts';

export type Window = {
  /** Octets of DATA, padding included. */
  sent: number;
  /** By WINDOW_UPDATE. */
  granted: number;
};

/** A window that was used up while there was more to send; `stream` 0: the connection's. `frame`: the packet that did so first. */
export type Http2Stall = {
  /** Who had to wait. */
  readonly side: Side;
  readonly stream: number;
  readonly frame: number;
  readonly count: number;
};

/** From the packet that used a window up to the one that gave room again. */
export type Http2Wait = Pick<Http2Stall, 'side' | 'stream'> & {readonly from: number; readonly until: number};

const mostStalls = 10_000;
const mostWaits = 64;

/** What an end has sent: `window` of the stream, undefined where nobody knows it. */
type Spent = {
  readonly side: Side;
  readonly stream: number;
  readonly frame: number;
  readonly length: number;
  /** Nothing more is to come on the stream. */
  readonly ends: boolean;
  readonly window: Window | undefined;
  readonly initial: number;
};

export class Http2Windows {
  readonly #connection: readonly [Window, Window] = [
    {sent: 0, granted: 0},
    {sent: 0, granted: 0},
  ];
  readonly #stalls = new Map<string, {-readonly [name in keyof Http2Stall]: Http2Stall[name]}>();

  /** The windows that are used up now, with the packet that did so. */
  readonly #empty = new Map<string, number>();
  readonly #waits: Http2Wait[] = [];

  /** The first ones. */
  get waits(): readonly Http2Wait[] {
    return this.#waits;
  }

  get stalls(): readonly Http2Stall[] {
    return [...this.#stalls.values()];
  }

  /** False: more than there was room for. */
  spend({window, initial, stream, ...spent}: Spent): boolean {
    const whole = this.#use(this.#connection[spent.side], initialValues.window, {...spent, stream: 0});
    return (window === undefined || this.#use(window, initial, {...spent, stream})) && whole;
  }

  /** `window` undefined: the connection's. False: it has become too large. */
  grant(
    side: Side,
    increment: number,
    window?: Window,
    initial: number = initialValues.window,
    {stream, frame}: Pick<Http2Stall, 'stream' | 'frame'> = {stream: 0, frame: 0},
  ): boolean {
    const granted = window ?? this.#connection[side];
    granted.granted += increment;
    const key = `${side} ${stream}`;
    const from = this.#empty.get(key);
    if (from !== undefined) {
      this.#empty.delete(key);
      if (this.#waits.length < mostWaits) this.#waits.push({side, stream, from, until: frame});
    }
    return initial + granted.granted - granted.sent <= MAX_WINDOW;
  }

  #use(window: Window, initial: number, spent: Omit<Spent, 'window' | 'initial'>): boolean {
    const {side, stream, frame, length, ends} = spent;
    window.sent += length;
    const left = initial + window.granted - window.sent;
    if (left <= 0 && length > 0 && !ends) {
      this.#empty.set(`${side} ${stream}`, frame);
      const known = this.#stalls.get(`${side} ${stream}`);
      if (known) known.count += 1;
      else if (this.#stalls.size < mostStalls)
        this.#stalls.set(`${side} ${stream}`, {side, stream, frame, count: 1});
    }
    return left >= 0 || length === 0;
  }
}
