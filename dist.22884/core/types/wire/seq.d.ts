declare const seqBrand: unique symbol;
/** A position in sequence space, 0 … 2^32−1. Never compared with `<`. A *size* is a plain number. */
export type Seq = number & {
    readonly [seqBrand]: true;
};
/** Any whole number, taken modulo 2^32. */
export declare const seq: (value: number) => Seq;
/** `from + size` (size in sequence numbers, may be negative). */
export declare const seqAdd: (from: Seq, size: number) => Seq;
/** The signed distance `to − from`, −2^31 … 2^31−1. */
export declare const seqDiff: (to: Seq, from: Seq) => number;
export declare const seqLt: (a: Seq, b: Seq) => boolean;
export declare const seqLe: (a: Seq, b: Seq) => boolean;
export declare const seqMax: (a: Seq, b: Seq) => Seq;
/** Is `start ≤ value < start + size`? */
export declare const seqInWindow: (value: Seq, start: Seq, size: number) => boolean;
export {};
