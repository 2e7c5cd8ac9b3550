// Collects the faults of one connection's HTTP/1 messages that a strict parser would refuse: each kind once, at the place where it was seen
// first (RFC 9112 §11).
import type {HttpErrorCode} from '../wire/http/http-error.ts';

export type HttpFault = {
  readonly code: HttpErrorCode;
  readonly clause: string;
  readonly in: 'request' | 'response';
  /** The packet in which the HTTP fault was found first. */
  readonly frame: number;
  /** The number of times that a fault of this kind was found on the connection. */
  readonly count: number;
  /**
   * The start line of a second request that follows in the same packet, if a request has two lengths and a parser that uses the other one
   * would not see it.
   */
  readonly behind?: string;
};

export type SeenFault = Pick<HttpFault, 'code' | 'clause' | 'in' | 'frame'>;

/**
 * The codes of faults that mean an incomplete HTTP message. They are not collected, because an early end of a stream is reported elsewhere.
 */
const ofEnds: ReadonlySet<HttpErrorCode> = new Set([
  ...(['head-incomplete', 'content-incomplete', 'chunks-incomplete'] as const),
]);

export class HttpFaults {
  /** The HTTP faults by message type and code; undefined until there is one, because most connections have none. */
  #seen: Map<string, {readonly first: SeenFault; count: number; behind?: string}> | undefined;

  take(seen: SeenFault, count = 1): void {
    if (ofEnds.has(seen.code)) return;
    const key = `${seen.in} ${seen.code}`;
    this.#seen ??= new Map();
    const known = this.#seen.get(key);
    if (known) known.count += count;
    else this.#seen.set(key, {first: seen, count});
  }

  /** Moves all HTTP faults that `others` has collected into this collection. */
  takeOver(others: HttpFaults): void {
    if (!others.#seen) return;
    for (const {first, count} of others.#seen.values()) this.take(first, count);
    others.#seen = undefined;
  }

  /** Notes that, after a request with two lengths, `line` begins another request in the same packet. */
  follow(line: string): void {
    const twoLengths = this.#seen?.get('request length-and-coding');
    if (twoLengths) twoLengths.behind ??= line;
  }

  get all(): readonly HttpFault[] {
    return [...(this.#seen?.values() ?? [])].map(({first, count, behind}) => ({
      ...first,
      count,
      ...(behind !== undefined && {behind}),
    }));
  }
}
