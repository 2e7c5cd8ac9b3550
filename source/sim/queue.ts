// What is still to happen, ordered by (time, insertion): an immutable leftist heap, so that a checkpoint is a reference.

type Node<T> = {
  readonly atUs: number;
  readonly order: number;
  readonly item: T;
  readonly rank: number;
  readonly left: Node<T> | undefined;
  readonly right: Node<T> | undefined;
};

export type Queue<T> = {readonly root: Node<T> | undefined; readonly size: number; readonly inserted: number};

export const emptyQueue: Queue<never> = {root: undefined, size: 0, inserted: 0};

const before = <T>(a: Node<T>, b: Node<T>): boolean =>
  a.atUs < b.atUs || (a.atUs === b.atUs && a.order < b.order);

const merge = <T>(a: Node<T> | undefined, b: Node<T> | undefined): Node<T> | undefined => {
  if (!a) return b;
  if (!b) return a;
  const [top, other] = before(a, b) ? [a, b] : [b, a];
  const merged = merge(top.right, other);
  const leftRank = top.left?.rank ?? 0;
  const mergedRank = merged?.rank ?? 0;
  const {atUs, order, item} = top;
  // Written out: with a spread, merging took a quarter of a simulation.
  // The shorter arm stays at the right: merging touches O(log n) nodes.
  return leftRank >= mergedRank
    ? {atUs, order, item, rank: mergedRank + 1, left: top.left, right: merged}
    : {atUs, order, item, rank: leftRank + 1, left: merged, right: top.left};
};

/** `places`: that many turns are taken by what repeats itself; the others come from `requeue`. */
export const enqueue = <T>(queue: Queue<T>, atUs: number, item: T, places = 1): Queue<T> => {
  const node: Node<T> = {atUs, order: queue.inserted, item, rank: 1, left: undefined, right: undefined};
  return {root: merge(queue.root, node), size: queue.size + 1, inserted: queue.inserted + places};
};

/** At a turn that was taken before. */
export const requeue = <T>(queue: Queue<T>, atUs: number, item: T, order: number): Queue<T> => {
  const node: Node<T> = {atUs, order, item, rank: 1, left: undefined, right: undefined};
  return {...queue, root: merge(queue.root, node), size: queue.size + 1};
};

type Dequeued<T> = {
  readonly atUs: number;
  /** Its turn among what is due at the same time. */
  readonly order: number;
  readonly item: T;
  readonly rest: Queue<T>;
};

export const dequeue = <T>(queue: Queue<T>): Dequeued<T> | undefined => {
  const {root} = queue;
  if (!root) return undefined;
  const rest = {root: merge(root.left, root.right), size: queue.size - 1, inserted: queue.inserted};
  return {atUs: root.atUs, order: root.order, item: root.item, rest};
};
