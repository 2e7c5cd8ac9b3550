import type { IcmpMessage } from './icmp.ts';
import type { IpAddress } from './ip-address.ts';
import { type IpPacket } from './ip-packet.ts';
import { type Seq } from './seq.ts';
type Kind = Pick<IcmpMessage, 'type' | 'code' | 'rest'>;
/** An error about `packet`, whose header has no options or extensions that would have to be quoted too. */
export declare const icmpError: (packet: IpPacket, { type, code, rest }: Kind) => IcmpMessage;
export type QuotedSegment = {
    readonly src: IpAddress;
    readonly dst: IpAddress;
    readonly srcPort: number;
    readonly dstPort: number;
    readonly seq: Seq;
};
/** The segment that an ICMP error is about; undefined if it quotes something else. */
export declare const quotedSegment: (message: IcmpMessage) => QuotedSegment | undefined;
/** The datagram that an ICMP error is about; undefined if it quotes something else. */
export declare const quotedDatagram: (message: IcmpMessage) => Omit<QuotedSegment, 'seq'> | undefined;
/** The same error about a packet from another socket: what a NAT makes of it (RFC 5508 §4.2). IPv4 only. */
export declare const quoteFrom: (message: IcmpMessage, src: IpAddress, srcPort: number) => IcmpMessage;
/** The size of the narrow link that the message tells; undefined where it tells none (RFC 1191 §4, RFC 4443 §3.2). */
export declare const toldMtu: ({ type, code, rest }: IcmpMessage, version: 4 | 6) => number | undefined;
export {};
