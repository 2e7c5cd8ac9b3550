// The data about one end of a captured connection that are needed to deduce the fates of segments in both directions.

import type {Seq} from '../wire/seq.ts';
import {mostShift} from '../wire/tcp.ts';
import type {Repeats} from './idle-answers.ts';
import type {Losses} from './losses.ts';
import {RecentStamps} from './recent-stamps.ts';
import {Flag, type SeenSegment} from './seen-segment.ts';
import type {Copy} from './sent-copies.ts';
import {emptyList, withOneMore} from './short-list.ts';

/** A segment that carries nothing but an acknowledgment. */
type PureAck = {readonly frame: number; readonly ack: Seq; readonly atUs: number};

export class Way {
  /** The segments of this end that are not wholly acknowledged yet, in the order in which they were captured. */
  copies: Copy[] = emptyList;
  /** The sequence number after the highest one that this end has sent; undefined if it has sent none. */
  sent: Seq | undefined;
  /** True while each captured segment of this end begins where the one before it ended, or later. */
  inOrder = true;
  /** The newest segments of this end that were acknowledged after they had been retransmitted. */
  settled: Copy[] = emptyList;
  repeats: Repeats | undefined;
  readonly stamps = new RecentStamps();
  pure: PureAck[] = emptyList;
  /**
   * The highest acknowledgment number that this end has sent, with the frame and time of the last segment that carried it; undefined if
   * there is none.
   */
  acked: Seq | undefined;
  ackedIn = 0;
  ackedUs = 0;
  /** True if the capture contains this direction from its SYN on without a gap: then whatever is acknowledged was captured. */
  complete = false;
  spoke = false;
  /** True if this end uses SACK (its SYN permits it, or it sends SACK blocks), so that it would report data that arrive after a gap. */
  reports = false;
  /** True if this end has answered a duplicate without reporting it by D-SACK (RFC 2883). */
  silentOnTwice = false;
  /** The number of times in a row that this end has asked for the same data again and sent nothing else. */
  asked = 0;
  /** The last window field that this end sent. `unscaled` is true if it came with a SYN, whose window is never scaled. */
  window = 0;
  unscaled = false;
  /** The window scale that this end's SYN offers; undefined if it offers none. */
  shift: number | undefined;
  newestEcho: number | undefined;
  /** The time in µs at which the last segment of this end was captured; undefined if there was none. */
  spokeUs: number | undefined;
  /** The last probe of this end (frame and time) if nothing was heard of the other end since; otherwise undefined. */
  probe: Pick<SeenSegment, 'frame' | 'atUs'> | undefined;
  /** The losses of this direction; undefined until something is lost, because most directions lose nothing. */
  losses: Losses | undefined;
}

/** The most judged segments and the most pure ACKs of one end that are remembered, so that they can be judged again. */
const remembered = 64;

/** Appends an element to a list that keeps only the newest `remembered` elements, and returns it. */
export const withLast = <T extends object>(list: T[], one: T): T[] => {
  if (list.length >= remembered) list.shift();
  return withOneMore(list, one);
};

/**
 * Tells whether a segment announces the same window as the one before. After a SYN the window is in units of the scale, so it may differ by
 * up to one unit (RFC 7323 §2.2).
 */
export const tellsSameWindow = (own: Way, back: Way, {flags, window}: SeenSegment): boolean => {
  if (!own.unscaled || flags & Flag.syn) return window === own.window;
  const shift = back.shift === undefined ? 0 : Math.min(mostShift, own.shift ?? 0);
  return Math.abs((window << shift) - own.window) < 1 << shift;
};
