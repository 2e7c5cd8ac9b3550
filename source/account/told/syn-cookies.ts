// Finds what is wrong with an ACK that claims to answer a SYN cookie, and for which the host has no connection.

import type {EventOf, Trace} from '../../sim/trace.ts';
import {farEndOf} from '../../wire/connection-id.ts';
import {seqAdd} from '../../wire/seq.ts';
import type {TcpSegment} from '../../wire/tcp.ts';
import {entriesOf, entryAt} from '../entries.ts';
import {packetOf, segmentOf} from '../packet.ts';
import {segmentCome} from './come.ts';

/**
 * Names what does not fit a SYN cookie: a field of the segment that answers it, or the cookie's age; `of` is the sequence number of the SYN
 * for which the cookie was made.
 */
export type BadCookie = {readonly wrong: 'seq' | 'ack' | 'age'; readonly of: number};

/** Returns the SYN cookies that a host has sent between the ports of this packet before it, the last one first. */
const cookiesBefore = (trace: Trace, {packet, host}: EventOf<'send'>): readonly TcpSegment[] => {
  const own = segmentOf(packetOf(trace, packet));
  const found: TcpSegment[] = [];
  for (let id = packet - 1; own && id > 0; id -= 1) {
    const {from, sendEvent, frame} = packetOf(trace, id);
    if (from !== host || entryAt(trace, sendEvent).because !== '4987:3.6/cookie/send') continue;
    const segment = segmentOf({frame});
    if (segment?.srcPort === own.srcPort && segment.dstPort === own.dstPort) found.push(segment);
  }
  return found;
};

/**
 * Returns what is wrong with the SYN cookie in an arriving segment that the host answers with an RST; undefined if no cookie was sent, or
 * the host had the connection before (RFC 4987 §3.6).
 */
export const badCookie = (
  trace: Trace,
  rst: EventOf<'send'>,
  arrival: EventOf<'arrive'>,
): BadCookie | undefined => {
  const came = segmentCome(trace, arrival);
  const theirs = entryAt(trace, packetOf(trace, arrival.packet).sendEvent).connection;
  // If the host had this connection before and lost it, such as in a power failure, the RST has nothing to do with a SYN cookie.
  const isOwn = ({n, host, connection}: EventOf<'state'>): boolean =>
    n < rst.n && host === rst.host && connection === farEndOf(theirs ?? '');
  if ([...entriesOf(trace, 'state')].some(isOwn)) return undefined;
  const cookies = cookiesBefore(trace, rst);
  const [last] = cookies;
  if (!came || !last) return undefined;
  const {seq, ack} = came;
  const own = cookies.find((cookie) => seqAdd(cookie.seq, 1) === ack);
  const of = seqAdd((own ?? last).ack, -1);
  if (!own) return {wrong: 'ack', of};
  return {wrong: own.ack === seq ? 'age' : 'seq', of};
};
