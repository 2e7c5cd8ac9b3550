import { type Result } from './result.js';
import { type Seq } from './seq.js';
import type { WireError } from './wire-error.js';
export type TcpOption = {
    readonly kind: 'eol';
} | {
    readonly kind: 'nop';
} | {
    readonly kind: 'mss';
    readonly mss: number;
} | {
    readonly kind: 'windowScale';
    readonly shift: number;
} | {
    readonly kind: 'sackPermitted';
} | {
    readonly kind: 'sack';
    readonly blocks: readonly {
        readonly left: Seq;
        readonly right: Seq;
    }[];
} | {
    readonly kind: 'timestamps';
    readonly val: number;
    readonly ecr: number;
} | {
    readonly kind: 'raw';
    readonly type: number;
    readonly data: Uint8Array;
};
/** IANA TCP option kind numbers. */
export declare const OptionKind: {
    readonly eol: 0;
    readonly nop: 1;
    readonly mss: 2;
    readonly windowScale: 3;
    readonly sackPermitted: 4;
    readonly sack: 5;
    readonly timestamps: 8;
};
/** As it stands in the header, without padding; in bytes. */
export declare const optionLength: (option: TcpOption) => number;
/** Length of the options with their padding; in bytes, a multiple of 4. */
export declare const optionsLength: (options: readonly TcpOption[]) => number;
export declare const writeOptions: (bytes: Uint8Array, at: number, options: readonly TcpOption[]) => void;
/** One option's place. `length` is what it takes, 1 for the two kinds without a length octet. */
export type OptionSpan = {
    readonly type: number;
    readonly start: number;
    readonly length: number;
};
/** Walks `start … end`, padding too; `whole` is false where an option's length is no length (RFC 9293 §3.2 MUST-7). */
export declare const optionSpans: (bytes: Uint8Array, start: number, end: number) => {
    readonly spans: readonly OptionSpan[];
    readonly whole: boolean;
};
/** Up to and with the first end-of-list option: what follows it is padding (RFC 9293 §3.1). */
export declare const readOptions: (bytes: Uint8Array, start: number, end: number) => Result<readonly TcpOption[], WireError>;
