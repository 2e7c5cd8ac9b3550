// Which of several segments that carry the same numbers an acknowledgment answers, where nothing in it names one: by how long the way
// there and back takes (RFC 6298 §3), and by what their receiver said before as if one had not come.

import {type Seq, seqLe, seqLt} from '../wire/seq.ts';
import {mostWorkUs} from './bounds.ts';
import type {Way} from './fates-way.ts';
import {Flag, type SackBlock, type SeenSegment, spaceOf} from './seen-segment.ts';
import type {Copy} from './sent-copies.ts';

/** An acknowledgment, and how long the way to its sender and back takes at least. */
export type Heard = Pick<SeenSegment, 'frame' | 'ack' | 'atUs' | 'echo'> & {
  readonly blocks: readonly SackBlock[];
  readonly isSyn: boolean;
  /** It says nothing else, so that it would not have left unasked. */
  readonly answers: boolean;
  /** What its sender had acknowledged before, where it said so last, and whether it would have told of more. */
  readonly before: Seq | undefined;
  readonly beforeIn: number;
  readonly beforeUs: number;
  readonly reports: boolean;
  /** It had sent something before that was not seen here: that may have acknowledged as much. */
  readonly hasSaidMore: boolean;
  readonly roundUs: number | undefined;
  /** The same, but never measured by what is judged: an answer to a SYN that was repeated. */
  readonly surelyUs: number | undefined;
};

/** What an acknowledgment has beside itself. */
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
 * Which of several that were sent for the same numbers came, where nothing names it: the only one that was not missed. Or the
 * last, if nothing else can have brought this acknowledgment about, and the way is not too long for it. -1: nobody knows.
 */
export const likeliest = (copies: readonly Copy[], heard: Heard): number => {
  // SYN,ACK answers a SYN, and what answered a SYN itself is another matter.
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

/** An end that had it would have answered by then. */
export const isOverdue = (waitedUs: number, roundUs: number): boolean =>
  waitedUs >= 1.5 * roundUs + mostWorkUs;

/** In which frame its receiver spoke as if it had not come, which no lost ACK explains; a SYN alone says that nothing has. 0: in none. */
export const missedIn = (copy: Copy, {before, beforeIn, beforeUs, roundUs}: Heard): number => {
  if (copy.missedIn > 0) return copy.missedIn;
  const isNext = before === undefined || holds(copy, before);
  const leastUs = roundUs ?? (before === undefined ? Infinity : 0);
  return isNext && isOverdue(beforeUs - copy.atUs, leastUs) ? beforeIn : 0;
};
