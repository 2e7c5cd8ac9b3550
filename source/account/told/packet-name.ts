// A packet as one calls it in a sentence.

import type {EventOf, PacketRecord, Trace} from '../../sim/trace.ts';
import {type ConnectionId, connectionId} from '../../wire/connection-id.ts';
import type {Frame} from '../../wire/frame.ts';
import {flagNames, hasFlag, type TcpSegment} from '../../wire/tcp.ts';
import {entriesOf} from '../entries.ts';
import {dnsMessagesOf, ipPacketOf, ownerOf, packetOf, segmentOf} from '../packet.ts';
import {factsOf} from '../reason.ts';
import {frameCome} from './come.ts';
import {typeAmongOthers} from './types-asked.ts';

/** A packet as one calls it in a sentence. */
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
    /** Flags that no TCP sets together: they are its name. */
    | 'flags'
    | 'question'
    | 'response'
    | 'icmp'
    | 'other';
  readonly flags: string;
  readonly bytes: number;
  /** Behind its data. */
  readonly fin: boolean;
  readonly seq: number;
  readonly ack: number;
  /** Of a query or a response, where others are under way with it. */
  readonly type: number | undefined;
  /** Its source address is not its sender's: who sends it, and whose that address is. */
  readonly forged: Forged | undefined;
};

/** What takes up numbers of its own, so that it can have come before. */
export const numbered: ReadonlySet<Thing['what']> = new Set(['SYN', 'SYNACK', 'FIN', 'data']);

export type Forged = {readonly by: string; readonly as: string | undefined; readonly address: string};

/** The frame is as it left its maker: no NAT has changed it yet. */
export const forgedIn = (trace: Trace, {from, frame}: PacketRecord): Forged | undefined => {
  const address = ipPacketOf({frame})?.src;
  const own = trace.header.hosts.find(({name}) => name === from)?.ip;
  if (from === undefined || address === undefined || !own || own.includes(address)) return undefined;
  return {by: from, as: ownerOf(trace, address), address};
};

/** They have a number from before and nothing else, so that they must be answered (RFC 9293 §3.8.4, §3.8.6.1). */
const isProbe = (trace: Trace, {sendEvent}: PacketRecord): boolean =>
  sendEvent > 0 && factsOf(trace, sendEvent).probes !== undefined;

/** Each of them is a request of its own. */
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

/** `frame`: as it arrived, where that is not as it left. */
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

/** What came, as it came. */
export const thingCome = (trace: Trace, arrival: EventOf<'arrive'>): Thing =>
  thingOf(trace, arrival.packet, frameCome(trace, arrival));

/** As its sender calls the connection of a segment, whether it has it or not; what somebody forged is of none of his. */
export const ownConnection = (trace: Trace, packet: number): ConnectionId | undefined => {
  const record = packetOf(trace, packet);
  const ip = ipPacketOf(record);
  const segment = segmentOf(record);
  return ip && segment && !forgedIn(trace, record)
    ? connectionId({ip: ip.src, port: segment.srcPort}, {ip: ip.dst, port: segment.dstPort})
    : undefined;
};

/** Before an ACK another one with the same number has come there, in another packet. */
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
