import { type Exchange, type PhaseKind } from '../../account/http/exchanges.ts';
import type { Trace } from '../../sim/trace.ts';
import type { View } from '../view.ts';
import type { Stretch } from './time-axis.ts';
/** `toUs`: as far as it has come; `wholeUs`: as far as it will. */
export type Bar = {
    readonly kind: PhaseKind;
    readonly fromUs: number;
    readonly toUs: number;
    readonly wholeUs: number;
};
export type WaterfallRow = {
    readonly exchange: Exchange;
    /** Method and target; empty while a capture has not shown them yet. */
    readonly name: string;
    /** Empty: not known yet. */
    readonly status: string;
    readonly failed: boolean;
    readonly bars: readonly Bar[];
    /** From its beginning to the last byte of its response. */
    readonly tookUs?: number;
    /** Of the connection that it has opened, whatever request they belong to. */
    readonly segments?: number;
    readonly selected: boolean;
    readonly changed: boolean;
};
/** What requests have cost, one taken with another. */
export type Cost = {
    readonly requests: number;
    readonly connections: number;
    /** Of these connections, from either end. */
    readonly segments: number;
    /** From the first beginning to the last byte of the last response; while one is owed, to now. */
    readonly elapsedUs: number;
};
export type WaterfallScene = Cost & {
    readonly rows: readonly WaterfallRow[];
    readonly nowUs: number;
    /** So far; of a capture, which asks nothing, in the whole of it. */
    readonly busy: readonly Stretch[];
    /** How long the axis is at least, where it grows: two round trips over the slowest link. */
    readonly leastUs: number | undefined;
    /** A number as text, `?` where it answers an open question. */
    readonly number: (value: number) => string;
};
export declare const hasExchanges: ({ input: { trace } }: View) => boolean;
/** undefined: nothing is asked for over HTTP. */
export declare const costOf: (trace: Trace) => Cost | undefined;
export declare const waterfallScene: (view: View) => WaterfallScene;
