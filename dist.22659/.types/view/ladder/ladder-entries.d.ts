import type { PacketRecord } from '../../sim/trace.ts';
import type { Gap, StateChange } from '../time/pace.ts';
import type { Copy } from './copies.ts';
import type { Happening } from './happenings.ts';
export type Entry = {
    readonly kind: 'packet';
    readonly order: number;
    readonly packet: PacketRecord;
} | {
    readonly kind: 'burst';
    readonly order: number;
    readonly packets: readonly [PacketRecord, ...PacketRecord[]];
} | {
    readonly kind: 'copy';
    readonly order: number;
    readonly copy: Copy;
} | {
    readonly kind: 'gap';
    readonly order: number;
    readonly gap: Gap;
} | {
    readonly kind: 'state';
    readonly order: number;
    readonly change: StateChange;
} | {
    readonly kind: 'happening';
    readonly order: number;
    readonly happening: Happening;
};
/** More than four departures in one direction within a tenth of a flight: the first, the rest in one row, the last. */
export declare const foldBursts: (packets: readonly PacketRecord[]) => Entry[];
