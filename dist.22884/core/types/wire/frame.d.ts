import { type ArpMessage } from './arp.js';
import type { MacAddress } from './ip-address.js';
import { type IpPacket, type ReadOptions } from './ip-packet.js';
import { type Result } from './result.js';
import { type Rope } from './rope.js';
import type { TcpSegment } from './tcp.js';
import type { WireError } from './wire-error.js';
export type { ArpMessage } from './arp.js';
export type { IcmpMessage } from './icmp.js';
export type { IpAddress, MacAddress } from './ip-address.js';
export type { IpPacket, Transport } from './ip-packet.js';
export type { UdpDatagram } from './udp.js';
/** An Ethernet II frame (the only link the simulator itself uses). */
export type Frame = {
    readonly src: MacAddress;
    readonly dst: MacAddress;
    /** The 802.1Q tag; absent on an untagged frame. */
    readonly vlan?: {
        readonly priority: number;
        readonly dei: number;
        readonly id: number;
    };
    readonly payload: {
        readonly kind: 'ip';
        readonly packet: IpPacket;
    } | {
        readonly kind: 'arp';
        readonly message: ArpMessage;
    } | {
        readonly kind: 'raw';
        readonly etherType: number;
        readonly bytes: Rope;
    };
};
/** Of what `encodeFrame` makes; in bytes. */
export declare const segmentIn: ({ payload }: Frame) => TcpSegment | undefined;
export declare const frameLength: ({ vlan, payload }: Frame) => number;
/** The frame without padding to Ethernet's minimum and without check sequence, as captures show a sent frame. */
export declare const encodeFrame: (frame: Frame) => Uint8Array;
/** Strict: lengths and checksums have to be right. Payload refers to `bytes`, which must not change afterwards. */
export declare const decodeFrame: (bytes: Uint8Array, options?: ReadOptions) => Result<Frame, WireError>;
