import type { View } from '../view.ts';
export type Changed = {
    readonly host: string;
    readonly name: string;
    /** An event of the instant that changed it. */
    readonly event: number;
};
/** `= seg.seq + SYN` and the numbers beneath; empty: no formula tells it, or a question asks for one of its numbers. */
export declare const arithmeticOf: (view: View, { host, name, event }: Changed) => readonly string[];
