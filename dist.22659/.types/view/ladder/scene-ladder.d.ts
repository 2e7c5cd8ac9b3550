import { type SceneTimer } from '../endpoints/scene-timers.ts';
import { type View } from '../view.ts';
import type { LadderItem, StateLabel } from './ladder-item.ts';
export type LadderItems = {
    /** Oldest first; of a long run the newest ones, or those around `scrolledTo`. */
    readonly items: readonly LadderItem[];
    /** Packets before the first item. */
    readonly earlier: number;
    /** Packets that were sent after the last item. */
    readonly later: number;
    /** The packet that the reader has chosen, while nothing moves: it has to be on the screen. */
    readonly scrolledTo: number | undefined;
    /** Of several connections of a capture that of which the states below tell. */
    readonly conversation?: number | undefined;
    /** States of the two ends before the first item; undefined: unknown. */
    readonly states: readonly [StateLabel | undefined, StateLabel | undefined];
    readonly timers: readonly SceneTimer[];
    /** Of the whole run: what the density is chosen by. */
    readonly whole: {
        readonly packets: number;
        readonly others: number;
    };
};
/** Worked out once for each look: panels ask for it too. */
export declare const ladderItems: (view: View) => LadderItems;
