import type { TcpState } from '../../stack/tcp/states.ts';
/** Idle time that is skipped: one row of the ladder. */
export type Gap = {
    readonly fromUs: number;
    readonly toUs: number;
    /** The moment after which it lies. */
    readonly moment: number;
};
/** Something of note on the timeline, at the moment where it becomes visible. */
export type Mark = {
    readonly kind: 'state' | 'lost' | 'again';
    readonly moment: number;
};
/** A change of state; `quiet`: by a call or a timer alone, no packet left or landed. */
export type StateChange = {
    readonly host: string;
    readonly connection: string;
    readonly state: TcpState;
    readonly event: number;
    readonly moment: number;
    readonly quiet: boolean;
};
/**
 * One run laid out in viewing time, in ms from its opening. Moment 0 is before anything happened; each later one is a place
 * where something becomes visible: an instant, or its consequences 250 ms after what caused them.
 */
export type Pacing = {
    readonly durationMs: number;
    readonly moments: number;
    /** By moment: where it stands in viewing time (rising strictly), in simulated time, and on the timeline's scale. */
    readonly viewMs: Float64Array;
    readonly atUs: Float64Array;
    /** Viewing time without lead and holds: the scale of the timeline. */
    readonly scaleMs: Float64Array;
    /** By moment: the last event that is visible, and the last packet that has left as all before it have. */
    readonly event: Uint32Array;
    readonly sent: Uint32Array;
    /** By moment: what a flight in the air after it takes in all, in ms; 0: nothing flies. */
    readonly flightMs: Float64Array;
    /** Moments at rest, rising: where steps end. */
    readonly stops: Uint32Array;
    readonly gaps: readonly Gap[];
    readonly marks: readonly Mark[];
    /** In the order of events. */
    readonly changes: readonly StateChange[];
};
/** `array[index]`, where the index is known to be inside. */
export declare const at: (array: Float64Array | Uint32Array, index: number) => number;
/** The last moment at or before `viewMs`. */
export declare const momentAt: (pacing: Pacing, viewMs: number) => number;
/** The moment at which event `n` becomes visible. */
export declare const momentOf: (pacing: Pacing, n: number) => number;
export declare const viewOf: (pacing: Pacing, n: number) => number;
export declare const gapAfter: (pacing: Pacing, moment: number) => Gap | undefined;
/** Simulated time at a place in viewing time; a gap goes by in ten steps. */
export declare const usAt: (pacing: Pacing, viewMs: number) => number;
/** The first place in viewing time that shows the simulated time `us`. */
export declare const msAt: (pacing: Pacing, us: number) => number;
/** 0 … 1 along the timeline. */
export declare const timelineShare: (pacing: Pacing, viewMs: number) => number;
