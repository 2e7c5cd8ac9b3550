// Finds packets that nobody answered, and the segment that an RST answers.
import {initialTimerUs, mostDelayedAckUs} from './bounds.ts';
import type {Way} from './fates-way.ts';
import {isOverdue} from './likeliest-copy.ts';
import {Flag, type SeenSegment} from './seen-segment.ts';
import type {Copy} from './sent-copies.ts';

/**
 * Linux sends no answer to a segment that it cannot use within this time after another such answer (tcp_invalid_ratelimit; RFC 5961 §7 asks
 * for some limit).
 */
const answerLimitUs = 500_000;

/**
 * Returns the segment of `back` that met no connection: the RST that answers it has no ACK, and its sequence number is the segment's
 * acknowledgment number (RFC 9293 §3.10.7.1). As each such segment is answered with one RST, it is the first that has none yet; undefined
 * if nobody knows.
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
 * Returns the segments that were sent once and would have been answered before `again` was retransmitted, although the other end had sent
 * nothing.
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
 * Returns the frame of the probe that had no answer: an end that probes again, or gives up, has heard nothing (RFC 9293 §3.8.4, §3.8.6.1).
 * Returns 0 if there is none. `roundUs` is the round trip to the other end.
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
