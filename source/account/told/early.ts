// Tells about a TCP connection that its own program ends before a valid answer to its SYN has come: by which call, which data had waited
// for it, and whether the other end knows of it.

import type {EventOf, Trace} from '../../sim/trace.ts';
import {localSocket} from '../../wire/connection-id.ts';
import {hasFlag} from '../../wire/tcp.ts';
import {entriesOf, instantOf} from '../entries.ts';
import {heldBefore} from '../held-back.ts';
import {ipPacketOf, packetOf, segmentOf} from '../packet.ts';
import {beganUs} from './began.ts';
import {segmentCome} from './come.ts';

/**
 * A TCP connection that its program ends before a valid answer to the SYN. `by` is the program's call; `answered` is true if something came
 * for the connection; `unaware` is the host that it called if all SYNs are lost by now.
 */
export type EarlyEnd = {
  readonly host: string;
  readonly bytes: number;
  readonly by: 'close' | 'shutdown' | 'abort';
  readonly answered: boolean;
  readonly unaware: string | undefined;
};

/**
 * Returns the time in µs at which these ends begin their next connection, because later packets may belong to that one; infinity if they
 * begin none.
 */
const nextUs = (trace: Trace, {n, connection}: EventOf<'state'>): number =>
  [...entriesOf(trace, 'state')].find(
    (event) => event.n > n && event.connection === connection && event.to === 'SYN-SENT',
  )?.atUs ?? Number.POSITIVE_INFINITY;

/**
 * Returns the host that was called, if no SYN of this connection or copy of one ever arrives there, and none is on its way; otherwise
 * undefined.
 */
const unawareOf = (trace: Trace, state: EventOf<'state'>): string | undefined => {
  const {connection} = state;
  const sinceUs = beganUs(trace, state);
  const untilUs = nextUs(trace, state);
  const syns = new Map<number, string>();
  for (const {packet, hop, ...event} of entriesOf(trace, 'send')) {
    if (event.connection !== connection || event.atUs < sinceUs || event.atUs >= untilUs || hop > 0) continue;
    const record = packetOf(trace, packet);
    const segment = segmentOf(record);
    if (!segment || !hasFlag(segment, 'SYN')) continue;
    if (record.endEvent === undefined || record.endEvent > state.n) return undefined;
    syns.set(packet, record.to);
  }
  const comes = [...entriesOf(trace, 'arrive')].some(({packet, host}) => syns.get(packet) === host);
  return comes ? undefined : [...syns.values()][0];
};

/** Returns the call that ended the connection. While nothing is open, shutdown() ends as much as close() does (RFC 9293 §3.10.4). */
const callIn = (trace: Trace, {n, host, connection, because}: EventOf<'state'>): EarlyEnd['by'] => {
  if (because === '9293:3.10.5/abort/silent') return 'abort';
  const isHalf = instantOf(trace, n).some(
    (event) =>
      event.kind === 'call' &&
      event.call === 'shutdown' &&
      event.host === host &&
      event.connection === connection,
  );
  return isHalf ? 'shutdown' : 'close';
};

/**
 * Tells whether a segment or an ICMP error came to the caller's port. That was no valid answer, because one would have ended SYN-SENT (RFC
 * 9293 §3.10.7.3).
 */
const isAnswered = (trace: Trace, state: EventOf<'state'>): boolean => {
  const {n, host, connection = ''} = state;
  const sinceUs = beganUs(trace, state);
  return [...entriesOf(trace, 'arrive')].some((event) => {
    if (event.n > n || event.atUs < sinceUs || event.host !== host || event.packet < 1) return false;
    const isIcmp = ipPacketOf(packetOf(trace, event.packet))?.transport.kind === 'icmp';
    return isIcmp || segmentCome(trace, event)?.dstPort === localSocket(connection).port;
  });
};

/** Returns how a TCP connection ended before a valid answer to its SYN. Data that wait for it are discarded (RFC 9293 §3.10.4). */
export const earlyEnd = (trace: Trace, state: EventOf<'state'>): EarlyEnd => ({
  host: state.host,
  bytes: heldBefore(trace, state)?.bytes ?? 0,
  by: callIn(trace, state),
  answered: isAnswered(trace, state),
  unaware: unawareOf(trace, state),
});
