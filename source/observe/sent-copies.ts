// The transmissions of sequence numbers in one direction, and which of them remain open after an acknowledgment.
import {type Seq, seqAdd, seqDiff, seqLe, seqLt} from '../wire/seq.ts';
import {Flag, type SackBlock, type SeenSegment, spaceOf} from './seen-segment.ts';

/** One transmission of sequence numbers. */
export type Copy = {
  readonly frame: number;
  readonly seq: Seq;
  readonly end: Seq;
  /** The acknowledgment number of the segment. */
  readonly ack: Seq;
  readonly stamp: number | undefined;
  readonly atUs: number;
  /** True for a SYN without ACK. A SYN,ACK answers it, and does not repeat it if both ends call each other (RFC 9293 §3.5). */
  readonly calls: boolean;
  /** True if nothing tells the copy from an equal one that the path made, or if it is a probe. */
  twin: boolean;
  /** True once the other end has reported that it has these numbers. */
  covered: boolean;
  /** True if the copy contains numbers that nobody had sent before. */
  readonly isNew: boolean;
  /** The number of later segments that arrived without this one, and the frame that shows it; 0 if none. */
  overtakenBy: number;
  missedIn: number;
  /** True if a useless segment has arrived that may have been this one. */
  doubted: boolean;
  /** True if D-SACK has reported that it arrived after its numbers had. */
  idle: boolean;
  /** The frame in which the copy's numbers passed again; 0 if none. */
  again: number;
  /** True if an RST has answered the copy. */
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

/** Tells whether there is an octet that only `copy` contains. `others` overlap it. */
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

/** Returns the copies that are not wholly acknowledged, and those that share numbers with them. */
export const stillNeeded = (copies: readonly Copy[], ack: Seq): Copy[] => {
  const waiting = copies.filter(({covered}) => !covered);
  return copies.filter(
    (copy) => !copy.covered || seqLt(ack, copy.end) || waiting.some((each) => overlap(each, copy)),
  );
};

/** Notes that later copies have arrived, so that the earlier ones are missing. */
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
