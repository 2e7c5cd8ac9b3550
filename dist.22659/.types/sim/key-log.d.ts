import type { Trace } from './trace.ts';
/** A line for each secret, in the order in which the ends came to know them; empty where there was no TLS. */
export declare const keyLogOf: (trace: Trace) => string;
