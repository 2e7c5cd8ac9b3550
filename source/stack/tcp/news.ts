// Collects, while an ACK is read, what a sender with loss detection learns from it; the sender acts on it in the same step.
import type {Seq} from '../../wire/seq.ts';
import {hasFlag, segLen, type TcpSegment} from '../../wire/tcp.ts';
import type {Connection} from './connection.ts';
import {stampOf} from './timestamps.ts';

export type News = {
  readonly segment: TcpSegment;
  /** SND.UNA before this ACK and after it. */
  readonly from: Seq;
  readonly una: Seq;
  /** True if the ACK is more than a duplicate: it acknowledges new data, carries data, or changes the window. */
  readonly newer: boolean;
  readonly congested: boolean;
  /** The timestamp of this end that the ACK echoes; undefined without timestamps. */
  readonly echo: number | undefined;
  /** The number of segments that the ACK shows to have arrived. */
  delivered: number;
  /** The number of segments that the ACK shows to be lost. */
  losses: number;
  /** `sacks`: the ACK SACKs something new. `duplicate`: it reports a duplicate by D-SACK. `duplicateOfProbe`: that was the loss probe. */
  sacks: boolean;
  duplicate: boolean;
  duplicateOfProbe: boolean;
  /**
   * `taken` is the number of segments that the ACK removed from the retransmission queue; `repeated` if one of them had been retransmitted;
   * `original` if one below the episode's point had not.
   */
  taken: number;
  repeated: boolean;
  original: boolean;
  /** True if the ACK shows that a retransmission was lost, too. */
  lostAgain: boolean;
  /** True if the ACK restarts the retransmission timer. */
  rearms: boolean;
  /** The sequence number of the lowest segment that arrived late without having been retransmitted: a sign of reordering. */
  lateFrom: Seq;
  /**
   * The times at which the newly SACKed segments were sent, the first and the last, without retransmitted ones; undefined if there are
   * none.
   */
  sackedUs: {readonly first: number; readonly last: number} | undefined;
  /** The round-trip time in µs of the newest segment that was sent only once; undefined if the ACK gives none. */
  roundTripUs: number | undefined;
  /** The number of segments that had been delivered when the newest of the acknowledged ones was sent. */
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
