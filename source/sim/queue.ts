// The queue of future events, ordered by (time, insertion). It is a value, so that a checkpoint is a reference. Most new entries belong
// after an existing one, so the queue consists of a few rows, each in order.
import {Fifo} from '../wire/fifo.ts';

type Entry<T> = {readonly atUs: number; readonly order: number; readonly item: T};

type Row<T> = Fifo<Entry<T>>;

export type Queue<T> = {readonly rows: readonly Row<T>[]; readonly size: number; readonly inserted: number};

export const emptyQueue: Queue<never> = {rows: [], size: 0, inserted: 0};

/**
 * The most rows of the event queue. One more entry that fits no row merges all of them, because looking at each of many rows would be slow.
 */
const mostRows = 24;

const compare = <T>(a: Entry<T>, b: Entry<T>): number => a.atUs - b.atUs || a.order - b.order;

/**
 * Appends an entry to the row of the event queue whose last entry is the latest one before it; if there is no such row, begins a new one or
 * merges all rows.
 */
const put = <T>(rows: readonly Row<T>[], entry: Entry<T>): readonly Row<T>[] => {
  let nearest: Entry<T> | undefined;
  let at = -1;
  for (let row = 0; row < rows.length; row++) {
    const last = rows[row]?.at(-1);
    if (last === undefined || compare(last, entry) > 0 || (nearest && compare(last, nearest) < 0)) continue;
    nearest = last;
    at = row;
  }
  const row = rows[at];
  if (row) return rows.with(at, row.concat([entry]));
  if (rows.length < mostRows) return [...rows, Fifo.of([entry])];
  return [Fifo.of([...rows.flatMap((each) => each.slice()), entry].sort(compare))];
};

/**
 * Returns the event queue with one more item. `places` is the number of positions that an item with repetitions reserves; `requeue` uses
 * the later ones.
 */
export const enqueue = <T>(
  {rows, size, inserted}: Queue<T>,
  atUs: number,
  item: T,
  places = 1,
): Queue<T> => ({
  rows: put(rows, {atUs, order: inserted, item}),
  size: size + 1,
  inserted: inserted + places,
});

/** Returns the event queue with one more item at a position that `enqueue` had reserved, such as the next repetition of a cause. */
export const requeue = <T>(
  {rows, size, inserted}: Queue<T>,
  atUs: number,
  item: T,
  order: number,
): Queue<T> => ({
  rows: put(rows, {atUs, order, item}),
  size: size + 1,
  inserted,
});

type Dequeued<T> = {
  readonly atUs: number;
  /** The position in the order of insertion, which decides between items that are due at the same time. */
  readonly order: number;
  readonly item: T;
  readonly rest: Queue<T>;
};

export const dequeue = <T>({rows, size, inserted}: Queue<T>): Dequeued<T> | undefined => {
  let first: Entry<T> | undefined;
  let at = -1;
  for (let row = 0; row < rows.length; row++) {
    const head = rows[row]?.at(0);
    if (head === undefined || (first && compare(first, head) < 0)) continue;
    first = head;
    at = row;
  }
  const row = rows[at];
  if (!first || !row) return undefined;
  const left = row.length > 1 ? rows.with(at, row.without(1)) : rows.toSpliced(at, 1);
  const {atUs, order, item} = first;
  return {atUs, order, item, rest: {rows: left, size: size - 1, inserted}};
};
