import type { Role } from '../span.ts';
import { type View } from '../view.ts';
export type Shade = 'done' | 'full' | 'free' | 'hole' | 'beyond';
/** From a number on, counted from the ISN; what is beyond the last one has its shade. */
export type Stretch = {
    readonly from: number;
    readonly shade: Shade;
};
export type BarItem = {
    readonly shade: Shade | undefined;
    readonly name: string;
    readonly value: string;
    readonly changed: boolean;
};
export type Bar = {
    readonly heading: string;
    readonly role: Role;
    /** Rising. */
    readonly stretches: readonly Stretch[];
    readonly items: readonly BarItem[];
};
export type WindowScene = {
    readonly bars: readonly Bar[];
    /** The end of the scale: fixed for the whole run. */
    readonly most: number;
    /** Said in words under the bars of a sender that may not send. */
    readonly zero: string | undefined;
};
/** The direction that carries more first, then the other one if it carries data at all. */
export declare const windowScene: (view: View) => WindowScene | undefined;
