import type { Trace } from './trace.ts';
/** Equal · different · only in the right run · only in the left one. */
export type Relation = '=' | '≠' | '+' | '−';
export type PacketRow = {
    /** Packet numbers in their own runs; one of the two is always there. */
    readonly left: number | undefined;
    readonly right: number | undefined;
    readonly relation: Relation;
    /** With + and −: the same packet in the other run, where others come before it. */
    readonly elsewhere: number | undefined;
};
/** Every packet of both runs stands in exactly one row, in its own run's order. */
export declare const alignPackets: (leftTrace: Trace, rightTrace: Trace) => readonly PacketRow[];
