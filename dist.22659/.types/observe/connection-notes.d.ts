import type { Side } from './connections.ts';
import type { Refusal } from './icmp-refusals.ts';
import { type SeenSegment } from './seen-segment.ts';
export type Silence = {
    readonly us: number;
    /** That of the segment by which it ended. */
    readonly frame: number;
    readonly side: Side;
    readonly segment: Pick<SeenSegment, 'flags' | 'length'>;
    readonly marks: number;
    /** Who had sent data last; undefined: nobody had. */
    readonly lastData: Side | undefined;
    /** The window was closed to who ended it. */
    readonly windowClosed: boolean;
};
/** A RST: does it answer a segment that its sender could not use (RFC 9293 §3.10.7.1), or did its sender break off by itself? */
export type BrokenOff = {
    readonly frame: number;
    /** What it answers; undefined: nothing. */
    readonly answers?: {
        readonly frame: number;
        readonly what: 'data' | 'fin' | 'keepAlive';
    };
    /** Its sender's keep-alive probes that nobody had answered (RFC 9293 §3.8.4). */
    readonly probes?: number;
};
export type Noted = 'zeroWindow' | 'keepAlive' | 'lostBefore' | 'outOfOrder';
export declare class ConnectionNotes {
    #private;
    /** The first ones, in the order of the file. */
    frames(kind: Noted): readonly number[];
    /** The longest time between two segments, and what ended it; undefined: there is only one segment. */
    get silence(): Silence | undefined;
    /** The first ICMP message that says that a packet of it did not arrive. */
    get refusal(): Refusal | undefined;
    /** The first RST. */
    get brokenOff(): BrokenOff | undefined;
    refuse(refusal: Refusal): void;
    take(side: Side, segment: SeenSegment, marks: number, sinceUs: number | undefined): void;
}
