import { type Seq } from '../wire/seq.ts';
export declare const Flag: {
    readonly fin: 1;
    readonly syn: 2;
    readonly rst: 4;
    readonly psh: 8;
    readonly ack: 16;
    readonly urg: 32;
    readonly ece: 64;
    readonly cwr: 128;
};
/** Those that open, close or break off. */
export declare const openOrClose: number;
/** Right edge behind the last octet, as in RFC 2018. */
export type SackBlock = {
    readonly left: Seq;
    readonly right: Seq;
};
/** What the options of a segment with SYN say (RFC 9293 §3.7.1, RFC 7323, RFC 2018). */
export type OpeningOptions = {
    readonly mss?: number;
    /** Shift count. */
    readonly windowScale?: number;
    readonly sackPermitted: boolean;
    readonly timestamps: boolean;
};
export type SeenSegment = {
    /** From 1, in the file. */
    readonly frame: number;
    /** Since the first frame of the capture. */
    readonly atUs: number;
    readonly seq: Seq;
    /** 0 without ACK. */
    readonly ack: Seq;
    readonly flags: number;
    /** As in the header. */
    readonly window: number;
    /** Octets of data that it had on the wire. */
    readonly length: number;
    /** Those of them that were captured. */
    readonly data: Uint8Array;
    /** Of a segment with SYN. */
    readonly opening: OpeningOptions | undefined;
    readonly sack: readonly SackBlock[];
    /** It has blocks of SACK, even if they were not captured. */
    readonly sacks: boolean;
};
export declare const has: (segment: SeenSegment, flags: number) => boolean;
/** Sequence numbers that it takes: its data, SYN and FIN. */
export declare const spaceOf: ({ flags, length }: Pick<SeenSegment, 'flags' | 'length'>) => number;
type Frame = {
    readonly frame: number;
    readonly atUs: number;
};
/** `start … wireEnd` is IP's payload, of which `bytes` may lack the end. undefined: no header, or too little of it. */
export declare const readSegment: (bytes: Uint8Array, start: number, wireEnd: number, { frame, atUs }: Frame) => SeenSegment | undefined;
export {};
