// What shows that nobody answered, and what a RST answers.
import {initialTimerUs, mostDelayedAckUs} from './bounds.ts';
import type {Way} from './fates-way.ts';
import {isOverdue} from './likeliest-copy.ts';
import {Flag, type SeenSegment} from './seen-segment.ts';
import type {Copy} from './sent-copies.ts';

/** Linux answers nothing that it cannot use so soon behind another such answer (tcp_invalid_ratelimit; RFC 5961 §7 asks for some limit). */
const answerLimitUs = 500_000;

/**
 * Of what `back` sent, the segment that met no connection: such a RST has no ACK, and the number that the segment acknowledged
 * (RFC 9293 §3.10.7.1). Each draws one, so the first that has drawn none; undefined: nobody knows.
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

/** Sent once, and by the time of `again`, which repeats another one, the other end would have answered it and had said nothing. */
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
 * The frame of the probe that had no answer: whoever probes again, or gives up, has heard nothing (RFC 9293 §3.8.4, §3.8.6.1).
 * 0: there is none. `roundUs`: to the other end and back.
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
