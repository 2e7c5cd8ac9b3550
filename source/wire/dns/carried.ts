// Returns the DNS messages that a packet carries: one in a UDP datagram, and those of a TCP segment that consists of whole ones
// (RFC 1035 §4.2).
import type {Transport} from '../ip-packet.ts';
import {ropeToBytes} from '../rope.ts';
import {decodeDns} from './decode.ts';
import {splitDns} from './framing.ts';
import type {DnsMessage} from './message.ts';

export const dnsPort = 53;

const nothing = new Uint8Array(0);

const decoded = (bytes: Uint8Array): readonly DnsMessage[] => {
  const message = decodeDns(bytes);
  return message.ok ? [message.value] : [];
};

const read = (transport: Transport): readonly DnsMessage[] => {
  if (transport.kind === 'udp') return decoded(ropeToBytes(transport.datagram.payload));
  if (transport.kind !== 'tcp') return [];
  const {messages, rest} = splitDns(nothing, ropeToBytes(transport.segment.payload));
  return rest.length === 0 ? messages.flatMap(decoded) : [];
};

const portsOf = (transport: Transport): readonly number[] => {
  if (transport.kind !== 'udp' && transport.kind !== 'tcp') return [];
  const {srcPort, dstPort} = transport.kind === 'udp' ? transport.datagram : transport.segment;
  return [srcPort, dstPort];
};

/** The DNS messages of packets that were decoded before, because each redrawing of a screen asks for them again. */
const known = new WeakMap<Transport, readonly DnsMessage[]>();

/** Returns the DNS messages in a UDP datagram or TCP segment; none if they cannot be decoded, or if neither port is 53. */
export const dnsIn = (transport: Transport): readonly DnsMessage[] => {
  if (!portsOf(transport).includes(dnsPort)) return [];
  const before = known.get(transport);
  if (before) return before;
  const messages = read(transport);
  known.set(transport, messages);
  return messages;
};
