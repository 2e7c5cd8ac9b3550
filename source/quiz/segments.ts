// Lists the TCP segments of a run for quiz questions: each segment that a host sent or received, with its connection and event.

import {entriesBetween, entriesOf} from '../account/entries.ts';
import {packetOf, segmentOf} from '../account/packet.ts';
import type {EventOf, PacketRecord, Trace, TraceEvent} from '../sim/trace.ts';
import {connectionId} from '../wire/connection-id.ts';
import type {Frame} from '../wire/frame.ts';
import {oncePer} from '../wire/once-per.ts';
import type {TcpSegment} from '../wire/tcp.ts';

/** Returns a run's events in which a host sends a packet of its own, without those in which a router forwards one. */
export const sendingsOf = oncePer((trace: Trace): readonly EventOf<'send'>[] =>
  [...entriesOf(trace, 'send')].filter(({hop, packet}) => hop === 0 && packet > 0),
);

/** Tells whether in this event a host sends a TCP segment of its own, rather than forwarding one. */
export const isSegmentSent = (event: TraceEvent): event is EventOf<'send'> =>
  event.kind === 'send' && event.hop === 0 && event.packet > 0 && segmentOf(event) !== undefined;

export type Sent = {
  readonly event: EventOf<'send'>;
  readonly segment: TcpSegment;
  /** The segment's connection as `local > remote` from its sender's side, with addresses and ports. */
  readonly flow: string;
  /** The segment's connection as `local > remote` from its receiver's side. */
  readonly back: string;
};

export type Arrived = {
  readonly n: number;
  readonly host: string;
  readonly segment: TcpSegment;
  readonly packet: number;
  readonly flow: string;
};

export type Segments = {
  readonly sent: readonly Sent[];
  /** The segments of the run that reached the host they were sent to, as they arrived there. */
  readonly arrived: readonly Arrived[];
};

const flowsOf = ({frame}: Pick<PacketRecord, 'frame'>, segment: TcpSegment): readonly [string, string] => {
  const packet = frame?.payload.kind === 'ip' ? frame.payload.packet : undefined;
  const from = {ip: packet?.src ?? '', port: segment.srcPort};
  const to = {ip: packet?.dst ?? '', port: segment.dstPort};
  return [connectionId(from, to), connectionId(to, from)];
};

/**
 * Reads all TCP segments of a run. A router may rewrite a packet and a path may alter it, so an arriving segment is read from the frame of
 * the last hop.
 */
const read = (trace: Trace): Segments => {
  const sent: Sent[] = [];
  const arrived: Arrived[] = [];
  const frames = new Map<string, Frame>();
  for (const event of entriesBetween(trace, 1)) {
    if (event.kind !== 'send' && event.kind !== 'arrive') continue;
    const key = `${event.packet}.${event.hop}`;
    if (event.kind === 'send' && event.frame) frames.set(key, event.frame);
    if (event.packet < 1) continue;
    const frame = event.kind === 'arrive' ? (event.altered ?? frames.get(key)) : event.frame;
    const segment = segmentOf({frame});
    if (!segment) continue;
    const [flow, back] = flowsOf({frame}, segment);
    if (event.kind === 'send' && event.hop === 0) sent.push({event, segment, flow, back});
    if (event.kind !== 'arrive' || packetOf(trace, event.packet).to !== event.host) continue;
    arrived.push({n: event.n, host: event.host, segment, packet: event.packet, flow});
  }
  return {sent, arrived};
};

export const segmentsOf = oncePer(read);

const numbers = 2 ** 32;

/** Returns the sum that somebody gets who thinks that sequence numbers never wrap; undefined if this sum does not wrap (RFC 9293 §3.4). */
export const withoutEnd = (from: number, by: number): string | undefined =>
  from + by >= numbers ? String(from + by) : undefined;
