// The DNS messages of a packet: a datagram's, or those that a segment holds whole (RFC 1035 §4.2).
import {decodeDns} from '../../wire/dns/decode.ts';
import {splitDns} from '../../wire/dns/framing.ts';
import type {DnsMessage} from '../../wire/dns/message.ts';
import {ropeToBytes} from '../../wire/rope.ts';
import {ipPacketOf, type PacketFacts} from '../packet-facts.ts';

const dnsPort = 53;

const bytesOf = (facts: Pick<PacketFacts, 'frame'>): readonly Uint8Array[] => {
  const transport = ipPacketOf(facts)?.transport;
  if (transport?.kind !== 'udp' && transport?.kind !== 'tcp') return [];
  const {srcPort, dstPort, payload} = transport.kind === 'udp' ? transport.datagram : transport.segment;
  if (srcPort !== dnsPort && dstPort !== dnsPort) return [];
  const bytes = ropeToBytes(payload);
  return transport.kind === 'udp' ? [bytes] : splitDns(new Uint8Array(), bytes).messages;
};

export const dnsMessagesOf = (facts: Pick<PacketFacts, 'frame'>): readonly DnsMessage[] =>
  bytesOf(facts).flatMap((bytes) => {
    const message = decodeDns(bytes);
    return message.ok ? [message.value] : [];
  });
