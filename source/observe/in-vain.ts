// Finds probes and segments that were never answered, and the segment that an RST answers.
import {initialTimerUs, mostDelayedAckUs} from './bounds.ts';
import type {Way} from './fates-way.ts';
import {isOverdue} from './likeliest-copy.ts';
import {Flag, type SeenSegment} from './seen-segment.ts';
import type {Copy} from './sent-copies.ts';

/**
 * The time in µs within which Linux sends only one answer to segments that it cannot use (tcp_invalid_ratelimit; RFC 5961 §7 asks for some
 * limit).
 */
const answerLimitUs = 500_000;

/**
 * Returns the segment that an RST without ACK answers because no connection exists: its acknowledgment number is the RST's sequence number
 * (RFC 9293 §3.10.7.1). Of several, it is the first whose answer is not overdue; undefined if there is none.
 */
export const refusedBy = (
  back: Pick<Way, 'settled' | 'copies'>,
  {seq, atUs}: Pick<SeenSegment, 'seq' | 'atUs'>,
  roundUs: number,
): Copy | undefined => {
  const due = [...new Set([...back.settled, ...back.copies])]
    .filter((copy) => copy.ack === seq && !copy.refused && !copy.covered && atUs - copy.atUs >= roundUs)
    .sort((a, b) => a.frame - b.frame);
  return due.length > 1 ? due.find((copy) => !isOverdue(atUs - copy.atUs, roundUs)) : due[0];
};

/**
 * Returns the segments that were sent once and should have been answered before `again` was retransmitted, but the other end had sent
 * nothing since they could arrive.
 */
export const unheardOf = (
  {copies}: Pick<Way, 'copies'>,
  {spokeUs}: Pick<Way, 'spokeUs'>,
  again: Copy,
  roundUs: number,
): readonly Copy[] =>
  copies.filter(
    ({covered, again: repeated, refused, atUs}) =>
      !covered &&
      repeated === 0 &&
      !refused &&
      (spokeUs === undefined || spokeUs < atUs + roundUs) &&
      isOverdue(again.atUs - atUs - mostDelayedAckUs, roundUs),
  );

/**
 * Returns the frame of a keep-alive or zero-window probe that got no answer, because its sender probes again or resets the connection (RFC
 * 9293 §3.8.4, §3.8.6.1); 0 if there is none. `roundUs` is the round trip to the other end.
 */
export const probedInVain = (
  own: Way,
  back: Way,
  {frame, flags, atUs}: SeenSegment,
  {isProbe, roundUs = initialTimerUs}: {readonly isProbe: boolean; readonly roundUs: number | undefined},
): number => {
  const {probe} = own;
  const isOver = probe !== undefined && (isProbe || (flags & Flag.rst) > 0);
  if (!isProbe) back.probe = undefined;
  else
    own.probe = back.spokeUs === undefined || atUs - back.spokeUs > answerLimitUs ? {frame, atUs} : undefined;
  return isOver && isOverdue(atUs - probe.atUs, roundUs) ? probe.frame : 0;
};
