// Tells whether an arriving segment differs from the sent one only in its window, and that window holds nothing back.

import type {EventOf} from '../../sim/trace.ts';
import type {Connection} from '../../stack/tcp/connection.ts';
import {segmentIn} from '../../wire/frame.ts';
import type {TcpSegment} from '../../wire/tcp.ts';
import {connectionAt, sameTimeAs} from '../entries.ts';
import {packetOf, segmentOf} from '../packet.ts';
import {takerOf} from './come.ts';
import type {Moment} from './memory.ts';
import {hasUnsent} from './sent-again.ts';

const isWindowAlone = (left: TcpSegment, came: TcpSegment): boolean =>
  left.window !== came.window &&
  left.seq === came.seq &&
  left.ack === came.ack &&
  left.flags === came.flags &&
  left.payload.length === came.payload.length;

const hasAllSaid = (tcb: Connection): boolean => tcb.snd.una === tcb.snd.nxt && !hasUnsent(tcb);

/**
 * Tells whether a segment arrives with only its window altered, at a receiver that has nothing left to send and nothing unacknowledged,
 * both in this instant and at the end of this time (RFC 9293 §3.8.6).
 */
export const isWindowIdle = ({trace, events}: Moment, arrival: EventOf<'arrive'>): boolean => {
  const {n, packet, altered} = arrival;
  const left = segmentOf(packetOf(trace, packet));
  const came = altered && segmentIn(altered);
  const end = takerOf(trace, arrival);
  if (!left || !came || !end || !isWindowAlone(left, came)) return false;
  if (events.some((event) => event.kind === 'drop' && event.packet === packet)) return false;
  return [events.at(-1), sameTimeAs(trace, n).at(-1)].every((last) => {
    const tcb = last && connectionAt(trace, last.n, end);
    return tcb !== undefined && hasAllSaid(tcb);
  });
};
