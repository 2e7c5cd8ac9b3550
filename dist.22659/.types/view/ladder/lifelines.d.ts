import type { View } from '../view.ts';
import type { LadderWindow } from './ladder-rows.ts';
/** Rows without a line, neither end included. */
type Blank = {
    readonly after: number;
    readonly before: number;
};
/** The rows at which one lifeline is interrupted; where it has ended, down to `bottom`. */
export declare const blanksOf: (view: View, { cutOff, rows, first }: LadderWindow, { onRight, bottom }: {
    readonly onRight: boolean;
    readonly bottom: number;
}) => readonly Blank[];
export {};
