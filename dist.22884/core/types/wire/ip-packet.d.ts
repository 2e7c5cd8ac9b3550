import { type IcmpMessage } from './icmp.js';
import { type IpAddress } from './ip-address.js';
import { type Result } from './result.js';
import { type Rope } from './rope.js';
import { type TcpSegment } from './tcp.js';
import { type UdpDatagram } from './udp.js';
import type { WireError } from './wire-error.js';
export type Transport = {
    readonly kind: 'tcp';
    readonly segment: TcpSegment;
} | {
    readonly kind: 'udp';
    readonly datagram: UdpDatagram;
} | {
    readonly kind: 'icmp';
    readonly message: IcmpMessage;
} | {
    readonly kind: 'icmpv6';
    readonly message: IcmpMessage;
} | {
    readonly kind: 'raw';
    readonly protocol: number;
    readonly payload: Rope;
};
export type IpPacket = {
    readonly version: 4 | 6;
    readonly src: IpAddress;
    readonly dst: IpAddress;
    /** IPv4 TTL, IPv6 hop limit. */
    readonly ttl: number;
    /** IPv4 identification; 0 for IPv6. */
    readonly id: number;
    readonly dontFragment: boolean;
    /** The byte that holds DSCP and ECN. */
    readonly trafficClass: number;
    readonly transport: Transport;
    /** IPv4 options as they stand in the header, a multiple of 4 bytes; absent where there are none. */
    readonly options?: Uint8Array;
    /** A fragment of an IPv4 packet: its place in bytes, and whether more follow. Its transport is raw. */
    readonly fragment?: {
        readonly offset: number;
        readonly more: boolean;
    };
    /** IPv6 flow label; absent where it is 0. */
    readonly flowLabel?: number;
    /** IPv6 extension headers, whole, in order; their next-header octets are made when encoding. */
    readonly extensions?: readonly {
        readonly type: number;
        readonly bytes: Uint8Array;
    }[];
};
/** IANA protocol numbers of what is decoded further. */
export declare const Protocol: {
    readonly icmp: 1;
    readonly tcp: 6;
    readonly udp: 17;
    readonly icmpv6: 58;
};
export type ReadOptions = {
    /** False reads packets whose checksums the sender's network card was to fill in. @default true */
    readonly verifyChecksums?: boolean;
    /** What cannot be read behind a sound IP header stays as octets: a router looks no further. @default false: an error */
    readonly keepUnread?: boolean;
};
/** Header and payload; in bytes. */
export declare const ipPacketLength: (packet: IpPacket) => number;
/** Where an IPv6 packet goes in the end: behind the stops of a routing header (RFC 8200 §4.4). */
export declare const finalDestination: ({ dst, extensions }: IpPacket) => IpAddress;
export declare const writeIpPacket: (bytes: Uint8Array, at: number, packet: IpPacket) => void;
export declare const encodeIpPacket: (packet: IpPacket) => Uint8Array;
/** The packet at the start of `bytes`; what follows it (link padding) is ignored. */
export declare const decodeIpPacket: (bytes: Uint8Array, { verifyChecksums, keepUnread }?: ReadOptions) => Result<IpPacket, WireError>;
