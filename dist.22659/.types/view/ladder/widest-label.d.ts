import type { Trace } from '../../sim/trace.ts';
/** With numbers as they are on the wire; worked out once for each run. */
export declare const widestLabel: (trace: Trace) => number;
