/** Rounded ends, and the ticks between and at them. */
export type Axis = {
    readonly from: number;
    readonly to: number;
    readonly step: number;
};
/** With at most `most` intervals; whole numbers. */
export declare const axisOf: (from: number, to: number, most: number) => Axis;
/** Ends as near as a twentieth of the way, and ticks at round numbers between them. */
export declare const closeAxisOf: (from: number, to: number, most: number) => Axis;
export declare const ticksOf: ({ from, to, step }: Axis) => number[];
export declare const shareOf: ({ from, to }: Axis, value: number) => number;
/** `150k` where all ticks are thousands. */
export declare const countText: (value: number, step: number) => string;
/** Seconds without their unit, with as many decimals as the step needs; times in µs. */
export declare const secondsText: (us: number, step: number) => string;
