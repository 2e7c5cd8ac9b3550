import type { PacketRecord, Trace } from '../../sim/trace.ts';
/** Another arrival of a packet that has landed before. */
export type Copy = {
    readonly packet: PacketRecord;
    /** Its `arrive` event, and when that is. */
    readonly event: number;
    readonly atUs: number;
    /** It takes as long as the packet itself did. */
    readonly fromUs: number;
};
/** In the order in which they land; one pass over the run, at the first question. */
export declare const copiesIn: (trace: Trace) => readonly Copy[];
