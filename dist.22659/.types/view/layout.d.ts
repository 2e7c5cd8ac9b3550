import type { Language } from '../lesson/text.ts';
/** Where a panel may stand while the ladder stays: beside it, or below the narration. */
export type Place = 'side' | 'lower';
export type Size = {
    readonly columns: number;
    readonly rows: number;
};
export type Density = 'spaced' | 'roomy' | 'dense' | 'compact';
/** The ladder: its rows, its two lifelines, and where the texts beside them end or begin. */
export type LadderFrame = {
    readonly top: number;
    readonly bottom: number;
    readonly left: number;
    readonly right: number;
    readonly density: Density;
    /** Last column of the times at the left; 0: no times and states beside the lifelines. */
    readonly timeEnd: number;
    /** A blank row above the states, where the picture is roomy. */
    readonly air: boolean;
    /** Blank cells between a lifeline and a label above a line. */
    readonly indent: number;
};
export type Region = {
    readonly row: number;
    readonly rows: number;
    readonly column: number;
    readonly columns: number;
};
/** A place for one panel. */
export type Slot = {
    readonly place: Place;
    readonly region: Region;
};
export type Layout = {
    readonly size: Size;
    readonly kind: 'small' | 'medium' | 'large';
    readonly ladder: Omit<LadderFrame, 'density' | 'top' | 'air'>;
    /** First row of the ladder below the addresses. */
    readonly ladderTop: number;
    readonly narration: Region;
    /** Lines of narration before it is cut; a note follows after a blank row. */
    readonly narrationLines: number;
    /** For panels beside the ladder and below the narration, the nearest first. */
    readonly slots: readonly Slot[];
    /** What a panel may take that stands in the ladder's place. */
    readonly picture: Region;
    /** All but title, timeline and keys. */
    readonly body: Region;
    /** What *Why?* may take. */
    readonly why: Region;
    readonly timelineRow: number;
    readonly keysRow: number;
};
/** Below, there is no room for pictures. */
export declare const leastSize: Size;
/** Where a usual panel has no room: `wide` the side takes columns from the ladder, `tall` the lower panels take rows. */
export type Spread = {
    readonly wide: boolean;
    readonly tall: boolean;
};
export declare const layoutOf: (size: Size, language: Language, { wide, tall }?: Spread) => Layout;
