// Collects what a strict parser of HTTP would refuse on one connection: each kind once, at the place where it was seen first (RFC 9112
// §11).
import type {HttpErrorCode} from '../wire/http/http-error.ts';

export type HttpFault = {
  readonly code: HttpErrorCode;
  readonly clause: string;
  readonly in: 'request' | 'response';
  /** The packet in which the fault was found. */
  readonly frame: number;
  /** The number of times that the fault was found. */
  readonly count: number;
  /** The start line of the message that a parser would find next if it determined the length in the other way. */
  readonly behind?: string;
};

export type SeenFault = Pick<HttpFault, 'code' | 'clause' | 'in' | 'frame'>;

/** The faults of incomplete messages. They are not collected, because an early end of a stream is told elsewhere. */
const ofEnds: ReadonlySet<HttpErrorCode> = new Set([
  ...(['head-incomplete', 'content-incomplete', 'chunks-incomplete'] as const),
]);

export class HttpFaults {
  /** undefined until there is a fault, because most connections have none. */
  #seen: Map<string, {readonly first: SeenFault; count: number; behind?: string}> | undefined;

  take(seen: SeenFault, count = 1): void {
    if (ofEnds.has(seen.code)) return;
    const key = `${seen.in} ${seen.code}`;
    this.#seen ??= new Map();
    const known = this.#seen.get(key);
    if (known) known.count += count;
    else this.#seen.set(key, {first: seen, count});
  }

  /** Moves all faults of `others` here. */
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
