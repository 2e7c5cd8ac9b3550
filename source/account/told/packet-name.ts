// Finds how a sentence names a packet: by its kind, numbers and contents.

import type {EventOf, PacketRecord, Trace} from '../../sim/trace.ts';
import {type ConnectionId, connectionId} from '../../wire/connection-id.ts';
import type {Frame} from '../../wire/frame.ts';
import {flagNames, hasFlag, type TcpSegment} from '../../wire/tcp.ts';
import {entriesOf} from '../entries.ts';
import {dnsMessagesOf, ipPacketOf, ownerOf, packetOf, segmentOf} from '../packet.ts';
import {factsOf} from '../reason.ts';
import {frameCome} from './come.ts';
import {typeAmongOthers} from './types-asked.ts';

/** A packet as a sentence names it: its kind, numbers and contents. */
export type Thing = {
  readonly packet: number;
  readonly what:
    | 'SYN'
    | 'SYNACK'
    | 'FIN'
    | 'RST'
    | 'data'
    | 'ACK'
    | 'probe'
    /** A segment with several flags of which TCP sets only one; the flags are its name. */
    | 'flags'
    | 'question'
    | 'response'
    | 'icmp'
    | 'other';
  readonly flags: string;
  readonly bytes: number;
  /** True if a FIN follows the data of the segment. */
  readonly fin: boolean;
  readonly seq: number;
  readonly ack: number;
  /** The type of a DNS query or response, if others are on their way at the same time. */
  readonly type: number | undefined;
  /** The sender of a packet with a false source address, and the owner of that address. */
  readonly forged: Forged | undefined;
};

/** The kinds of packets that occupy sequence numbers, so that what they bring can have come before. */
export const numbered: ReadonlySet<Thing['what']> = new Set(['SYN', 'SYNACK', 'FIN', 'data']);

export type Forged = {readonly by: string; readonly as: string | undefined; readonly address: string};

/**
 * Returns who sent the packet under a false source address; undefined if the address is the sender's own. The frame is as it left its
 * sender, so no NAT router has changed it yet.
 */
export const forgedIn = (trace: Trace, {from, frame}: PacketRecord): Forged | undefined => {
  const address = ipPacketOf({frame})?.src;
  const own = trace.header.hosts.find(({name}) => name === from)?.ip;
  if (from === undefined || address === undefined || !own || own.includes(address)) return undefined;
  return {by: from, as: ownerOf(trace, address), address};
};

/** Tells whether a segment is a probe: it has an old number and nothing else, so it must be answered (RFC 9293 §3.8.4, §3.8.6.1). */
const isProbe = (trace: Trace, {sendEvent}: PacketRecord): boolean =>
  sendEvent > 0 && factsOf(trace, sendEvent).probes !== undefined;

/** The TCP flags of which each asks for something different, so that no segment has two of them. */
const requests = ['SYN', 'FIN', 'RST'] as const;

const ofSegment = (segment: TcpSegment): Thing['what'] => {
  if (requests.filter((flag) => hasFlag(segment, flag)).length > 1) return 'flags';
  if (hasFlag(segment, 'RST')) return 'RST';
  if (hasFlag(segment, 'SYN')) return hasFlag(segment, 'ACK') ? 'SYNACK' : 'SYN';
  if (segment.payload.length > 0) return 'data';
  if (hasFlag(segment, 'FIN')) return 'FIN';
  return hasFlag(segment, 'ACK') ? 'ACK' : 'other';
};

const ofDatagram = (record: PacketRecord): Thing['what'] => {
  const [message] = dnsMessagesOf(record);
  if (!message) return /^icmp/.test(ipPacketOf(record)?.transport.kind ?? '') ? 'icmp' : 'other';
  return message.flags.qr ? 'response' : 'question';
};

/** Returns how a packet is named; `frame` is the packet as it arrived, if it differs from what was sent. */
export const thingOf = (trace: Trace, packet: number, frame?: Frame): Thing => {
  const record = packetOf(trace, packet);
  const segment = segmentOf(frame ? {frame} : record);
  const forged = forgedIn(trace, record);
  const none = {flags: '', bytes: 0, fin: false, seq: 0, ack: 0};
  if (!segment)
    return {packet, what: ofDatagram(record), ...none, type: typeAmongOthers(trace, record), forged};
  const {seq, ack, payload} = segment;
  const what = ofSegment(segment);
  return {
    packet,
    what: what === 'ACK' && isProbe(trace, record) ? 'probe' : what,
    flags: flagNames(segment).join(','),
    bytes: payload.length,
    fin: hasFlag(segment, 'FIN'),
    seq,
    ack,
    type: undefined,
    forged,
  };
};

/** Returns how an arriving packet is named, as it arrived. */
export const thingCome = (trace: Trace, arrival: EventOf<'arrive'>): Thing =>
  thingOf(trace, arrival.packet, frameCome(trace, arrival));

/**
 * Returns the sender's name for the connection of a segment, even if the sender has no such connection; undefined if the source address is
 * false.
 */
export const ownConnection = (trace: Trace, packet: number): ConnectionId | undefined => {
  const record = packetOf(trace, packet);
  const ip = ipPacketOf(record);
  const segment = segmentOf(record);
  return ip && segment && !forgedIn(trace, record)
    ? connectionId({ip: ip.src, port: segment.srcPort}, {ip: ip.dst, port: segment.dstPort})
    : undefined;
};

/** Tells whether another ACK of the same connection with the same number has arrived at that host before, in another packet. */
export const hasTwin = (trace: Trace, arrival: EventOf<'arrive'>): boolean => {
  const own = ownConnection(trace, arrival.packet);
  const {ack} = thingCome(trace, arrival);
  return [...entriesOf(trace, 'arrive')].some((event) => {
    if (event.n >= arrival.n || event.host !== arrival.host) return false;
    if (event.packet < 1 || event.packet === arrival.packet) return false;
    if (own === undefined || ownConnection(trace, event.packet) !== own) return false;
    const thing = thingCome(trace, event);
    return thing.what === 'ACK' && thing.ack === ack;
  });
};
