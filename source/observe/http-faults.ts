// What a strict reader of HTTP would refuse on one connection: each kind once, where it was seen first (RFC 9112 §11).
import type {HttpErrorCode} from '../wire/http/http-error.ts';

export type HttpFault = {
  readonly code: HttpErrorCode;
  readonly clause: string;
  readonly in: 'request' | 'response';
  /** The packet in which it was read. */
  readonly frame: number;
  /** So many times. */
  readonly count: number;
  /** What the same octets are to who reads them in another way: the start line of the message behind. */
  readonly behind?: string;
};

export type SeenFault = Pick<HttpFault, 'code' | 'clause' | 'in' | 'frame'>;

/** A stream that ends early tells that by what is not there. */
const ofEnds: ReadonlySet<HttpErrorCode> = new Set([
  ...(['head-incomplete', 'content-incomplete', 'chunks-incomplete'] as const),
]);

export class HttpFaults {
  /** Most connections have none. */
  #seen: Map<string, {readonly first: SeenFault; count: number; behind?: string}> | undefined;

  take(seen: SeenFault, count = 1): void {
    if (ofEnds.has(seen.code)) return;
    const key = `${seen.in} ${seen.code}`;
    this.#seen ??= new Map();
    const known = this.#seen.get(key);
    if (known) known.count += count;
    else this.#seen.set(key, {first: seen, count});
  }

  /** All that `others` has taken is here from now on. */
  takeOver(others: HttpFaults): void {
    if (!others.#seen) return;
    for (const {first, count} of others.#seen.values()) this.take(first, count);
    others.#seen = undefined;
  }

  /** Behind a request of two lengths, in the packet in which it ends, `line` begins another one. */
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
