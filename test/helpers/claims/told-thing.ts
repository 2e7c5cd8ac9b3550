// A packet as a message of the account has it, judged by what left and what came.
import type {Thing} from '../../../source/account/told/packet-name.ts';
import {dnsIn} from '../../../source/wire/dns/carried.ts';
import type {DnsMessage} from '../../../source/wire/dns/message.ts';
import type {IpPacket} from '../../../source/wire/ip-packet.ts';
import {flagNames, hasFlag, type TcpSegment} from '../../../source/wire/tcp.ts';
import type {Of, Seen} from './seen.ts';

export const ipOf = ({trace}: Pick<Seen, 'trace'>, packet: number): IpPacket | undefined => {
  const isOne = packet > 0 && packet <= trace.packetCount;
  const payload = isOne ? trace.packet(packet).frame?.payload : undefined;
  return payload?.kind === 'ip' ? payload.packet : undefined;
};

const dnsOf = (said: Pick<Seen, 'trace'>, packet: number): DnsMessage | undefined => {
  const ip = ipOf(said, packet);
  return ip && dnsIn(ip.transport)[0];
};

/** A timer of silence or of a closed window has made its sender ask (RFC 9293 §3.8.4, §3.8.6.1). */
const isProbe = (said: Seen, packet: number): boolean => {
  const {sendEvent} = said.trace.packet(packet);
  const {instant} = said.trace.event(sendEvent);
  return said.past.some(
    (event) =>
      event.kind === 'timer' &&
      event.instant === instant &&
      event.op === 'fire' &&
      /^(?:persist|keep-alive)$/.test(event.name),
  );
};

const kindOf = (said: Seen, packet: number, segment: TcpSegment | undefined): Thing['what'] => {
  if (!segment) {
    const message = dnsOf(said, packet);
    if (message) return message.flags.qr ? 'response' : 'question';
    return /^icmp/.test(ipOf(said, packet)?.transport.kind ?? '') ? 'icmp' : 'other';
  }
  const asks = (['SYN', 'FIN', 'RST'] as const).filter((flag) => hasFlag(segment, flag));
  if (asks.length > 1) return 'flags';
  if (asks[0] === 'RST') return 'RST';
  if (asks[0] === 'SYN') return hasFlag(segment, 'ACK') ? 'SYNACK' : 'SYN';
  if (segment.payload.length > 0) return 'data';
  if (asks[0] === 'FIN') return 'FIN';
  if (!hasFlag(segment, 'ACK')) return 'other';
  return isProbe(said, packet) ? 'probe' : 'ACK';
};

/** Who asks whom for what has the same asker, whichever way it goes. */
const askerOf = (said: Pick<Seen, 'trace'>, packet: number): string | undefined => {
  const {from, to} = said.trace.packet(packet);
  return dnsOf(said, packet)?.flags.qr ? to : from;
};

const typeOf = (said: Pick<Seen, 'trace'>, packet: number): number | undefined =>
  dnsOf(said, packet)?.questions[0]?.type;

/** While it is under way another one is, of the same asker, about another type of record. */
const isAmongOthers = (said: Seen, packet: number): boolean => {
  const {sendEvent, endEvent = said.trace.length} = said.trace.packet(packet);
  const type = typeOf(said, packet);
  return Array.from({length: said.trace.packetCount}, (_, index) => index + 1).some((id) => {
    const other = said.trace.packet(id);
    const own = typeOf(said, id);
    const isThen = other.sendEvent <= endEvent && (other.endEvent ?? said.trace.length) >= sendEvent;
    return isThen && own !== undefined && own !== type && askerOf(said, id) === askerOf(said, packet);
  });
};

/** Its source address is its sender's, or whose it is said to be. */
const isForgedSo = (said: Seen, {packet, forged}: Thing): boolean => {
  const source = ipOf(said, packet)?.src;
  const {from} = said.trace.packet(packet);
  const owner = said.trace.header.hosts.find(({ip}) => source !== undefined && ip.includes(source))?.name;
  if (!forged) return source === undefined || owner === from;
  return owner !== from && forged.by === from && forged.as === owner && forged.address === source;
};

/** All that a message says of a packet, with this segment in it. */
const isThing = (said: Seen, thing: Thing, segment: TcpSegment | undefined): boolean => {
  const {packet, what, flags, bytes, fin, seq, ack, type} = thing;
  if (!(packet > 0 && packet <= said.trace.packetCount)) return false;
  if (what !== kindOf(said, packet, segment) || !isForgedSo(said, thing)) return false;
  if (!segment) {
    const isTyped = dnsOf(said, packet) !== undefined && isAmongOthers(said, packet);
    const isBare = flags === '' && !fin && bytes + seq + ack === 0;
    return isBare && type === (isTyped ? typeOf(said, packet) : undefined);
  }
  return (
    flags === flagNames(segment).join(',') &&
    bytes === segment.payload.length &&
    fin === hasFlag(segment, 'FIN') &&
    seq === segment.seq &&
    ack === segment.ack
  );
};

/** Where this packet comes to the host, as the message has it: now, or a program reads at this time what came just before. */
export const comesAs = (said: Seen, host: string, thing: Thing): readonly Of<'arrive'>[] => {
  const now = said.now('arrive', host);
  const isTcp = now.some((event) => said.passing(event).length > 0);
  const all = isTcp ? now : said.ever('arrive', host).filter(({atUs}) => atUs === said.atUs);
  return all.filter(
    (event) => event.packet === thing.packet && isThing(said, thing, said.passing(event)[0]?.segment),
  );
};
