// What is known of one end of a captured connection, as far as it tells what became of the other end's segments.

import type {Seq} from '../wire/seq.ts';
import {mostShift} from '../wire/tcp.ts';
import type {Repeats} from './idle-answers.ts';
import type {Losses} from './losses.ts';
import {RecentStamps} from './recent-stamps.ts';
import {Flag, type SeenSegment} from './seen-segment.ts';
import type {Copy} from './sent-copies.ts';
import {emptyList, withOneMore} from './short-list.ts';

/** What carries nothing but an acknowledgment. */
type PureAck = {readonly frame: number; readonly ack: Seq; readonly atUs: number};

export class Way {
  /** In the order in which they passed, not acknowledged as a whole yet. */
  copies: Copy[] = emptyList;
  /** Behind the last number that was sent. */
  sent: Seq | undefined;
  /** Each begins where the one before ended, or beyond. */
  inOrder = true;
  /** The newest that were acknowledged after they had been repeated. */
  settled: Copy[] = emptyList;
  repeats: Repeats | undefined;
  readonly stamps = new RecentStamps();
  pure: PureAck[] = emptyList;
  /** The highest acknowledgment that this end has sent, and where it said so last. */
  acked: Seq | undefined;
  ackedIn = 0;
  ackedUs = 0;
  /** It was seen to begin, and nothing of it was missed: whatever is acknowledged has passed here. */
  complete = false;
  spoke = false;
  /** What this end said with its SYN, or does: it would report what lies behind a gap. */
  reports = false;
  /** It has answered what came twice and did not say so: SACK without RFC 2883. */
  silentOnTwice = false;
  /** How often in a row it has asked for the same again, with nothing else to say. */
  asked = 0;
  /** As it was told last, and whether with a SYN, whose window is never scaled. */
  window = 0;
  unscaled = false;
  /** The shift that its SYN offers. */
  shift: number | undefined;
  newestEcho: number | undefined;
  /** When anything of it passed last; undefined: nothing has. */
  spokeUs: number | undefined;
  /** Its last probe, while nothing has been heard of the other end since. */
  probe: Pick<SeenSegment, 'frame' | 'atUs'> | undefined;
  /** Most ways lose nothing. */
  losses: Losses | undefined;
}

/** So many that have been judged can still be judged anew, and so many pure ACKs. */
const remembered = 64;

/** The newest of them. */
export const withLast = <T extends object>(list: T[], one: T): T[] => {
  if (list.length >= remembered) list.shift();
  return withOneMore(list, one);
};

/** The window behind a SYN is in units of the scale, so that the same window may be told up to one unit away (RFC 7323 §2.2). */
export const tellsSameWindow = (own: Way, back: Way, {flags, window}: SeenSegment): boolean => {
  if (!own.unscaled || flags & Flag.syn) return window === own.window;
  const shift = back.shift === undefined ? 0 : Math.min(mostShift, own.shift ?? 0);
  return Math.abs((window << shift) - own.window) < 1 << shift;
};
