import type { InspectorRow } from './inspector-rows.ts';
import { type Wording } from './inspector-value.ts';
import type { PacketView } from './inspector-view.ts';
/** Lines of at most `columns`; the clause stands behind the last one where it fits, else below if `roomy`. */
export declare const fieldHelp: (row: InspectorRow, view: PacketView, options: Wording & {
    readonly columns: number;
    readonly roomy: boolean;
}) => readonly string[];
