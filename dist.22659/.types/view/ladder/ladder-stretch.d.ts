import type { PacketRecord } from '../../sim/trace.ts';
import { type View } from '../view.ts';
import { type Entry } from './ladder-entries.ts';
export declare const firstPacket: (entry: Entry) => number | undefined;
/** The newest entries; of a long run those around the chosen packet, if it is not among them. */
export declare const shownEntries: (view: View, chosen: number | undefined) => {
    entries: readonly Entry[];
    packets: PacketRecord[];
    moment: number;
};
