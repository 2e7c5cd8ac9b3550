// Stores segments that arrived out of order (RFC 9293 §3.10.7.4, SHLD-31), and makes their SACK blocks (RFC 2018 §4).
import {type Rope, ropeConcat, ropeSlice} from '../../wire/rope.ts';
import {type Seq, seqAdd, seqDiff, seqLe, seqLt} from '../../wire/seq.ts';

/** A contiguous run of received bytes beyond a gap. `age` grows with each change, so that the newest block can be reported first. */
export type Block = {readonly seq: Seq; readonly data: Rope; readonly age: number};

const end = (block: Block): Seq => seqAdd(block.seq, block.data.length);

/**
 * Returns the blocks of data beyond a gap with new data added, which are joined with the blocks that they touch; where they overlap, the
 * bytes that came first stay.
 */
export function insertBlock(blocks: readonly Block[], seq: Seq, data: Rope): readonly Block[] {
  if (data.length === 0) return blocks;
  let merged: Block = {seq, data, age: blocks.reduce((age, block) => Math.max(age, block.age), 0) + 1};
  const before: Block[] = [];
  const after: Block[] = [];
  for (const block of blocks) {
    if (seqLt(end(block), merged.seq)) before.push(block);
    else if (seqLt(end(merged), block.seq)) after.push(block);
    else merged = join(block, merged);
  }
  return [...before, merged, ...after];
}

function join(kept: Block, added: Block): Block {
  const head = ropeSlice(added.data, 0, Math.max(0, seqDiff(kept.seq, added.seq)));
  const tail = ropeSlice(added.data, Math.max(0, seqDiff(end(kept), added.seq)));
  return {
    seq: head.length > 0 ? added.seq : kept.seq,
    data: ropeConcat(ropeConcat(head, kept.data), tail),
    age: added.age,
  };
}

/**
 * Returns the data of the block that is in order at `nxt`, and the other blocks, which are still beyond a gap; undefined if none is in
 * order.
 */
export function takeInOrder(
  blocks: readonly Block[],
  nxt: Seq,
): {data: Rope; rest: readonly Block[]} | undefined {
  const [first, ...rest] = blocks;
  return first?.seq === nxt ? {data: first.data, rest} : undefined;
}

/** Returns the blocks of a SACK option, the most recently changed first, at most `limit` of them (RFC 2018 §4). */
export function sackBlocks(
  blocks: readonly Block[],
  nxt: Seq,
  limit: number,
): readonly {left: Seq; right: Seq}[] {
  return blocks
    .filter((block) => !seqLe(block.seq, nxt))
    .toSorted((a, b) => b.age - a.age)
    .slice(0, limit)
    .map((block) => ({left: block.seq, right: end(block)}));
}
