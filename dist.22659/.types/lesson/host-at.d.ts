import type { Trace } from '../sim/trace.ts';
import type { Host } from '../sim/world.ts';
/** `atUs`: not before the event, and before the next one. */
export type When = {
    readonly trace: Trace;
    readonly event: number;
    readonly atUs: number;
};
export declare const hostAt: (host: string, { trace, event }: When) => Host;
