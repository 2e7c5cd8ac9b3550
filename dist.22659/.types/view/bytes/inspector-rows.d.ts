import type { Field, Layer } from '../../wire/layer.ts';
import type { PacketView } from './inspector-view.ts';
export type InspectorRow = {
    /** Names the same row in every packet: `tcp#1:tcp.ack_raw#1`. */
    readonly key: string;
    /** 0: a layer; 1: a field; 2 and more: a part of one. */
    readonly depth: number;
    readonly layer: Layer;
    /** undefined: the layer itself. */
    readonly field: Field | undefined;
    readonly start: number;
    readonly end: number;
    readonly children: readonly InspectorRow[];
    /** Its value stands on the layer's own row already, or says nothing here. */
    readonly minor: boolean;
};
/** `main`: without the minor fields. */
export type Fold = 'closed' | 'main' | 'all';
export type Folds = {
    readonly [key: string]: Fold;
};
/** One row a layer, with all that is below it. */
export declare const rowTree: ({ layers }: PacketView) => readonly InspectorRow[];
/** The layer that is open at first: the one that the packet is for. */
export declare const mainLayer: (rows: readonly InspectorRow[]) => InspectorRow | undefined;
export declare const foldOf: (rows: readonly InspectorRow[], folds: Folds, row: InspectorRow) => Fold;
export declare const visibleRows: (view: PacketView, folds: Folds) => readonly InspectorRow[];
/** From a layer's row down to the row of that key, both included; empty if the packet has no such row. */
export declare const pathTo: (rows: readonly InspectorRow[], key: string) => readonly InspectorRow[];
