import { type Seq } from '../wire/seq.ts';
import { type TcpSegment } from '../wire/tcp.ts';
import type { OpeningOptions, SackBlock } from './seen-segment.ts';
/** What a segment with SYN offers; `answers`: with ACK, so that it only has what the other end offered too. */
export type Offer = OpeningOptions & {
    readonly answers: boolean;
};
/** As in the header; that of a segment with SYN is never scaled (RFC 7323 §2.2). */
export type ToldWindow = {
    readonly field: number;
    readonly unscaled: boolean;
};
/** `wl2`: undefined without ACK. */
type HeardWindow = ToldWindow & {
    readonly wl1: Seq;
    readonly wl2: Seq | undefined;
};
/** undefined: nothing that passed has told it yet. */
export type ObservedEnd = {
    /** Of its own SYN, and of the other end's. */
    readonly offer: Offer | undefined;
    readonly peerOffer: Offer | undefined;
    readonly iss: Seq | undefined;
    readonly irs: Seq | undefined;
    /** The highest number that has been acknowledged to it, and the number behind the highest one that it has sent. */
    readonly una: Seq | undefined;
    readonly nxt: Seq | undefined;
    /** The highest acknowledgment number that it has sent: RCV.NXT is that at least. */
    readonly rcvNxt: Seq | undefined;
    /** The window that it has told, and the one that was told to it. */
    readonly told: ToldWindow | undefined;
    readonly heard: HeardWindow | undefined;
    /** Beyond `una`, in rising order. */
    readonly sacked: readonly SackBlock[];
    /** From the sending of the last segment that was timed to its acknowledgment; in µs. */
    readonly rttUs: number | undefined;
    /** One segment at a time, as RFC 6298 §3 asks for at least. */
    readonly timed: {
        readonly end: Seq;
        readonly atUs: number;
    } | undefined;
};
export declare const unseenEnd: ObservedEnd;
/** What of a segment counts here. */
export type Passed = Pick<TcpSegment, 'seq' | 'ack' | 'flags' | 'window'> & {
    /** SEG.LEN: with SYN and FIN. */
    readonly space: number;
    readonly offer: Offer | undefined;
    readonly sack: readonly SackBlock[];
    /** An octet sent into a closed window: it does not count as sent unless it is acknowledged (RFC 9293 §3.8.6.1). */
    readonly probes: boolean;
};
export declare const passedOf: (segment: TcpSegment, probes: boolean) => Passed;
/** The end after it has sent a segment. An RST tells nothing of numbers: what comes after it is another connection. */
export declare const afterSending: (end: ObservedEnd, segment: Passed, atUs: number) => ObservedEnd;
/** The end after a segment of the other one has reached it. */
export declare const afterHearing: (end: ObservedEnd, segment: Passed, atUs: number) => ObservedEnd;
/** SND.NXT − SND.UNA: octets without an acknowledgment; undefined until both have been told. */
export declare const flightOf: ({ una, nxt }: ObservedEnd) => number | undefined;
/** By how many bits the windows that this end tells, and those that it hears, are to be shifted. */
export declare const shiftsOf: ({ offer, peerOffer, }: ObservedEnd) => {
    readonly rcv: number | undefined;
    readonly snd: number | undefined;
};
/** In octets; undefined where the scale is not known. A closed window is closed under any scale. */
export declare const windowOctets: (window: ToldWindow | undefined, shift: number | undefined) => number | undefined;
/** Whether both ends take part; undefined: what was seen of the SYNs does not tell. */
export declare const isAgreed: ({ offer, peerOffer }: ObservedEnd, option: 'sackPermitted' | 'timestamps') => boolean | undefined;
/** The most payload of a segment that this end sends (RFC 9293 §3.7.1); undefined before both SYNs have been seen. */
export declare const mssOf: (end: ObservedEnd, version: 4 | 6) => number | undefined;
export {};
