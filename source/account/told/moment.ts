// Answers questions about one instant for the code that tells about it: what arrives, and what is sent.

import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import type {Connection} from '../../stack/tcp/connection.ts';
import {farEndOf} from '../../wire/connection-id.ts';
import {hasFlag, type TcpSegment} from '../../wire/tcp.ts';
import {connectionAt, entriesOf, ofKind, sameTimeAs} from '../entries.ts';
import {carriesData, packetOf, segmentOf} from '../packet.ts';
import {segmentCome} from './come.ts';
import type {Moment} from './memory.ts';

export const arrivalIn = ({events}: Moment): EventOf<'arrive'> | undefined =>
  ofKind(events, 'arrive').find(({packet}) => packet > 0);

export const sendsIn = ({events}: Moment, host: string): readonly EventOf<'send'>[] =>
  ofKind(events, 'send').filter((send) => send.packet > 0 && send.hop === 0 && send.host === host);

export const segmentsSent = (
  moment: Moment,
  host: string,
  wanted: (segment: TcpSegment) => boolean,
): readonly TcpSegment[] =>
  sendsIn(moment, host).flatMap(({packet}) => {
    const segment = segmentOf(packetOf(moment.trace, packet));
    return segment && wanted(segment) ? [segment] : [];
  });

export const segmentSent = (...of: Parameters<typeof segmentsSent>): TcpSegment | undefined =>
  segmentsSent(...of)[0];

export const isFin = (segment: TcpSegment): boolean => hasFlag(segment, 'FIN');
export const isSyn = (segment: TcpSegment): boolean => hasFlag(segment, 'SYN');
export const isAck = (segment: TcpSegment): boolean => hasFlag(segment, 'ACK');

export const segmentComeIn = (moment: Moment): TcpSegment | undefined => {
  const arrival = arrivalIn(moment);
  return arrival && segmentCome(moment.trace, arrival);
};

type End = Parameters<typeof connectionAt>[2];

/** Returns an end of a connection as it is when the instant begins. */
export const endBefore = ({trace, events}: Moment, end: End): Connection | undefined =>
  connectionAt(trace, (events[0]?.n ?? 1) - 1, end);

/** Returns an end of a connection as it is when the instant is over. */
export const endAfter = ({trace, events}: Moment, end: End): Connection | undefined =>
  connectionAt(trace, events.at(-1)?.n ?? 0, end);

/** Returns the host that has the other end of a TCP connection; undefined if none ever had it. */
export const farHost = (
  trace: Trace,
  {connection}: {readonly connection?: string | undefined},
): string | undefined => {
  const far = farEndOf(connection ?? '');
  return [...entriesOf(trace, 'state')].find((event) => event.connection === far)?.host;
};

/**
 * Returns the time in µs at which the TIME-WAIT ends that begins, or begins anew, in this instant (RFC 9293 §3.10.7.4); undefined if none
 * does.
 */
export const waitSet = ({events}: Moment, of: string): number | undefined =>
  ofKind(events, 'timer').find(
    ({op, name, connection}) => op === 'arm' && name === '2MSL' && connection === of,
  )?.dueUs;

/**
 * Tells whether the connection sends other new data at the same time, in another instant: if many ACKs arrive at once, each lets some out.
 */
export const sendsBesides = ({trace, events}: Moment, {n, connection}: EventOf<'send'>): boolean =>
  ofKind(sameTimeAs(trace, n), 'send').some(
    (each) =>
      each.connection === connection &&
      !(each.retransmission || events.includes(each)) &&
      carriesData(trace, each),
  );

/** Tells whether TCP sends no data on the connection in this instant after the program wrote these: they wait in the send buffer. */
export const isKeptBack = (moment: Moment, {n, host, connection}: TraceEvent): boolean =>
  !sendsIn(moment, host).some(
    (send) => send.n > n && send.connection === connection && carriesData(moment.trace, send),
  );
