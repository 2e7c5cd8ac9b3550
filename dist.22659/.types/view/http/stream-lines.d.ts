import type { Connection, Side } from '../../observe/connections.ts';
import type { Trace } from '../../sim/trace.ts';
import { type View } from '../view.ts';
/** `line` counts if that packet is still the selected one. */
export type StreamOwn = {
    readonly packet: number;
    readonly line: number;
};
export type StreamLine = {
    readonly side: Side;
    /** That brings it; undefined: none did, bytes are missing. */
    readonly packet: number | undefined;
    /** The first line of what the packet brings. */
    readonly first: boolean;
    readonly kind: 'text' | 'hex' | 'note';
    readonly text: string;
    readonly arrived: boolean;
    readonly hidden: boolean;
};
export type ShownStream = {
    readonly connection: Connection;
    /** Of the pieces around the marked one. */
    readonly lines: readonly StreamLine[];
    readonly marked: number;
    /** Pieces before the first line, and behind the last. */
    readonly before: number;
    readonly after: number;
    /** Bytes that have arrived from each side. */
    readonly bytes: readonly [number, number];
};
export declare const streamsIn: (trace: Trace) => readonly Connection[];
export declare const shownStream: (view: View, own: StreamOwn) => ShownStream | undefined;
