import type { Density, LadderFrame } from '../layout.ts';
import type { LadderItem, StateLabel } from './ladder-item.ts';
import type { LadderItems } from './scene-ladder.ts';
/** `at` is the row of the item's line; a label above it is one row higher. */
export type LadderRow = {
    readonly item: LadderItem;
    readonly at: number;
};
/** `before` and `after` count rows around the item's own line. */
export type Block = {
    readonly item: LadderItem;
    readonly before: number;
    readonly after: number;
};
export declare const blocksOf: (items: readonly LadderItem[], density: Density) => Block[];
export type LadderWindow = {
    readonly rows: readonly LadderRow[];
    /** What had to make way above the first row. */
    readonly cutOff: readonly LadderItem[];
    /** Packets above the first row shown. */
    readonly hidden: number;
    /** Packets below the last row: the reader has scrolled up, and timers, which belong below the newest, are not shown. */
    readonly later: number;
    readonly states: readonly [StateLabel | undefined, StateLabel | undefined];
    /** Row of the states before the first item: where the lifelines begin. */
    readonly first: number;
};
type Room = {
    readonly frame: LadderFrame;
    /** Of the timers below the newest. */
    readonly timerRows: number;
};
/** Is it the packet's own row, or the one that it shares with others? */
export declare const holds: (item: LadderItem, packet: number) => boolean;
export declare const windowOf: (ladder: LadderItems, blocks: readonly Block[], room: Room) => LadderWindow;
/** Chosen when a run is opened or the screen changes, from the rows of the whole run. */
export declare const densityFor: (whole: LadderItems['whole'], rows: number) => Density;
export {};
