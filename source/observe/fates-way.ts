// Everything known of one end of a captured connection that tells the fate of the other end's segments.

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
  /** The segments that are not wholly acknowledged yet, in the order in which they passed. */
  copies: Copy[] = emptyList;
  /** The sequence number after the highest one that was sent. */
  sent: Seq | undefined;
  /** True while each segment begins where the one before it ended, or later. */
  inOrder = true;
  /** The newest segments that were acknowledged after they had been retransmitted. */
  settled: Copy[] = emptyList;
  repeats: Repeats | undefined;
  readonly stamps = new RecentStamps();
  pure: PureAck[] = emptyList;
  /** The highest acknowledgment number that this end has sent, and the frame and time in which it sent it last. */
  acked: Seq | undefined;
  ackedIn = 0;
  ackedUs = 0;
  /** True if the capture contains this direction from its SYN on without a gap: then whatever is acknowledged was captured. */
  complete = false;
  spoke = false;
  /** True if this end said with its SYN that it sends SACK, or sends it: it would report data that arrive after a gap. */
  reports = false;
  /** True if this end has answered a duplicate without reporting it: it uses SACK without RFC 2883. */
  silentOnTwice = false;
  /** The number of times in a row that this end has asked for the same data again and sent nothing else. */
  asked = 0;
  /** The last window field that this end sent. `unscaled` is true if it came with a SYN, whose window is never scaled. */
  window = 0;
  unscaled = false;
  /** The window scale that this end's SYN offers. */
  shift: number | undefined;
  newestEcho: number | undefined;
  /** The time in µs at which the last segment of this direction passed; undefined if there was none. */
  spokeUs: number | undefined;
  /** The last probe of this end while nothing has been heard of the other end since. */
  probe: Pick<SeenSegment, 'frame' | 'atUs'> | undefined;
  /** undefined until something is lost, because most ways lose nothing. */
  losses: Losses | undefined;
}

/** The most judged segments and the most pure ACKs that are remembered, so that they can be judged again. */
const remembered = 64;

/** Appends one to a list, which keeps only its newest elements. */
export const withLast = <T extends object>(list: T[], one: T): T[] => {
  if (list.length >= remembered) list.shift();
  return withOneMore(list, one);
};

/** The window after a SYN is in units of the scale, so the same window may appear up to one unit different (RFC 7323 §2.2). */
export const tellsSameWindow = (own: Way, back: Way, {flags, window}: SeenSegment): boolean => {
  if (!own.unscaled || flags & Flag.syn) return window === own.window;
  const shift = back.shift === undefined ? 0 : Math.min(mostShift, own.shift ?? 0);
  return Math.abs((window << shift) - own.window) < 1 << shift;
};
