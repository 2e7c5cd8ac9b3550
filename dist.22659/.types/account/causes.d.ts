import type { Trace, TraceEvent } from '../sim/trace.ts';
/** The events of the instant to which event `n` belongs. */
export declare const instantOf: (trace: Trace, n: number) => TraceEvent[];
/** The first event of the instant of `n`. An application is woken in an instant of its own: then what it was handed came just before. */
export declare const beginningOf: (trace: Trace, n: number) => TraceEvent | undefined;
/** The event that started a timer that runs; searches back from event `n`. */
export declare const armedAt: (trace: Trace, n: number, timer: {
    readonly host: string;
    readonly name: string;
    readonly dueUs: number;
}) => TraceEvent | undefined;
/** An arrival comes from its sending, or from whoever wrote over it on the path, a time-out from its arming, all else from what its instant began with. */
export declare const causeOf: (trace: Trace, n: number) => number | undefined;
/** What an event leads to: the landing of a packet, the end of a timer, the first send or state change of its instant. */
export declare const effectOf: (trace: Trace, n: number) => number | undefined;
/** What *Why?* speaks of first at an instant: its change of state, else its packet, else whatever came first. */
export declare const subjectOf: (trace: Trace, n: number) => number | undefined;
