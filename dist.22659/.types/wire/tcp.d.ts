import { type IpAddress } from './ip-address.ts';
import { type Result } from './result.ts';
import { type Rope } from './rope.ts';
import { type Seq } from './seq.ts';
import { type TcpOption } from './tcp-options.ts';
import type { WireError } from './wire-error.ts';
export type { TcpOption } from './tcp-options.ts';
/** Control bits, as they stand in the header's 14th byte (RFC 9293 §3.1, RFC 3168). */
export declare const TcpFlag: {
    readonly FIN: 1;
    readonly SYN: 2;
    readonly RST: 4;
    readonly PSH: 8;
    readonly ACK: 16;
    readonly URG: 32;
    readonly ECE: 64;
    readonly CWR: 128;
};
export type TcpFlagName = keyof typeof TcpFlag;
export type TcpSegment = {
    readonly srcPort: number;
    readonly dstPort: number;
    readonly seq: Seq;
    /** 0 on the wire unless ACK is set. */
    readonly ack: Seq;
    /** Sum of `TcpFlag` bits. */
    readonly flags: number;
    /** The 16-bit field as it stands on the wire, not scaled. */
    readonly window: number;
    readonly urgent: number;
    readonly options: readonly TcpOption[];
    readonly payload: Rope;
};
/** SEG.LEN: payload bytes, plus one each for SYN and FIN (RFC 9293 §3.4). */
export declare const segLen: (segment: TcpSegment) => number;
export declare const hasFlag: (segment: TcpSegment, name: TcpFlagName) => boolean;
/** In the order in which people say them. */
export declare const flagOrder: readonly TcpFlagName[];
export declare const flagNames: ({ flags }: Pick<TcpSegment, 'flags'>) => readonly TcpFlagName[];
export declare const tcpHeader: {
    readonly protocol: string;
    readonly clause: string;
    readonly size: number;
    read(bytes: Uint8Array, at: number): {
        readonly ack: number;
        readonly checksum: number;
        readonly dataOffset: number;
        readonly dstPort: number;
        readonly flags: number;
        readonly seq: number;
        readonly srcPort: number;
        readonly urgent: number;
        readonly window: number;
    };
    write(bytes: Uint8Array, at: number, values: {
        readonly ack: number;
        readonly checksum: number;
        readonly dataOffset: number;
        readonly dstPort: number;
        readonly flags: number;
        readonly seq: number;
        readonly srcPort: number;
        readonly urgent: number;
        readonly window: number;
    }): void;
    rows(bytes: Uint8Array, at: number, end: number): import("./layer.ts").Field[];
    place(display: string): import("./layout.ts").FieldPlace | undefined;
};
export declare const TCP_CHECKSUM_AT = 16;
export declare const TCP_PROTOCOL = 6;
/** Header, options and payload; in bytes. */
export declare const tcpLength: (segment: TcpSegment) => number;
/** `pseudo` is the pseudo header's sum. Throws where the options do not fit into a header: that is a bug. */
export declare const writeTcp: (bytes: Uint8Array, at: number, segment: TcpSegment, pseudo: number) => void;
/** The addresses between which a segment travels: they are part of its checksum (RFC 9293 §3.1). */
type PseudoHeader = {
    readonly src: IpAddress;
    readonly dst: IpAddress;
};
export declare const encodeTcp: (segment: TcpSegment, { src, dst }: PseudoHeader) => Uint8Array;
/** `bytes` is what IP carried; `pseudo` is undefined where checksums are not to be judged. */
export declare const readTcp: (bytes: Uint8Array, pseudo: number | undefined) => Result<TcpSegment, WireError>;
