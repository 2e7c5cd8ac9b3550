import type { PacketRecord, Trace } from '../../sim/trace.ts';
import type { LadderItem, PacketItem } from './ladder-item.ts';
/** The packet that leaves the other end at the same time as packet `id`, where these two are all that leave then. */
export declare const crossingOf: (trace: Trace, id: number) => PacketRecord | undefined;
/** Rows that the crossing flights of a run take besides those of their departures. */
export declare const crossingsIn: (trace: Trace) => number;
/** Of the flight that leaves first in the picture, and of the other; hosts may be called a and b themselves. */
export declare const lettersFor: (hosts: readonly string[]) => readonly [string, string];
/** Departures first, arrivals after. `partner`: the item of the packet that crosses this one, on its way or still to leave. */
export declare const withCrossings: (items: readonly LadderItem[], partner: (item: PacketItem) => PacketItem | undefined, letters: readonly [string, string]) => readonly LadderItem[];
