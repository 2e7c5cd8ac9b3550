// TCP segments of a run as questions need them: who sent which on which connection, what had arrived before, what caused it.

import {entriesBetween, entriesOf} from '../account/entries.ts';
import {packetOf, segmentOf} from '../account/packet.ts';
import type {EventOf, PacketRecord, Trace, TraceEvent} from '../sim/trace.ts';
import {connectionId} from '../wire/connection-id.ts';
import type {Frame} from '../wire/frame.ts';
import {oncePer} from '../wire/once-per.ts';
import type {TcpSegment} from '../wire/tcp.ts';

/** Returns the events in which a host sends a packet of its own, without those in which a router forwards one. */
export const sendingsOf = oncePer((trace: Trace): readonly EventOf<'send'>[] =>
  [...entriesOf(trace, 'send')].filter(({hop, packet}) => hop === 0 && packet > 0),
);

/** Tells whether a segment leaves its host in this event. */
export const isSegmentSent = (event: TraceEvent): event is EventOf<'send'> =>
  event.kind === 'send' && event.hop === 0 && event.packet > 0 && segmentOf(event) !== undefined;

export type Sent = {
  readonly event: EventOf<'send'>;
  readonly segment: TcpSegment;
  /** The connection as `local > remote`, with addresses and ports. */
  readonly flow: string;
  /** The same connection as seen from the other end. */
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
  /** The segments as they arrived at the far end. */
  readonly arrived: readonly Arrived[];
};

const flowsOf = ({frame}: Pick<PacketRecord, 'frame'>, segment: TcpSegment): readonly [string, string] => {
  const packet = frame?.payload.kind === 'ip' ? frame.payload.packet : undefined;
  const from = {ip: packet?.src ?? '', port: segment.srcPort};
  const to = {ip: packet?.dst ?? '', port: segment.dstPort};
  return [connectionId(from, to), connectionId(to, from)];
};

/** Reads all segments. A router may rewrite a packet and a path may alter it, so the arriving segment is the one that was last sent. */
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

/** Returns the sum of somebody who thinks that sequence numbers never wrap; undefined if they do not wrap in this sum (RFC 9293 §3.4). */
export const withoutEnd = (from: number, by: number): string | undefined =>
  from + by >= numbers ? String(from + by) : undefined;
