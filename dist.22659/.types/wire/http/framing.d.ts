import { type Result } from '../result.ts';
import { type FieldLine } from './fields.ts';
import { type HttpError } from './http-error.ts';
import { type StartLine } from './start-line.ts';
/** A start line with its header section. */
export type Head<Start extends StartLine = StartLine> = {
    readonly start: Start;
    readonly fields: readonly FieldLine[];
};
/** `rule` is the number in the list of RFC 9112 §6.3; `codings` are those below `chunked` or before the end. */
export type Framing = {
    readonly by: 'none';
    readonly rule: 1 | 7;
} | {
    readonly by: 'tunnel';
    readonly rule: 1 | 2;
} | {
    readonly by: 'chunked';
    readonly rule: 4;
    readonly codings: readonly string[];
} | {
    readonly by: 'length';
    readonly rule: 6;
    readonly length: number;
} | {
    readonly by: 'close';
    readonly rule: 4 | 8;
    readonly codings: readonly string[];
};
/** `method` is the request's that a response answers; undefined where nobody saw it: then as for GET. */
export declare const framingOf: (head: Head, method?: string, lenient?: boolean) => Result<Framing, HttpError>;
