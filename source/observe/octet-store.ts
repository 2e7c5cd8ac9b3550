// Stores octets until somebody asks for them: side by side in a few large blocks, because a hundred thousand small arrays, or decoded
// values, would take many times the memory.

const blockOctets = 1 << 20;

/** The place of octets in the store: offset and length. */
export type Kept = {readonly at: number; readonly length: number};

export class OctetStore {
  readonly #blocks: Uint8Array[] = [];
  readonly #most: number;
  #end = 0;

  /** `most` is the number of octets for which the store has room. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Stores octets; returns the offset at which they are, or undefined if there is no room. */
  add(octets: Uint8Array): number | undefined {
    const {length} = octets;
    const left = blockOctets - (this.#end % blockOctets);
    // Octets that do not fit in the rest of a block begin in the next one, so that none are spread over two blocks.
    const at = length <= left ? this.#end : this.#end + left;
    if (length > blockOctets || at + length > this.#most) return undefined;
    const index = Math.floor(at / blockOctets);
    const block = this.#blocks[index] ?? new Uint8Array(blockOctets);
    this.#blocks[index] = block;
    block.set(octets, at % blockOctets);
    this.#end = at + length;
    return at;
  }

  /** Returns the stored octets themselves, not a copy. */
  read({at, length}: Kept): Uint8Array {
    const from = at % blockOctets;
    return this.#blocks[Math.floor(at / blockOctets)]?.subarray(from, from + length) ?? new Uint8Array(0);
  }
}
