import type { TcpState } from '../../stack/tcp/states.ts';
export type Direction = 'up' | 'down' | 'left' | 'right';
export type Cell = readonly [row: number, column: number];
/** How an end came to be CLOSED: nothing was there yet, or it closed first, or second. */
export type ClosedBy = 'beginning' | 'closing first' | 'closing second';
export type ChartNode = {
    readonly state: TcpState;
    /** Of the pictures’ CLOSED states: which of them this is. */
    readonly closedBy: readonly ClosedBy[];
    /** Of its first letter. */
    readonly at: Cell;
};
export type ChartEdge = {
    readonly from: TcpState;
    readonly to: TcpState;
    readonly label: string;
    readonly labelAt: Cell;
    /** Where ◆ stands when this edge has just been taken. */
    readonly markAt: Cell;
    /** From the first cell to the head of the arrow, by corners. */
    readonly way: readonly Cell[];
    /** How it leaves its state and meets the other one, where that is not the way's own direction. */
    readonly leaves: Direction | undefined;
    readonly meets: Direction | undefined;
};
export type Chart = {
    readonly columns: number;
    readonly rows: number;
    readonly nodes: readonly ChartNode[];
    readonly edges: readonly ChartEdge[];
    /** Two rows: who takes which path, or has just left the figure. */
    readonly legendRow: number;
};
/** The part below ESTABLISHED (screens.md 5 (f)). */
export declare const closeChart: Chart;
export declare const wholeChart: Chart;
/** The part above, for lessons in which nothing is closed. */
export declare const openChart: Chart;
