import { type Result } from '../wire/result.js';
import type { Fault, PacketPattern } from './fault.js';
export type FaultTextError = {
    readonly code: 'kind' | 'argument' | 'pattern';
    /** The part of the text that cannot be read. */
    readonly part: string;
    readonly allowed: readonly string[];
};
export declare const faultKinds: readonly ['drop', 'delay', 'dup', 'corrupt', 'reorder', 'edit'];
/** 31 years: sums of a few such times are whole microseconds that a number holds exactly. */
export declare const longestUs = 999999999000000;
/** `200ms` → microseconds; undefined if it is no duration. */
export declare const parseDuration: (text: string) => number | undefined;
/** `3`, `2-` or `2-4`. */
export declare const parseNth: (text: string) => PacketPattern['nth'] | undefined;
export declare const parseFault: (text: string) => Result<Fault, FaultTextError>;
/** The inverse of `parseFault`. */
export declare const formatFault: (fault: Fault) => string;
