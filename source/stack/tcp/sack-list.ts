// SACK blocks as Linux reports them: a separate list of the last four that changed (RFC 2018 §4: the newest first, then those reported most
// recently). A block that was dropped from the list does not come back, even if its neighbour grows.
import type {Seq} from '../../wire/seq.ts';
import {seqLe, seqMax, seqMin} from '../../wire/seq.ts';
import type {SeqRange} from './scoreboard.ts';

const MOST_KEPT = 4;
/**
 * The number of SACK blocks within which a block is expected: for another one, an ACK that waits to be combined is sent first
 * (TCP_SACK_BLOCKS_EXPECTED).
 */
const EXPECTED = 2;

const touches = (a: SeqRange, b: SeqRange): boolean => seqLe(a.left, b.right) && seqLe(b.left, a.right);

const joined = (a: SeqRange, b: SeqRange): SeqRange => ({
  left: seqMin(a.left, b.left),
  right: seqMax(a.right, b.right),
});

/** Returns the list of SACK blocks after a segment beyond a gap has arrived (tcp_sack_new_ofo_skb). */
export function noted(list: readonly SeqRange[], came: SeqRange): readonly SeqRange[] {
  const at = list.findIndex((block) => touches(block, came));
  const known = list[at];
  if (known === undefined) return [came, ...list.slice(0, MOST_KEPT - 1)];
  let first = joined(known, came);
  const rest: SeqRange[] = [];
  for (const block of list.toSpliced(at, 1)) {
    if (touches(first, block)) first = joined(first, block);
    else rest.push(block);
  }
  return [first, ...rest];
}

/**
 * Tells whether the block of an arriving segment is new or not among the first two of the list, so that an ACK that waits to be combined
 * has to be sent first.
 */
export const isUnexpected = (list: readonly SeqRange[], came: SeqRange): boolean => {
  const at = list.findIndex((block) => touches(block, came));
  return (at === -1 ? list.length : at) >= EXPECTED;
};

/** Returns the list without the blocks that are in order now (tcp_sack_remove). */
export const without = (list: readonly SeqRange[], nxt: Seq): readonly SeqRange[] =>
  list.filter(({left}) => !seqLe(left, nxt));
