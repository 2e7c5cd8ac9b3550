import type { Trace } from './trace.ts';
/** As the last line of `show --json` has it: a line for each event, keys in alphabetical order. */
export declare const digestOf: (trace: Trace) => string;
