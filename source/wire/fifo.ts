// A list as a value that loses at its beginning and gains at its end: those that follow from each other share their items. What was
// joined to one is beyond the end of those before it, and who goes on from one of them has items of its own.

export class Fifo<T> implements Iterable<T> {
  readonly length: number;
  readonly #items: T[];
  readonly #start: number;

  private constructor(items: T[], start: number, length: number) {
    this.#items = items;
    this.#start = start;
    this.length = length;
  }

  static of<T>(items: readonly T[]): Fifo<T> {
    return new Fifo([...items], 0, items.length);
  }

  /** Negative: from the end. */
  at(index: number): T | undefined {
    const place = index < 0 ? index + this.length : index;
    return place >= 0 && place < this.length ? this.#items[this.#start + place] : undefined;
  }

  slice(from = 0, to = this.length): readonly T[] {
    return this.#items.slice(this.#start + from, this.#start + Math.min(to, this.length));
  }

  /** Without so many of the first. */
  without(count: number): Fifo<T> {
    return new Fifo(this.#items, this.#start + count, this.length - count);
  }

  concat(more: readonly T[]): Fifo<T> {
    const end = this.#start + this.length;
    // What nobody has any more goes as soon as it is most of the items.
    const goesOn = end === this.#items.length && this.#start <= this.length;
    const items = goesOn ? this.#items : this.#items.slice(this.#start, end);
    for (const item of more) items.push(item);
    return new Fifo(items, goesOn ? this.#start : 0, this.length + more.length);
  }

  with(index: number, item: T): Fifo<T> {
    return new Fifo(this.slice().with(index, item), 0, this.length);
  }

  map(next: (item: T, index: number) => T): Fifo<T> {
    return new Fifo(this.slice().map(next), 0, this.length);
  }

  [Symbol.iterator](): Iterator<T> {
    return this.slice()[Symbol.iterator]();
  }
}
