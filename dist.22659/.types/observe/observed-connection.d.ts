import { type Seq } from '../wire/seq.ts';
import { ApplicationStreams, type DnsHeard } from './application-streams.ts';
import { ConnectionNotes } from './connection-notes.ts';
import type { Side } from './connections.ts';
import type { Copied } from './copies.ts';
import type { OctetStore } from './octet-store.ts';
import { Resendings } from './resendings.ts';
import { type OpeningOptions, type SeenSegment } from './seen-segment.ts';
import { SequenceRanges } from './sequence-ranges.ts';
import { TcpCourse } from './tcp-course.ts';
export type Endpoint = {
    readonly address: string;
    readonly port: number;
};
export type Counts = {
    packets: number;
    syn: number;
    synAck: number;
    fin: number;
    rst: number;
    retransmissions: number;
    fastRetransmissions: number;
    spuriousRetransmissions: number;
    duplicateAcks: number;
    outOfOrder: number;
    lostBefore: number;
    keepAlives: number;
    zeroWindow: number;
    zeroWindowProbes: number;
    windowUpdates: number;
    windowFull: number;
    /** Segments that repeat numbers seen before, whatever the reason. */
    resent: number;
    sackAcks: number;
};
type Half = {
    readonly ranges: SequenceRanges;
    payloadBytes: number;
    /** Payload that came behind the other end's FIN. */
    afterFin: number;
    options: OpeningOptions | undefined;
    /** Of the last segment, unscaled. */
    window: number | undefined;
    nextSeq: Seq | undefined;
    /** Before its first octet: of its SYN, or as the first segment of either end that tells it says. */
    base: Seq | undefined;
    segments: number;
    readonly resendings: Resendings;
    /** Behind the last octet that it has said to have out of order (RFC 2018). */
    sacked: Seq | undefined;
    /** Segments that are larger than the other end takes, and the octets of the largest: a card cuts them later. */
    giants: number;
    largest: number;
};
type Beginning = {
    readonly id: number;
    readonly ends: readonly [Endpoint, Endpoint];
    readonly frame: number;
    readonly atUs: number;
    readonly store: OctetStore;
};
export declare class ObservedConnection {
    #private;
    /** From 1, in the order of first segments. */
    readonly id: number;
    /** The sender of the first segment that was captured is 0. */
    readonly ends: readonly [Endpoint, Endpoint];
    readonly course: TcpCourse;
    readonly counts: Counts;
    readonly notes: ConnectionNotes;
    readonly firstFrame: number;
    readonly firstUs: number;
    lastUs: number;
    /** The first packet of it that the capture has once more. */
    firstCopy: number;
    constructor({ id, ends, frame, atUs, store }: Beginning);
    /** Who sent the first SYN; where none was captured, the side with the higher port. */
    get client(): Side;
    get initialRoundTripUs(): number | undefined;
    half(side: Side): Readonly<Half>;
    /** Another connection between the same ports begins with this segment (RFC 9293 §3.6.1). */
    isAnother(side: Side, segment: SeenSegment): boolean;
    /** Packets of it that the capture has more than once; all but the first are counted. */
    get copies(): number;
    /** Returns the marks. */
    take(side: Side, segment: SeenSegment, copied: Copied): number;
    /** What programs say on it; undefined before they have said anything. */
    get streams(): ApplicationStreams | undefined;
    /** The DNS messages that the segment completes. */
    read(side: Side, segment: SeenSegment): readonly DnsHeard[];
    /** Nothing comes any more. */
    finish(frame: number): readonly DnsHeard[];
}
export {};
