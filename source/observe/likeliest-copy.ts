// Finds out which of several segments with the same sequence numbers an acknowledgment answers if it names none: by the length of the round
// trip (RFC 6298 §3), and by what the receiver said before as if one had not arrived.

import {type Seq, seqLe, seqLt} from '../wire/seq.ts';
import {mostWorkUs} from './bounds.ts';
import type {Way} from './fates-way.ts';
import {Flag, type SackBlock, type SeenSegment, spaceOf} from './seen-segment.ts';
import type {Copy} from './sent-copies.ts';

/** An acknowledgment, with what its sender had acknowledged before and the shortest round-trip time to it. */
export type Heard = Pick<SeenSegment, 'frame' | 'ack' | 'atUs' | 'echo'> & {
  readonly blocks: readonly SackBlock[];
  readonly isSyn: boolean;
  /** True if the segment occupies no sequence numbers, so that it was sent only to acknowledge something. */
  readonly answers: boolean;
  /**
   * The number that the sender had acknowledged before (`before`), in which frame and when; `reports` is true if it would have reported
   * data after a gap or duplicates by SACK.
   */
  readonly before: Seq | undefined;
  readonly beforeIn: number;
  readonly beforeUs: number;
  readonly reports: boolean;
  /** True if the sender of the acknowledgment had sent something before that the capture lacks, which may have acknowledged as much. */
  readonly hasSaidMore: boolean;
  readonly roundUs: number | undefined;
  /**
   * The shortest round trip in µs, measured without answers to a repeated SYN, because such an answer is what is judged; undefined if not
   * known.
   */
  readonly surelyUs: number | undefined;
};

/** Holds what is known of an acknowledgment besides its own fields: round-trip times and the SACK blocks that count. */
export type Beside = Pick<Heard, 'roundUs' | 'surelyUs' | 'blocks'>;

export const heardOf = (
  own: Way,
  {frame, seq, ack, echo, atUs, flags, length}: SeenSegment,
  {roundUs, surelyUs, blocks}: Beside,
): Heard => ({
  ...{roundUs, surelyUs, blocks, frame, ack, echo, atUs},
  answers: spaceOf({flags, length}) === 0,
  isSyn: (flags & Flag.syn) !== 0,
  before: own.acked,
  beforeIn: own.ackedIn,
  beforeUs: own.ackedUs,
  reports: own.reports && !own.silentOnTwice,
  hasSaidMore: own.sent !== undefined && seqLt(own.sent, seq),
});

/**
 * Returns the index of the copy that arrived, of several with the same sequence numbers: the only one that the receiver did not miss, or
 * the last one if only it can have caused this acknowledgment; -1 if neither is certain.
 */
export const likeliest = (copies: readonly Copy[], heard: Heard): number => {
  // A SYN,ACK can only answer a SYN, and not a SYN,ACK of the other end.
  const open = copies.filter((copy) => (copy.calls || !heard.isSyn) && missedIn(copy, heard) === 0);
  const [only] = open;
  if (only && open.length === 1) return copies.indexOf(only);
  const last = copies.length - 1;
  const roundUs = heard.surelyUs;
  if (roundUs === undefined) return -1;
  const waitedUs = (copy: Copy | undefined): number => heard.atUs - (copy?.atUs ?? 0);
  const isAlone = open.every((copy) => copy === copies[last] || isOverdue(waitedUs(copy), roundUs));
  return heard.answers && isAlone && waitedUs(copies[last]) >= roundUs ? last : -1;
};

export const holds = ({seq, end}: Copy, number: Seq): boolean => seqLe(seq, number) && seqLt(number, end);

/**
 * Tells whether an end that had received a segment would have answered it after `waitedUs`: one and a half round trips and some time for
 * processing have passed.
 */
export const isOverdue = (waitedUs: number, roundUs: number): boolean =>
  waitedUs >= 1.5 * roundUs + mostWorkUs;

/**
 * Returns the frame in which the receiver acted as if `copy` had not arrived, although it had time to answer it; 0 if there is none. A SYN
 * shows that nothing has arrived.
 */
export const missedIn = (copy: Copy, {before, beforeIn, beforeUs, roundUs}: Heard): number => {
  if (copy.missedIn > 0) return copy.missedIn;
  const isNext = before === undefined || holds(copy, before);
  const leastUs = roundUs ?? (before === undefined ? Infinity : 0);
  return isNext && isOverdue(beforeUs - copy.atUs, leastUs) ? beforeIn : 0;
};
