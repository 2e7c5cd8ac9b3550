// Lists that grow and can be cut, and unchanging snapshots of them: both use the same pieces, and a piece that a snapshot has is copied
// before it is written. Also a binary search for where a condition begins to hold.

const bits = 10;
const pieceLength = 1 << bits;
const inPiece = pieceLength - 1;

export type Item = number | object;

type Piece<T> = {
  [index: number]: T;
  slice(): Piece<T>;
};

/** An unchanging snapshot of a growing list. Indexes count from 0. */
export class SharedList<T extends Item> {
  readonly length: number;
  readonly #pieces: readonly Piece<T>[];

  constructor(pieces: readonly Piece<T>[], length: number) {
    this.length = length;
    this.#pieces = pieces;
  }

  at(index: number): T | undefined {
    return index < this.length ? this.#pieces[index >> bits]?.[index & inPiece] : undefined;
  }

  /** Returns a snapshot with only the list's first `count` elements. */
  first(count: number): SharedList<T> {
    return new SharedList(this.#pieces, Math.min(count, this.length));
  }

  slice(from: number, to = this.length): T[] {
    const found: T[] = [];
    for (let index = Math.max(0, from); index < to; index++) {
      const item = this.at(index);
      if (item === undefined) break;
      found.push(item);
    }
    return found;
  }

  findLast(isMeant: (item: T) => boolean): T | undefined {
    for (let index = this.length - 1; index >= 0; index--) {
      const item = this.at(index);
      if (item !== undefined && isMeant(item)) return item;
    }
    return undefined;
  }

  [Symbol.iterator](): Iterator<T> {
    return this.slice(0)[Symbol.iterator]();
  }
}

export class GrowingList<T extends Item> {
  readonly #make: () => Piece<T>;
  readonly #pieces: Piece<T>[] = [];
  /** The numbers of the pieces that no snapshot shares, so that they can be written without a copy. */
  readonly #own = new Set<number>();
  /** The number of the piece that was written last; -1 if there is none or a snapshot shares it. */
  #latestAt = -1;
  #latest: Piece<T>;
  #length = 0;

  /** Makes a growing list; `make` returns an empty piece with `length` places. */
  constructor(make: (length: number) => Piece<T>) {
    this.#make = () => make(pieceLength);
    this.#latest = make(0);
  }

  get length(): number {
    return this.#length;
  }

  at(index: number): T | undefined {
    return index < this.#length ? this.#pieces[index >> bits]?.[index & inPiece] : undefined;
  }

  /** Sets an element of the list, also beyond its end; elements between that were never set have the value that `make` gave them. */
  set(index: number, item: T): void {
    const piece = index >> bits;
    if (piece !== this.#latestAt) this.#obtain(piece);
    this.#latest[index & inPiece] = item;
    if (index >= this.#length) this.#length = index + 1;
  }

  push(item: T): void {
    this.set(this.#length, item);
  }

  cut(length: number): void {
    this.#length = Math.min(length, this.#length);
  }

  /** Returns a snapshot of the list, which later changes of the list leave as it is. */
  get shared(): SharedList<T> {
    this.#own.clear();
    this.#latestAt = -1;
    return new SharedList(this.#pieces.slice(), this.#length);
  }

  #obtain(wanted: number): void {
    for (let at = this.#pieces.length; at < wanted; at++) {
      this.#pieces.push(this.#make());
      this.#own.add(at);
    }
    const known = this.#pieces[wanted];
    this.#latest = known && !this.#own.has(wanted) ? known.slice() : (known ?? this.#make());
    this.#latestAt = wanted;
    this.#pieces[wanted] = this.#latest;
    this.#own.add(wanted);
  }
}

export const floats = (): GrowingList<number> => new GrowingList((length) => new Float64Array(length));
export const words = (): GrowingList<number> => new GrowingList((length) => new Uint32Array(length));
export const octets = (): GrowingList<number> => new GrowingList((length) => new Uint8Array(length));
export const items = <T extends Item>(): GrowingList<T> => new GrowingList<T>(() => []);

/**
 * Returns the first index in `0 … length` at which `reached` holds, or `length` if it holds at none; it must hold for all indexes after
 * that.
 */
export const bisect = (length: number, reached: (index: number) => boolean): number => {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (reached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
};
