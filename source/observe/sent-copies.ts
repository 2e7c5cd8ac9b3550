// Transmissions of sequence numbers of one way, and which of them what was acknowledged leaves open.
import {type Seq, seqAdd, seqDiff, seqLe, seqLt} from '../wire/seq.ts';
import {Flag, type SackBlock, type SeenSegment, spaceOf} from './seen-segment.ts';

/** One transmission of sequence numbers. */
export type Copy = {
  readonly frame: number;
  readonly seq: Seq;
  readonly end: Seq;
  /** What it acknowledges. */
  readonly ack: Seq;
  readonly stamp: number | undefined;
  readonly atUs: number;
  /** SYN without ACK, which SYN,ACK answers and does not repeat where both ends call (RFC 9293 §3.5). */
  readonly calls: boolean;
  /** There is another like it that nothing tells from it: made on the way, or a probe. */
  twin: boolean;
  /** The other end has said to have these numbers. */
  covered: boolean;
  /** It carries what nobody had sent before. */
  readonly isNew: boolean;
  /** How many that left later had come without it, and what tells; 0: none. */
  overtakenBy: number;
  missedIn: number;
  /** Something came that was of no use: perhaps this. */
  doubted: boolean;
  /** D-SACK has told that it came, and that its numbers had come before. */
  idle: boolean;
  /** In which frame its numbers passed again; 0: in none. */
  again: number;
  /** A RST has answered it. */
  refused: boolean;
};

export const copyOf = (segment: SeenSegment, {twin, isNew}: Pick<Copy, 'twin' | 'isNew'>): Copy => {
  const {frame, seq, ack, stamp, atUs, flags} = segment;
  const end = seqAdd(seq, spaceOf(segment));
  const calls = (flags & (Flag.syn | Flag.ack)) === Flag.syn;
  return {
    frame,
    seq,
    end,
    ack,
    stamp,
    atUs,
    calls,
    twin,
    isNew,
    covered: false,
    overtakenBy: 0,
    missedIn: 0,
    doubted: false,
    idle: false,
    again: 0,
    refused: false,
  };
};

export const overlap = (one: Copy, other: Copy): boolean =>
  seqLt(one.seq, other.end) && seqLt(other.seq, one.end);

/** Is there an octet that only `copy` carries? `others` overlap it. */
export const carriesMore = (copy: Copy, others: readonly Copy[]): boolean => {
  const size = seqDiff(copy.end, copy.seq);
  const ranges = others
    .map(({seq, end}) => [seqDiff(seq, copy.seq), seqDiff(end, copy.seq)] as const)
    .sort(([a], [b]) => a - b);
  let reached = 0;
  for (const [from, to] of ranges) {
    if (from > reached) return true;
    reached = Math.max(reached, to);
  }
  return reached < size;
};

export const isCovered = (
  {seq, end}: Pick<Copy, 'seq' | 'end'>,
  ack: Seq,
  blocks: readonly SackBlock[],
): boolean => seqLe(end, ack) || blocks.some(({left, right}) => seqLe(left, seq) && seqLe(end, right));

/** Those that are not acknowledged as a whole, and whatever carries numbers that they carry. */
export const stillNeeded = (copies: readonly Copy[], ack: Seq): Copy[] => {
  const waiting = copies.filter(({covered}) => !covered);
  return copies.filter(
    (copy) => !copy.covered || seqLt(ack, copy.end) || waiting.some((each) => overlap(each, copy)),
  );
};

/** What was sent later is there: the others are missing. */
export const noteMissing = (copies: readonly Copy[], frame: number): void => {
  let later = 0;
  for (const copy of copies.toReversed()) {
    if (copy.covered) later += copy.isNew ? 1 : 0;
    else if (later > 0) {
      copy.overtakenBy = later;
      copy.missedIn = frame;
    }
  }
};
