import type { Trace } from '../../sim/trace.ts';
export type Player = {
    readonly id: string;
    /** How many packets of the run it makes or is meant by. */
    readonly packets: number;
};
/** From the left to the right; worked out once for each run. Captures, and runs of two hosts, have none. */
export declare const castOf: (trace: Trace) => readonly Player[];
