import { type Seq } from '../wire/seq.ts';
/** A segment as a capture has it: `bytes` may be fewer than the `length` that it had on the wire. */
export type Arrival = {
    readonly frame: number;
    readonly seq: Seq;
    readonly syn: boolean;
    readonly fin: boolean;
    readonly bytes: Uint8Array;
    readonly length: number;
};
/**
 * Offsets count the stream's bytes, from the one behind SYN; without SYN from the first that was captured.
 * `hole`: bytes that the capture has not. `end`: FIN, and all before it has been told.
 */
export type Piece = {
    readonly kind: 'bytes';
    readonly start: number;
    readonly bytes: Uint8Array;
    readonly frame: number;
} | {
    readonly kind: 'hole';
    readonly start: number;
    readonly end: number;
} | {
    readonly kind: 'end';
    readonly start: number;
    readonly frame: number;
};
/** Waiting for what comes before it. Without `bytes`: cut off by the capture's snap length. */
type Held = {
    readonly start: number;
    readonly end: number;
    readonly frame: number;
    readonly bytes?: Uint8Array;
};
/** Where in sequence space an offset lies. */
type Anchor = {
    readonly seq: Seq;
    readonly offset: number;
};
export type Stream = {
    /** Undefined before the first segment. `offset` is that of the next byte to be handed on. */
    readonly next?: Anchor;
    /** In order, none overlapping another. */
    readonly held: readonly Held[];
    readonly fin?: {
        readonly offset: number;
        readonly frame: number;
    };
    readonly ended: boolean;
};
type Received = {
    readonly stream: Stream;
    readonly pieces: readonly Piece[];
    /** Bytes of this segment that had come before: a retransmission, or a part of one. The first copy counts. */
    readonly again: number;
    /** Bytes that a copy still held has otherwise. */
    readonly differing: number;
};
/** What is held at most; in bytes and in stretches. Beyond it the gap before it is called a hole. */
export declare const MAX_HELD_BYTES: number;
export declare const MAX_HELD_STRETCHES = 1024;
export declare const newStream: Stream;
/** SYN takes a place in sequence space before the first byte. Bytes beyond FIN, or before the first, are dropped. */
export declare const receive: (stream: Stream, arrival: Arrival) => Received;
/** Nothing comes any more: what is held is told, and the gaps before it are holes. */
export declare const finishStream: (stream: Stream) => readonly Piece[];
/** Which frames brought the bytes of a span, in the order of the stream: what a line of text has from each segment. */
export declare const framesOf: (pieces: Iterable<Piece>, span: {
    readonly start: number;
    readonly end: number;
}) => readonly number[];
export {};
