import { type Endian } from './endian.ts';
type NgOption = {
    readonly code: number;
    readonly value: Uint8Array;
};
export declare const OptionCode: {
    readonly end: 0;
    readonly comment: 1;
    readonly name: 2;
    readonly userApplication: 4;
    readonly tsresol: 9;
    readonly tsoffset: 14;
};
/** The list ends at its end mark, at `end`, or at a length that points beyond. */
export declare const readOptions: (bytes: Uint8Array, start: number, end: number, endian: Endian) => readonly NgOption[];
export declare const commentsOf: (options: readonly NgOption[]) => readonly string[];
/** How an interface counts time. `unitsPerUs`: where it counts nothing but whole micro- or nanoseconds since 1970. */
export type Clock = {
    readonly unitsPerSecond: bigint;
    readonly offsetSeconds: bigint;
    readonly unitsPerUs: 1 | 1000 | undefined;
};
type Time = {
    readonly atUs: number;
    readonly nanoseconds: number;
};
export declare const clockOf: (options: readonly NgOption[], endian: Endian) => Clock;
/** The time since 1970 that the two halves of a timestamp stand for. */
export declare const timeOf: ({ unitsPerSecond, offsetSeconds, unitsPerUs }: Clock, high: number, low: number) => Time;
export {};
