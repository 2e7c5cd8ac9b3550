// Orders the octets of a QUIC stream, or of CRYPTO frames: frames come in any order, and repeatedly (RFC 9000 §2.2, §19.6).
import {SequenceRanges} from './sequence-ranges.ts';

type Held = {readonly start: number; readonly bytes: Uint8Array};

export class OrderedOctets {
  readonly #seen = new SequenceRanges();
  /** The octets of the stream that wait because octets before them have not come, in the order of their offsets. */
  readonly #held: Held[] = [];
  #next = 0;
  #total = 0;

  /** The number of the stream's octets that have come, each counted once. */
  get total(): number {
    return this.#total;
  }

  /** The stream offset up to which all octets have come. */
  get next(): number {
    return this.#next;
  }

  /** True while octets of the stream wait because octets before them have not come. */
  get waiting(): boolean {
    return this.#held.length > 0;
  }

  /** Adds octets at the stream offset `start`; returns the pieces that are now next in order, empty if the octets must wait. */
  add(start: number, bytes: Uint8Array): readonly Uint8Array[] {
    this.#total += this.#seen.add(start, start + bytes.length);
    if (start > this.#next) {
      this.#hold({start, bytes});
      return [];
    }
    const pieces: Uint8Array[] = [];
    this.#deliver({start, bytes}, pieces);
    let taken = 0;
    for (const held of this.#held) {
      if (held.start > this.#next) break;
      this.#deliver(held, pieces);
      taken += 1;
    }
    this.#held.splice(0, taken);
    return pieces;
  }

  #deliver({start, bytes}: Held, pieces: Uint8Array[]): void {
    const fresh = bytes.subarray(Math.min(bytes.length, this.#next - start));
    if (fresh.length === 0) return;
    this.#next += fresh.length;
    pieces.push(fresh);
  }

  #hold(one: Held): void {
    let at = this.#held.length;
    while (at > 0 && (this.#held[at - 1]?.start ?? 0) > one.start) at -= 1;
    this.#held.splice(at, 0, one);
  }
}
