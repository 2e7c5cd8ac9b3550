import { type Folds, type InspectorRow } from './inspector-rows.ts';
import type { PacketView } from './inspector-view.ts';
export type InspectorState = {
    /** Key of the selected row. */
    readonly selected: string;
    /** Offset of the byte under the cursor, in the selected field where that has bytes. */
    readonly byte: number;
    /** Sequence numbers counted from the connection's begin. */
    readonly relative: boolean;
    readonly folds: Folds;
};
export type InspectorAction = {
    readonly kind: 'field';
    readonly by: number;
} | {
    readonly kind: 'byte';
    readonly by: number;
}
/** By another panel: that byte, or the first field of that name. */
 | {
    readonly kind: 'go to byte';
    readonly byte: number;
} | {
    readonly kind: 'go to field';
    readonly name: string;
} | {
    readonly kind: 'fold';
} | {
    readonly kind: 'relative';
};
/** The first field of the packet's own layer; what was unfolded in the packet before stays so. */
export declare const inspectorState: (view: PacketView, before?: InspectorState) => InspectorState;
/** The selected row, or where it is folded away the nearest row around it that can be seen. */
export declare const selectedRow: (view: PacketView, state: InspectorState) => InspectorRow | undefined;
export declare const inspect: (view: PacketView, state: InspectorState, action: InspectorAction) => InspectorState;
