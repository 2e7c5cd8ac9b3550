// TCP sequence numbers: arithmetic modulo 2^32, comparison by signed distance (RFC 9293 §3.4).

declare const seqBrand: unique symbol;

/** A position in sequence space, 0 … 2^32−1, which must not be compared with `<`. A *size* is a plain number. */
export type Seq = number & {readonly [seqBrand]: true};

/** Returns a whole number modulo 2^32 as a TCP sequence number. */
export const seq = (value: number): Seq => (value >>> 0) as Seq;

/** Returns the sequence number `from + size` modulo 2^32; `size` may be negative. */
export const seqAdd = (from: Seq, size: number): Seq => ((from + size) >>> 0) as Seq;

/** Returns the signed distance `to − from` of two TCP sequence numbers, −2^31 … 2^31−1. */
export const seqDiff = (to: Seq, from: Seq): number => (to - from) | 0;

export const seqLt = (a: Seq, b: Seq): boolean => seqDiff(a, b) < 0;
export const seqLe = (a: Seq, b: Seq): boolean => seqDiff(a, b) <= 0;
export const seqMin = (a: Seq, b: Seq): Seq => (seqLt(a, b) ? a : b);
export const seqMax = (a: Seq, b: Seq): Seq => (seqLt(a, b) ? b : a);
