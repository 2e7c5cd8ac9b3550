// Collects violations of HTTP/2's rules on one connection: each kind once for each end, at the place where it was seen first.
import {type Http2Error, type Http2ErrorCode, http2Error} from '../wire/http2/http2-error.ts';
import type {Side} from './connections.ts';

export type Http2Fault = Http2Error & {
  /** The side that broke the HTTP/2 rule. */
  readonly side: Side;
  /** The HTTP/2 stream that the fault concerns; 0 if it concerns the whole connection. */
  readonly stream: number;
  /** The packet in which the HTTP/2 fault was found first. */
  readonly frame: number;
  /** The number of times that this end made this kind of HTTP/2 fault. */
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
