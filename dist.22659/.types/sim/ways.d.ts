import type { Way } from './sent-packet.ts';
import { type Topology } from './topology.ts';
import type { TraceEvent } from './trace.ts';
type Send = Extract<TraceEvent, {
    kind: 'send';
}>;
/** Event `n` of the run being recorded. */
type EventAt = (n: number) => TraceEvent;
export declare class Ways {
    #private;
    constructor(eventAt: EventAt);
    /** Of copies of a packet, the one that ends first counts. */
    note(event: TraceEvent): void;
    /** The event of its first sending; undefined: there is no such packet. */
    first(packet: number): Send | undefined;
    of(packet: number, topology: Topology): Way | undefined;
}
export {};
