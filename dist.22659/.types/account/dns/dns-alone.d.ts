import type { Trace } from '../../sim/trace.ts';
/** DNS runs, and nobody speaks TCP: that its servers listen on TCP, too, is no news. */
export declare const isDnsAlone: (trace: Trace) => boolean;
