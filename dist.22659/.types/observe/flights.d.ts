import type { Side } from './connections.ts';
import type { FlightTimes } from './flight-times.ts';
import type { ObservedConnection } from './observed-connection.ts';
/** Which of the two times of a packet are guesses; `untimed`: not even that, nothing tells when it was. One bit each. */
export declare const Guess: {
    readonly departure: 1;
    readonly arrival: 2;
    readonly untimed: 4;
};
/** By packet, the first at index 0. */
export type Flights = {
    /** From the first frame on: what had left when the capture began is below 0. */
    readonly departUs: Float64Array;
    /** NaN: it is meant for many, and arrives at no one time. */
    readonly arriveUs: Float64Array;
    /** `Guess` */
    readonly guesses: Uint8Array;
};
type Seen = {
    readonly atUs: number;
    readonly from: string;
    readonly to: string;
    readonly connection: ObservedConnection | undefined;
    readonly side: Side;
    readonly isIp: boolean;
    readonly forMany: boolean;
};
/** `host`: on which the capture was taken, where that can be told. */
export declare const flightsOf: (places: readonly Seen[], times: ReadonlyMap<ObservedConnection, FlightTimes>) => {
    readonly flights: Flights;
    readonly host: string | undefined;
};
export {};
