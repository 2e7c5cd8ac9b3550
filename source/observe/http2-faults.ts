// What is against the rules of HTTP/2 on one connection: each kind once for each end, where it was seen first.
import {type Http2Error, type Http2ErrorCode, http2Error} from '../wire/http2/http2-error.ts';
import type {Side} from './connections.ts';

export type Http2Fault = Http2Error & {
  /** Whose fault it is. */
  readonly side: Side;
  /** 0: the connection's. */
  readonly stream: number;
  /** The packet in which it was read. */
  readonly frame: number;
  /** So many times. */
  readonly count: number;
};

export type FaultPlace = Pick<Http2Fault, 'side' | 'stream' | 'frame'>;

export class Http2Faults {
  readonly #seen = new Map<string, {first: Http2Fault; count: number}>();

  take(code: Http2ErrorCode, place: FaultPlace): void {
    const key = `${place.side} ${code}`;
    const known = this.#seen.get(key);
    if (known) known.count += 1;
    else this.#seen.set(key, {first: {...http2Error(code), ...place, count: 1}, count: 1});
  }

  get all(): readonly Http2Fault[] {
    return [...this.#seen.values()].map(({first, count}) => ({...first, count}));
  }
}
