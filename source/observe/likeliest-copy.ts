// Finds out which of several segments with the same sequence numbers an acknowledgment answers if nothing in it names one: by how long the
// round trip takes (RFC 6298 §3), and by what the receiver said before as if one of them had not arrived.

import {type Seq, seqLe, seqLt} from '../wire/seq.ts';
import {mostWorkUs} from './bounds.ts';
import type {Way} from './fates-way.ts';
import {Flag, type SackBlock, type SeenSegment, spaceOf} from './seen-segment.ts';
import type {Copy} from './sent-copies.ts';

/** An acknowledgment, and the shortest time of the round trip to its sender. */
export type Heard = Pick<SeenSegment, 'frame' | 'ack' | 'atUs' | 'echo'> & {
  readonly blocks: readonly SackBlock[];
  readonly isSyn: boolean;
  /** True if the segment is nothing but an acknowledgment, so that it would not have been sent without a reason. */
  readonly answers: boolean;
  /** The number that the sender had acknowledged before, where it did so last, and whether it would have reported more. */
  readonly before: Seq | undefined;
  readonly beforeIn: number;
  readonly beforeUs: number;
  readonly reports: boolean;
  /** True if the sender had sent something before that the capture lacks, which may have acknowledged as much. */
  readonly hasSaidMore: boolean;
  readonly roundUs: number | undefined;
  /** The round trip as in `roundUs`, but never measured by an answer to a repeated SYN, because such an answer is what is judged. */
  readonly surelyUs: number | undefined;
};

/** The facts about an acknowledgment beside its own fields. */
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
 * Returns the index of the segment that came, of several with the same numbers, if nothing names it: the only one that was not missed; or
 * the last one, if nothing else can have caused this acknowledgment and the round trip is not too long for it; -1 if nobody knows.
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

/** Tells whether an end that had received the segment would have answered by then. */
export const isOverdue = (waitedUs: number, roundUs: number): boolean =>
  waitedUs >= 1.5 * roundUs + mostWorkUs;

/**
 * Returns the frame in which the receiver acted as if the segment had not arrived, which a lost ACK does not explain; a SYN alone says that
 * nothing has arrived. Returns 0 if there is none.
 */
export const missedIn = (copy: Copy, {before, beforeIn, beforeUs, roundUs}: Heard): number => {
  if (copy.missedIn > 0) return copy.missedIn;
  const isNext = before === undefined || holds(copy, before);
  const leastUs = roundUs ?? (before === undefined ? Infinity : 0);
  return isNext && isOverdue(beforeUs - copy.atUs, leastUs) ? beforeIn : 0;
};
