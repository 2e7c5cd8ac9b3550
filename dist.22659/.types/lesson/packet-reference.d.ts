import type { PacketRecord, Trace } from '../sim/trace.ts';
import type { PacketReference } from './expression.ts';
import type { Selector } from './selector.ts';
type Where = {
    readonly trace: Trace;
    readonly event: number;
};
/** The packet meant; undefined if there is none. */
export declare const packetAt: (reference: PacketReference, instant: Where) => PacketRecord | undefined;
export declare const firstEvent: (selector: Selector, trace: Trace) => number;
export declare const packetOf: (reference: PacketReference, { trace, event }: Where) => PacketRecord;
export {};
