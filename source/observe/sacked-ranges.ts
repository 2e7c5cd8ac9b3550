// Keeps the ranges that SACK options have reported among the octets in flight (RFC 2018 §3), for an observer.
import {type Seq, seqLe, seqLt, seqMax} from '../wire/seq.ts';
import type {SackBlock} from './seen-segment.ts';

/** The most ranges that are kept; a receiver reports fewer of one window. */
const mostRanges = 64;

const inserted = (ranges: readonly SackBlock[], added: SackBlock): readonly SackBlock[] => {
  const apart = (range: SackBlock): boolean =>
    seqLt(range.right, added.left) || seqLt(added.right, range.left);
  const {left, right} = ranges
    .filter((range) => !apart(range))
    .reduce(
      (whole, range) => ({
        left: seqLt(range.left, whole.left) ? range.left : whole.left,
        right: seqMax(range.right, whole.right),
      }),
      added,
    );
  const before = ranges.filter((range) => seqLt(range.right, left));
  return [...before, {left, right}, ...ranges.filter((range) => seqLt(right, range.left))];
};

/**
 * Returns the ranges with those of the new blocks added, in rising order and without what lies below SND.UNA. Blocks outside SND.UNA …
 * SND.NXT report duplicates (RFC 2883) or octets that were never sent.
 */
export const withBlocks = (
  ranges: readonly SackBlock[],
  blocks: readonly SackBlock[],
  {una, nxt}: {readonly una: Seq; readonly nxt: Seq},
): readonly SackBlock[] => {
  if (ranges.length + blocks.length === 0) return ranges;
  let result: readonly SackBlock[] = ranges
    .filter(({right}) => seqLt(una, right))
    .map(({left, right}) => ({left: seqMax(left, una), right}));
  for (const {left, right} of blocks)
    if (seqLe(una, left) && seqLt(left, right) && seqLe(right, nxt) && result.length < mostRanges)
      result = inserted(result, {left, right});
  return result;
};
