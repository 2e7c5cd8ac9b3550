import type { Trace } from '../../sim/trace.ts';
import type { Stamp } from './client-stream.ts';
/** In the order in which they can follow each other. */
export declare const phaseKinds: readonly ['dns', 'connect', 'secure', 'send', 'wait', 'receive', 'idle'];
export type PhaseKind = (typeof phaseKinds)[number];
/** Without `to` it lasts to the end of the run. */
export type Phase = {
    readonly kind: PhaseKind;
    readonly from: Stamp;
    readonly to?: Stamp;
};
export type Exchange = {
    readonly client: string;
    readonly method: string;
    readonly target: string;
    /** Absent: no connection was needed, the client's cache had the response. */
    readonly on?: {
        /** The connection's number, from 1, in the order of opening; which request on it this is, from 1. */
        readonly connection: number;
        readonly nth: number;
    };
    readonly start: Stamp;
    readonly phases: readonly Phase[];
    /** Its packets, the request's first. */
    readonly packets: readonly number[];
    readonly status?: {
        readonly code: number;
        readonly known: Stamp;
    };
    /** The last byte of the response; or the moment from which none can come. */
    readonly done?: Stamp;
    readonly failed?: Stamp;
};
/** In the order in which each began to cost time. */
export declare const exchangesIn: (trace: Trace) => readonly Exchange[];
