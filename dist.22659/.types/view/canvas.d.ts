import type { Line, Role } from './span.ts';
export type Style = {
    readonly role: Role;
    readonly bold?: boolean;
    readonly selected?: boolean;
};
export declare class Canvas {
    #private;
    readonly columns: number;
    readonly rows: number;
    /** Cells that two texts wanted: the first one keeps them. 0 unless there is a bug. */
    collisions: number;
    constructor(columns: number, rows: number);
    /** Beyond the last row or column nothing is written. */
    put(row: number, column: number, text: string, style: Style): void;
    /** The cells of a row that nothing has been put into get this style. */
    fill(row: number, columns: {
        readonly from: number;
        readonly to: number;
    }, style: Style): void;
    /** All that `draw` puts, or, where it throws, nothing of it. */
    whole(draw: () => void): void;
    /** So that the text ends in `column`. */
    putEnd(row: number, column: number, text: string, style: Style): void;
    lines(): Line[];
}
