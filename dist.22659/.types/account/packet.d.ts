import type { PacketRecord, Trace } from '../sim/trace.ts';
import type { DnsMessage } from '../wire/dns/message.ts';
import { type IpPacket } from '../wire/frame.ts';
import type { TcpSegment } from '../wire/tcp.ts';
export declare const packetOf: (trace: Trace, id: number) => PacketRecord;
export type Framed = Pick<PacketRecord, 'frame'>;
export declare const ipPacketOf: ({ frame }: Framed) => IpPacket | undefined;
export declare const segmentOf: ({ frame }: Framed) => TcpSegment | undefined;
export declare const dnsMessagesOf: (framed: Framed) => readonly DnsMessage[];
