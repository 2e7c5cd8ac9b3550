// Keeps the ranges of data in flight that SACK options have reported (RFC 2018 §3), for a TCP connection in a capture.
import {type Seq, seqLe, seqLt, seqMax} from '../wire/seq.ts';
import type {SackBlock} from './seen-segment.ts';

/** The highest number of SACK ranges that are kept; a receiver reports fewer of one window. */
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
 * Adds new SACK blocks to the known ranges; returns them in rising order, without what lies below SND.UNA. Blocks outside SND.UNA … SND.NXT
 * are ignored: they report duplicates (RFC 2883) or octets that were never sent.
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
