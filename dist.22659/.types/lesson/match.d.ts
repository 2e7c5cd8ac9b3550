import type { Watch } from '../sim/scenario.ts';
import type { Trace } from '../sim/trace.ts';
import type { Selector } from './selector.ts';
/** Event numbers, rising; with `nth` at most one. */
export declare const matchingEvents: (selector: Selector, trace: Trace) => readonly number[];
/** The last event at or before that time; 0: before everything. */
export declare const eventAt: (trace: Trace, atUs: number) => number;
/** For a run that ends where the selector matches: it is shown the events as they happen. */
export declare const watchFor: (selector: Selector) => Watch;
