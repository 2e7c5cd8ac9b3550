import type { Trace } from '../../sim/trace.ts';
import type { Pacing } from './pace.ts';
/** ms of viewing time for a flight of `delayUs` in a run with that median delay. */
export declare const flightViewMs: (delayUs: number, medianUs: number) => number;
export declare const gapViewMs: (gapUs: number, rttUs: number) => number;
export declare const pacing: (trace: Trace) => Pacing;
