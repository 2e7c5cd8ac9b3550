// Keeps the transmissions of the same sequence numbers in one TCP direction, and finds which of them are still undecided after an
// acknowledgment.
import {type Seq, seqAdd, seqDiff, seqLe, seqLt} from '../wire/seq.ts';
import {Flag, type SackBlock, type SeenSegment, spaceOf} from './seen-segment.ts';

/** One transmission of a range of TCP sequence numbers, which may be sent several times, with what is known of its fate. */
export type Copy = {
  readonly frame: number;
  readonly seq: Seq;
  readonly end: Seq;
  /** The acknowledgment number of the segment that was sent. */
  readonly ack: Seq;
  readonly stamp: number | undefined;
  readonly atUs: number;
  /**
   * True for a SYN without ACK. If both ends send SYNs, a SYN,ACK answers the other SYN and is no repetition of the own one
   * (RFC 9293 §3.5).
   */
  readonly calls: boolean;
  /** True if the transmission cannot be told from a copy that the path made, or is a probe. */
  twin: boolean;
  /** True once the other end has acknowledged these sequence numbers, by its number or by SACK. */
  covered: boolean;
  /** True if the transmission contains sequence numbers above all that were sent before. */
  readonly isNew: boolean;
  /**
   * The number of later transmissions of new data that arrived while this one was missing; 0 if none. `missedIn` is the frame that shows
   * it.
   */
  overtakenBy: number;
  missedIn: number;
  /** True if an acknowledgment without news may have answered this transmission, so that it may have arrived. */
  doubted: boolean;
  /** True if D-SACK has reported that this transmission arrived after its data had. */
  idle: boolean;
  /** The first frame that sent the same sequence numbers again; 0 if none did. */
  again: number;
  /** True if an RST has answered this transmission. */
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

/** Tells whether `copy` contains an octet that none of the overlapping transmissions in `others` contains. */
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

/** Returns the transmissions that are not wholly acknowledged, and those that share sequence numbers with them. */
export const stillNeeded = (copies: readonly Copy[], ack: Seq): Copy[] => {
  const waiting = copies.filter(({covered}) => !covered);
  return copies.filter(
    (copy) => !copy.covered || seqLt(ack, copy.end) || waiting.some((each) => overlap(each, copy)),
  );
};

/** Notes in `frame` that transmissions are missing, because later ones of the direction have arrived. */
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
