/** `distanceUs`: one way, from the capture point to each of two ends. `exact`: that end's times are those of the capture. */
export type Bearing = {
    readonly distanceUs: readonly [number, number];
    readonly exact: readonly [boolean, boolean];
};
/** From the shortest ways to each end and back; undefined: nothing can be said. */
export declare const bearingOf: (rounds: readonly [number | undefined, number | undefined]) => Bearing | undefined;
type Ends = readonly [string, string];
/** What the connections of a capture tell together. */
export declare class Vantage {
    #private;
    hear([a, b]: Ends, bearing: Bearing): void;
    /** The host on which the capture was taken, where all that tell of one agree. */
    get host(): string | undefined;
    /** What other packets between two hosts told. */
    between([a, b]: Ends): Bearing | undefined;
    /** With what the other connections know: an end at which the capture was taken is not a guess. */
    sharpened([a, b]: Ends, bearing: Bearing): Bearing;
}
export {};
