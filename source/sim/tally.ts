// Counts how often each of many things happened, in an immutable binary trie over 32-bit keys, so that counting copies a path, not a map.

type Leaf = {readonly key: number; readonly count: number};
type Branch = {readonly zero: Tally | undefined; readonly one: Tally | undefined};
export type Tally = Leaf | Branch;

const isLeaf = (node: Tally): node is Leaf => 'key' in node;
const bit = (key: number, depth: number): number => (key >>> depth) & 1;

const split = (leaf: Leaf, depth: number): Branch =>
  bit(leaf.key, depth) ? {zero: undefined, one: leaf} : {zero: leaf, one: undefined};

export const tallyOf = (tally: Tally | undefined, key: number): number => {
  let node = tally;
  for (let depth = 0; node && !isLeaf(node); depth++) node = bit(key, depth) ? node.one : node.zero;
  return node && isLeaf(node) && node.key === key ? node.count : 0;
};

export const tallyAdd = (tally: Tally | undefined, key: number, depth = 0): Tally => {
  if (!tally) return {key, count: 1};
  if (isLeaf(tally) && tally.key === key) return {key, count: tally.count + 1};
  const branch = isLeaf(tally) ? split(tally, depth) : tally;
  return bit(key, depth)
    ? {zero: branch.zero, one: tallyAdd(branch.one, key, depth + 1)}
    : {zero: tallyAdd(branch.zero, key, depth + 1), one: branch.one};
};
