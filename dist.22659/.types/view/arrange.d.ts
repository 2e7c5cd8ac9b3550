import { type Region, type Size, type Slot, type Spread } from './layout.ts';
import type { Focusable, Panel } from './panel.ts';
import { type View } from './view.ts';
export type Placed = {
    readonly panel: Panel;
    readonly region: Region;
};
export type Arrangement = {
    /** Beside the ladder and below the narration, in the order of the focus. */
    readonly placed: readonly Placed[];
    /** Has the focus and no place beside the ladder: it stands in the ladder's. */
    readonly instead: Panel | undefined;
    /** Which of the plans leaves room for the panels. */
    readonly spread: Spread;
};
/** Beside the ladder there is room for one panel, and not for two. */
export declare const hasOneSide: (slots: readonly Slot[]) => boolean;
/** With the focus it takes the ladder's place, whatever stands beside it. */
export declare const spreads: ({ covers }: Panel) => boolean;
export declare const isTooSmall: ({ columns, rows }: Size) => boolean;
export declare const arrange: (view: View, size: Size) => Arrangement;
/** The ring of `tab`, and the order of the numbers: it does not depend on what is on the screen. */
export declare const focusRing: (view: View, size: Size) => readonly Focusable[];
export declare const focusedOf: ({ input: { playback } }: View) => Focusable | undefined;
