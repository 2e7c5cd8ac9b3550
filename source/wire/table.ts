// An immutable map with text keys in insertion order. A change copies one path of a trie over the key's hash (16-way), not the whole map.

type Entry<V> = {readonly key: string; readonly value: V; readonly order: number};
/** A leaf of the map's trie, which has all entries whose keys have the same hash. */
type Leaf<V> = {readonly hash: number; readonly entries: readonly Entry<V>[]};
type Branch<V> = {readonly children: readonly (Node<V> | undefined)[]};
type Node<V> = Leaf<V> | Branch<V>;

const BITS = 4;
const WIDTH = 1 << BITS;

/** Returns the hash of a text key: 32-bit FNV-1a over its UTF-16 code units. */
const hashOf = (key: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
};

const isLeaf = <V>(node: Node<V>): node is Leaf<V> => 'entries' in node;
const slot = (hash: number, depth: number): number => (hash >>> (BITS * depth)) & (WIDTH - 1);

const branchWith = <V>(branch: Branch<V>, at: number, child: Node<V> | undefined): Branch<V> => ({
  children: branch.children.with(at, child),
});

const emptyBranch = {children: Array.from({length: WIDTH}, () => undefined)};

const find = <V>(root: Node<V> | undefined, key: string, hash = hashOf(key)): Entry<V> | undefined => {
  let node = root;
  for (let depth = 0; node !== undefined && !isLeaf(node); depth++) node = node.children[slot(hash, depth)];
  return node?.hash === hash ? node.entries.find((entry) => entry.key === key) : undefined;
};

const put = <V>(node: Node<V> | undefined, leaf: Leaf<V>, depth: number): Node<V> => {
  if (node === undefined) return leaf;
  if (!isLeaf(node)) {
    const at = slot(leaf.hash, depth);
    return branchWith(node, at, put(node.children[at], leaf, depth + 1));
  }
  if (node.hash !== leaf.hash) {
    const split: Branch<V> = branchWith(emptyBranch, slot(node.hash, depth), node);
    return put(split, leaf, depth);
  }
  const [added] = leaf.entries;
  return {hash: node.hash, entries: [...node.entries.filter(({key}) => key !== added?.key), ...leaf.entries]};
};

const drop = <V>(node: Node<V>, key: string, hash: number, depth = 0): Node<V> | undefined => {
  if (isLeaf(node)) {
    const entries = node.entries.filter((entry) => entry.key !== key);
    return entries.length === 0 ? undefined : {hash: node.hash, entries};
  }
  const at = slot(hash, depth);
  const child = node.children[at];
  const left = branchWith(node, at, child && drop(child, key, hash, depth + 1));
  return left.children.every((each) => each === undefined) ? undefined : left;
};

const collect = <V>(node: Node<V> | undefined, into: Entry<V>[]): void => {
  if (node === undefined) return;
  if (isLeaf(node)) into.push(...node.entries);
  else for (const child of node.children) collect(child, into);
};

/** Returns the entry of the map that fits and was inserted first; undefined if none fits. `best` is the earliest one so far. */
const earliest = <V>(
  node: Node<V> | undefined,
  fits: (value: V) => boolean,
  best?: Entry<V>,
): Entry<V> | undefined => {
  if (node === undefined) return best;
  let found = best;
  if (!isLeaf(node)) {
    for (const child of node.children) found = earliest(child, fits, found);
    return found;
  }
  for (const entry of node.entries)
    if ((found === undefined || entry.order < found.order) && fits(entry.value)) found = entry;
  return found;
};

export class Table<V> implements Iterable<readonly [string, V]> {
  readonly size: number;
  readonly #root: Node<V> | undefined;
  readonly #inserted: number;

  private constructor(root: Node<V> | undefined, size: number, inserted: number) {
    this.#root = root;
    this.size = size;
    this.#inserted = inserted;
  }

  static empty<V>(): Table<V> {
    return new Table<V>(undefined, 0, 0);
  }

  get(key: string): V | undefined {
    return find(this.#root, key)?.value;
  }

  has(key: string): boolean {
    return find(this.#root, key) !== undefined;
  }

  /** Returns the map with `key` set to a value; an existing key keeps its place in the order. */
  with(key: string, value: V): Table<V> {
    const hash = hashOf(key);
    const before = find(this.#root, key, hash);
    const order = before?.order ?? this.#inserted;
    const root = put(this.#root, {hash, entries: [{key, value, order}]}, 0);
    return before === undefined
      ? new Table(root, this.size + 1, this.#inserted + 1)
      : new Table(root, this.size, this.#inserted);
  }

  without(key: string): Table<V> {
    if (this.#root === undefined || !this.has(key)) return this;
    return new Table(drop(this.#root, key, hashOf(key)), this.size - 1, this.#inserted);
  }

  /** Returns the map without the key that was inserted first; finding it takes a search over all entries. */
  withoutOldest(): Table<V> {
    const [oldest] = this.#entries();
    return oldest === undefined ? this : this.without(oldest.key);
  }

  /** Returns the value that fits and was inserted first, without making a list; undefined if none fits. */
  first(fits: (value: V) => boolean): V | undefined {
    return earliest(this.#root, fits)?.value;
  }

  #entries(): readonly Entry<V>[] {
    const entries: Entry<V>[] = [];
    collect(this.#root, entries);
    return entries.sort((a, b) => a.order - b.order);
  }

  *[Symbol.iterator](): IterableIterator<readonly [string, V]> {
    for (const {key, value} of this.#entries()) yield [key, value];
  }

  *keys(): IterableIterator<string> {
    for (const {key} of this.#entries()) yield key;
  }

  *values(): IterableIterator<V> {
    for (const {value} of this.#entries()) yield value;
  }
}
