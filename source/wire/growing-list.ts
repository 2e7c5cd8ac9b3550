// Lists that grow, and are cut back, beside what was given away of them, which never changes: both have the same pieces, and a piece
// that somebody else has is copied before it is written.

const bits = 10;
const pieceLength = 1 << bits;
const inPiece = pieceLength - 1;

type Piece<T> = {
  [index: number]: T;
  slice(): Piece<T>;
};

/** A list as it was when it was given away. Indices from 0. */
export class SharedList<T> {
  readonly length: number;
  readonly #pieces: readonly Piece<T>[];

  constructor(pieces: readonly Piece<T>[], length: number) {
    this.length = length;
    this.#pieces = pieces;
  }

  at(index: number): T | undefined {
    return index < this.length ? this.#pieces[index >> bits]?.[index & inPiece] : undefined;
  }

  /** Its beginning. */
  first(count: number): SharedList<T> {
    return new SharedList(this.#pieces, Math.min(count, this.length));
  }

  slice(from: number, to = this.length): T[] {
    const items: T[] = [];
    for (let index = Math.max(0, from); index < Math.min(to, this.length); index++)
      items.push(this.#pieces[index >> bits]?.[index & inPiece] as T);
    return items;
  }

  findLast(isMeant: (item: T) => boolean): T | undefined {
    for (let index = this.length - 1; index >= 0; index--) {
      const item = this.at(index) as T;
      if (isMeant(item)) return item;
    }
    return undefined;
  }

  [Symbol.iterator](): Iterator<T> {
    return this.slice(0)[Symbol.iterator]();
  }
}

export const sharedList = <T>(all: readonly T[]): SharedList<T> => {
  const list = items<T>();
  for (const item of all) list.push(item);
  return list.shared;
};

export class GrowingList<T> {
  readonly #make: () => Piece<T>;
  readonly #pieces: Piece<T>[] = [];
  /** Pieces that nobody else has. */
  readonly #own = new Set<number>();
  /** One of them, where most is written. */
  #latest = -1;
  #length = 0;

  /** `make`: an empty piece of so many places. */
  constructor(make: (length: number) => Piece<T>) {
    this.#make = () => make(pieceLength);
  }

  get length(): number {
    return this.#length;
  }

  at(index: number): T | undefined {
    return index < this.#length ? this.#pieces[index >> bits]?.[index & inPiece] : undefined;
  }

  /** Behind the end, too: what lies between is what pieces are made with. */
  set(index: number, item: T): void {
    const piece = index >> bits;
    if (piece !== this.#latest) this.#obtain(piece);
    (this.#pieces[piece] as Piece<T>)[index & inPiece] = item;
    if (index >= this.#length) this.#length = index + 1;
  }

  push(item: T): void {
    this.set(this.#length, item);
  }

  cut(length: number): void {
    this.#length = Math.min(length, this.#length);
  }

  /** As it is now. */
  get shared(): SharedList<T> {
    this.#own.clear();
    this.#latest = -1;
    return new SharedList(this.#pieces.slice(), this.#length);
  }

  #obtain(wanted: number): void {
    for (let piece = this.#pieces.length; piece <= wanted; piece++) {
      this.#pieces.push(this.#make());
      this.#own.add(piece);
    }
    if (!this.#own.has(wanted)) this.#pieces[wanted] = (this.#pieces[wanted] as Piece<T>).slice();
    this.#own.add(wanted);
    this.#latest = wanted;
  }
}

export const floats = (): GrowingList<number> => new GrowingList((length) => new Float64Array(length));
export const words = (): GrowingList<number> => new GrowingList((length) => new Uint32Array(length));
export const octets = (): GrowingList<number> => new GrowingList((length) => new Uint8Array(length));
export const items = <T>(): GrowingList<T> => new GrowingList<T>(() => []);
