// Whether a packet is what a message calls it: each fact of it is looked up in the packet as it left.
import type {Thing} from '../../../source/account/told/packet-name.ts';
import {dnsIn} from '../../../source/wire/dns/carried.ts';
import type {DnsMessage} from '../../../source/wire/dns/message.ts';
import type {Frame} from '../../../source/wire/frame.ts';
import {flagNames, hasFlag, segLen, type TcpSegment} from '../../../source/wire/tcp.ts';
import {flagsOf, isOneWay, opening, type Passing, type Seen, segmentOf} from './seen.ts';
import type {Claims} from './told-rows.ts';

export const ipOf = (frame: Frame | undefined) =>
  frame?.payload.kind === 'ip' ? frame.payload.packet : undefined;

export const dnsOf = ({trace}: Seen, packet: number): readonly DnsMessage[] => {
  const ip = ipOf(trace.packet(packet).frame);
  return ip ? dnsIn(ip.transport) : [];
};

/** As its sender calls it. */
export const connectionOf = ({trace}: Seen, packet: number): string | undefined =>
  trace.event(trace.packet(packet).sendEvent).connection;

export const addressesOf = ({trace}: Seen, host: string | undefined): readonly string[] =>
  trace.header.hosts.find(({name}) => name === host)?.ip ?? [];

/** The event of its leaving, with its segment. */
export const leaving = (said: Seen, packet: number): Passing | undefined => {
  const event = said.trace.event(said.trace.packet(packet).sendEvent);
  const segment = segmentOf(said.trace, packet);
  return segment && event.kind === 'send' ? {event, segment} : undefined;
};

export const isPureAck = (segment: TcpSegment | undefined): boolean =>
  segment !== undefined && flagsOf(segment) === 'ACK' && segment.payload.length === 0;

/** Nothing is sent at that time, and the connection is over (RFC 9293 §3.8.3). */
export const givesUpThen = (said: Seen, connection: string | undefined, atUs: number): boolean =>
  said.future.some(
    (event) =>
      event.kind === 'state' &&
      event.connection === connection &&
      event.atUs === atUs &&
      /^9293:3\.8\.3\/give-up|^1122:4\.2\.3\.9\/soft\/told/.test(event.because ?? '') &&
      (event.to === 'CLOSED' || event.to === 'LISTEN'),
  );

/** A number from before and nothing else: who gets it must answer (RFC 9293 §3.8.4, §3.8.6.1). */
const isProbe = (said: Seen, packet: number): boolean => {
  const own = leaving(said, packet);
  return (
    own !== undefined &&
    said
      .sentEver(own.event.host)
      .some(
        ({segment, event}) =>
          event.packet < packet &&
          event.packet >= opening(said, own) &&
          isOneWay(segment, own.segment) &&
          segLen(segment) > 0 &&
          ((segment.seq + segLen(segment) - own.segment.seq) | 0) > 0,
      )
  );
};

const requests = ['SYN', 'FIN', 'RST'] as const;

const kindOfSegment = (said: Seen, packet: number, segment: TcpSegment): Thing['what'] => {
  const asked = requests.filter((flag) => hasFlag(segment, flag));
  if (asked.length > 1) return 'flags';
  if (asked[0] === 'RST') return 'RST';
  if (asked[0] === 'SYN') return hasFlag(segment, 'ACK') ? 'SYNACK' : 'SYN';
  if (segment.payload.length > 0) return 'data';
  if (asked[0] === 'FIN') return 'FIN';
  if (!hasFlag(segment, 'ACK')) return 'other';
  return isProbe(said, packet) ? 'probe' : 'ACK';
};

const kindOf = (said: Seen, packet: number): Thing['what'] => {
  const segment = segmentOf(said.trace, packet);
  if (segment) return kindOfSegment(said, packet, segment);
  const [message] = dnsOf(said, packet);
  if (message) return message.flags.qr ? 'response' : 'question';
  return /^icmp/.test(ipOf(said.trace.packet(packet).frame)?.transport.kind ?? '') ? 'icmp' : 'other';
};

const typesIn = (said: Seen, packet: number): readonly number[] =>
  dnsOf(said, packet).flatMap(({questions}) => questions.map(({type}) => type));

/** A query or a response without a type has none of another type beside it, sent by the same host to the same host in the same instant. */
export const isOfType = (said: Seen, packet: number, type: number | undefined): boolean => {
  const own = typesIn(said, packet);
  if (type !== undefined) return own.includes(type);
  if (own.length === 0) return true;
  const {from, to, sentUs} = said.trace.packet(packet);
  return said.ever('send').every((event) => {
    if (event.packet < 1 || event.atUs !== sentUs) return true;
    const other = said.trace.packet(event.packet);
    const isBetween = other.sentUs === sentUs && other.from === from && other.to === to;
    return !isBetween || typesIn(said, event.packet).every((each) => own.includes(each));
  });
};

/** Its source is not its sender's: whose it is. */
const isForged = (said: Seen, {packet, forged}: Thing): boolean => {
  const {from, frame} = said.trace.packet(packet);
  const source = ipOf(frame)?.src;
  const own = addressesOf(said, from);
  if (!forged) return source === undefined || own.length === 0 || own.includes(source);
  const owner = said.trace.header.hosts.find(({ip}) => ip.includes(source ?? ''))?.name;
  return (
    source !== undefined &&
    !own.includes(source) &&
    forged.by === from &&
    forged.address === source &&
    forged.as === owner
  );
};

export const isLeft = (said: Seen, thing: Thing): Claims => {
  const {packet, what, flags, bytes, fin, seq, ack, type} = thing;
  const segment = segmentOf(said.trace, packet);
  return {
    'thing: kind': what === kindOf(said, packet),
    'thing: flags': flags === (segment ? flagNames(segment).join(',') : ''),
    'thing: bytes': bytes === (segment?.payload.length ?? 0),
    'thing: FIN': fin === (segment !== undefined && hasFlag(segment, 'FIN')),
    'thing: seq': seq === (segment?.seq ?? 0),
    'thing: ack': ack === (segment?.ack ?? 0),
    'thing: type': isOfType(said, packet, type),
    'thing: forged': isForged(said, thing),
  };
};
