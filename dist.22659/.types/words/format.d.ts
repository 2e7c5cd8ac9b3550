import type { Seq } from '../wire/seq.ts';
/** At most 7 columns: `350 µs` `50 ms` `1.050 s` `59.95 s` `127.0 s` `7200 s`; one more before 0. */
export declare const formatTime: (us: number) => string;
/** A time of a capture: one that nobody saw is marked. */
export declare const formatSeen: (us: number, estimated: boolean) => string;
/** Where times stand below each other: hundredths of a second, however late it is, for packets follow closely: `1740.05 s`. */
export declare const formatFine: (us: number) => string;
/** What a column of such times needs, up to the last of them. */
export declare const fineColumns: (lastUs: number) => number;
/** How long something takes from end to end: as `formatTime`, but to the nearest, as `formatShortTime` tells it. */
export declare const formatLength: (us: number) => string;
/** In a sum, whose terms have to fit: below a second to the tenth of a millisecond. */
export declare const formatTerm: (us: number) => string;
/** The running clock: no finer than a millisecond once there is one, so that it does not flicker. */
export declare const formatClock: (us: number) => string;
/** For tight places, in the largest unit that leaves two digits: `1 s`, `950 ms`, `60 s`. */
export declare const formatShortTime: (us: number) => string;
/** As `formatTime` has it, without decimals that say nothing: `60 s`, `19.19 s`. What is left of it never reads as more. */
export declare const formatWhole: (us: number) => string;
/** Of things that may be many: `123,456`. */
export declare const formatCount: (count: number) => string;
/** Absolute, or as the distance from `base` where relative numbers are wanted and known. */
export declare const formatSeq: (value: Seq, base: Seq | undefined) => string;
/** IPv6 addresses stand in brackets before a port. */
export declare const formatSocket: (ip: string, port: number | undefined) => string;
/** Sizes of files: `9,532 B`, `48.2 kB` (1000 bytes), at most seven columns. */
export declare const formatBytes: (bytes: number) => string;
