// // What is in a packet, whoever keeps it.

import type {PacketRecord} from '../sim/trace.ts';
import {dnsIn} from '../wire/dns/carried.ts';
import type {DnsMessage} from '../wire/dns/message.ts';
import {type IpPacket, segmentIn} from '../wire/frame.ts';
import type {TcpSegment} from '../wire/tcp.ts';

export type Framed = Pick<PacketRecord, 'frame'>;

export const ipPacketOf = ({frame}: Framed): IpPacket | undefined =>
  frame?.payload.kind === 'ip' ? frame.payload.packet : undefined;

export const segmentOf = ({frame}: Framed): TcpSegment | undefined => frame && segmentIn(frame);

export const dnsMessagesOf = (framed: Framed): readonly DnsMessage[] => {
  const transport = ipPacketOf(framed)?.transport;
  return transport ? dnsIn(transport) : [];
};
