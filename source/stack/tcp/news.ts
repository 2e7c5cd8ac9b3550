// The news of one ACK for a sender that looks for losses: collected while it is read, then acted on, all within one step.
import type {Seq} from '../../wire/seq.ts';
import {hasFlag, segLen, type TcpSegment} from '../../wire/tcp.ts';
import type {Connection} from './connection.ts';
import {stampOf} from './timestamps.ts';

export type News = {
  readonly segment: TcpSegment;
  /** SND.UNA before this ACK and after it. */
  readonly from: Seq;
  readonly una: Seq;
  /** True if the segment is more than a duplicate: it acknowledges, carries data, or changes the window. */
  readonly newer: boolean;
  readonly congested: boolean;
  /** The timestamp of this end that the segment echoes. */
  readonly echo: number | undefined;
  /** The number of segments that are now known to have arrived. */
  delivered: number;
  /** The number of segments that are lost since this ACK. */
  losses: number;
  /** True if the segment SACKs something new; `duplicate` if it reports a duplicate, and `duplicateOfProbe` if that was a loss probe. */
  sacks: boolean;
  duplicate: boolean;
  duplicateOfProbe: boolean;
  /**
   * The number of segments taken from the queue; `repeated` if one of them had been retransmitted; `original` if one below the episode's
   * point had not.
   */
  taken: number;
  repeated: boolean;
  original: boolean;
  /** True if a retransmission was lost as well. */
  lostAgain: boolean;
  /** True if the timer has to be restarted. */
  rearms: boolean;
  /** The lowest segment that arrived late without having been retransmitted. */
  lateFrom: Seq;
  /** The times at which the newly SACKed segments that were sent once had been sent: the first and the last. */
  sackedUs: {readonly first: number; readonly last: number} | undefined;
  /** The round-trip time of the newest segment that was sent once. */
  roundTripUs: number | undefined;
  /** The number of segments delivered when the newest of the taken ones was sent. */
  deliveredBefore: number | undefined;
};

export function newsOf(tcb: Connection, segment: TcpSegment): News {
  const {snd, scale, ecnOn, timestampsOn} = tcb;
  const wnd = segment.window << scale.snd;
  const newerWindow =
    segment.seq === snd.wl1 ? wnd > snd.wnd || wnd === 0 : ((segment.seq - snd.wl1) | 0) > 0;
  const advances = ((segment.ack - snd.una) | 0) > 0;
  const echo = timestampsOn ? stampOf(segment)?.ecr : undefined;
  return {
    segment,
    from: snd.una,
    una: advances ? segment.ack : snd.una,
    newer: advances || segLen(segment) > 0 || newerWindow,
    congested: ecnOn && hasFlag(segment, 'ECE') && !hasFlag(segment, 'SYN'),
    echo: echo === 0 ? undefined : echo,
    delivered: 0,
    losses: 0,
    sacks: false,
    duplicate: false,
    duplicateOfProbe: false,
    taken: 0,
    repeated: false,
    original: false,
    lostAgain: false,
    rearms: false,
    lateFrom: snd.nxt,
    sackedUs: undefined,
    roundTripUs: undefined,
    deliveredBefore: undefined,
  };
}

export const advances = ({from, una}: News): boolean => from !== una;
