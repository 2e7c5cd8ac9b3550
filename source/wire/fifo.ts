// An immutable queue, which loses elements at its beginning and gains them at its end. Queues derived from each other share their items:
// appended items are beyond the end of earlier queues, and a second continuation of the same queue gets items of its own.

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

  /** Returns an element of the queue; a negative index counts from the end. Undefined if there is no such element. */
  at(index: number): T | undefined {
    const place = index < 0 ? index + this.length : index;
    return place >= 0 && place < this.length ? this.#items[this.#start + place] : undefined;
  }

  slice(from = 0, to = this.length): readonly T[] {
    return this.#items.slice(this.#start + from, this.#start + Math.min(to, this.length));
  }

  /** Returns the queue without its first `count` elements. */
  without(count: number): Fifo<T> {
    return new Fifo(this.#items, this.#start + count, this.length - count);
  }

  concat(more: readonly T[]): Fifo<T> {
    const end = this.#start + this.length;
    // The items are copied, without those that were removed from the queue, once the removed ones are the majority.
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
