// What one ACK tells a sender that looks for losses: gathered while it is read, then acted on. Lives for one step.
import type {Seq} from '../../wire/seq.ts';
import {hasFlag, segLen, type TcpSegment} from '../../wire/tcp.ts';
import type {Connection} from './connection.ts';
import {stampOf} from './timestamps.ts';

export type News = {
  readonly segment: TcpSegment;
  /** SND.UNA before, and as it makes it. */
  readonly from: Seq;
  readonly una: Seq;
  /** More than a duplicate: it acknowledges, carries data, or changes the window. */
  readonly newer: boolean;
  readonly congested: boolean;
  /** The timestamp of this end that it echoes. */
  readonly echo: number | undefined;
  /** Segments that are known now to have arrived. */
  delivered: number;
  /** Segments that are lost since this ACK. */
  losses: number;
  /** Something is SACKed that was not; it reports a duplicate, that of a loss probe. */
  sacks: boolean;
  duplicate: boolean;
  duplicateOfProbe: boolean;
  /** Segments taken from the queue; one of them had been sent again; one that had not lay below the episode's point. */
  taken: number;
  repeated: boolean;
  original: boolean;
  /** A repetition was lost as well. */
  lostAgain: boolean;
  /** The timer is to begin anew. */
  rearms: boolean;
  /** The lowest segment that arrived late, without having been sent again. */
  lateFrom: Seq;
  /** When segments that were sent once and are SACKed now had left: the first and the last of them. */
  sackedUs: {readonly first: number; readonly last: number} | undefined;
  /** The round trip of the newest segment that was sent once. */
  roundTripUs: number | undefined;
  /** Segments delivered when the newest of those that are taken left. */
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
