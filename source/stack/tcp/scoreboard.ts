// The SACKed bytes in flight, as ranges, and which of the other bytes are lost (RFC 6675 §1 to §4, RFC 2018 §8).
import {type Seq, seqAdd, seqDiff, seqLe, seqLt, seqMax} from '../../wire/seq.ts';

export type SeqRange = {readonly left: Seq; readonly right: Seq};

/** DupThresh: the number of duplicate ACKs that indicate a loss (RFC 5681 §3.2, RFC 6675 §2). */
export const DUP_THRESHOLD = 3;

const holds = ({left, right}: SeqRange, {left: from, right: to}: SeqRange): boolean =>
  seqLe(left, from) && seqLe(to, right);

function insert(ranges: readonly SeqRange[], added: SeqRange): readonly SeqRange[] {
  let {left, right} = added;
  const before: SeqRange[] = [];
  const after: SeqRange[] = [];
  for (const range of ranges) {
    if (seqLt(range.right, left)) before.push(range);
    else if (seqLt(right, range.left)) after.push(range);
    else {
      left = seqLt(range.left, left) ? range.left : left;
      right = seqMax(range.right, right);
    }
  }
  return [...before, {left, right}, ...after];
}

/**
 * Returns the SACKed ranges, ascending and disjoint, with those of new SACK blocks. Blocks outside SND.UNA … SND.NXT, which report
 * duplicates (RFC 2883) or unsent data, are left out. The same list means that nothing is new.
 */
export function addBlocks(
  ranges: readonly SeqRange[],
  blocks: readonly SeqRange[],
  {una, nxt}: {readonly una: Seq; readonly nxt: Seq},
): readonly SeqRange[] {
  let result = ranges;
  for (const {left, right} of blocks) {
    const sane = seqLe(una, left) && seqLt(left, right) && seqLe(right, nxt);
    const block = {left, right};
    if (sane && !result.some((range) => holds(range, block))) result = insert(result, block);
  }
  return result;
}

/** Returns the SACKed ranges without the bytes that are acknowledged, after SND.UNA has moved. */
export function cutBelow(ranges: readonly SeqRange[], una: Seq): readonly SeqRange[] {
  const [first] = ranges;
  if (first === undefined || seqLe(una, first.left)) return ranges;
  return ranges
    .filter(({right}) => seqLt(una, right))
    .map(({left, right}) => ({left: seqMax(left, una), right}));
}

/** Returns how many of the bytes `from` … `to` are not SACKed. */
export function unsackedBytes(ranges: readonly SeqRange[], from: Seq, to: Seq): number {
  let bytes = Math.max(0, seqDiff(to, from));
  for (const {left, right} of ranges) {
    const start = seqMax(left, from);
    const end = seqLt(right, to) ? right : to;
    bytes -= Math.max(0, seqDiff(end, start));
  }
  return bytes;
}

/**
 * IsLost (RFC 6675 §4): returns the number below which everything not SACKed is lost, because three ranges or more than two segments of
 * bytes have been SACKed above it; `una` if nothing is lost.
 */
export function lostEdge(ranges: readonly SeqRange[], una: Seq, mss: number): Seq {
  let bytes = 0;
  for (let above = 1; above <= ranges.length; above += 1) {
    const range = ranges[ranges.length - above];
    if (range === undefined) break;
    bytes += seqDiff(range.right, range.left);
    if (above >= DUP_THRESHOLD || bytes > (DUP_THRESHOLD - 1) * mss) return range.left;
  }
  return una;
}

/** Returns the first sequence number at or after `from` and below `to` that is not SACKed; undefined if all are. */
export function firstHole(ranges: readonly SeqRange[], from: Seq, to: Seq): Seq | undefined {
  let hole = from;
  for (const {left, right} of ranges) {
    if (seqLt(hole, left)) break;
    hole = seqMax(hole, right);
  }
  return seqLt(hole, to) ? hole : undefined;
}

/** Returns the sequence number after the highest SACKed byte; `una` if nothing is SACKed. */
export const highestSacked = (ranges: readonly SeqRange[], una: Seq): Seq => ranges.at(-1)?.right ?? una;

/**
 * Tells whether the peer has dropped data that it had SACKed: the oldest SACKed range begins at SND.UNA, which it still asks for
 * (RFC 2018 §8).
 */
export const reneged = (ranges: readonly SeqRange[], una: Seq): boolean =>
  ranges[0] !== undefined && seqLt(ranges[0].left, seqAdd(una, 1));
