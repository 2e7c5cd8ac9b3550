import { type Result } from '../result.ts';
import { type Span } from './grammar.ts';
import { type HttpError } from './http-error.ts';
export type RequestLine = {
    readonly kind: 'request';
    readonly method: string;
    readonly target: string;
    /** `HTTP/1.1`; a higher minor version is read as 1.1 (RFC 9110 §2.5). */
    readonly version: string;
    readonly span: Span;
    readonly spans: {
        readonly method: Span;
        readonly target: Span;
        readonly version: Span;
    };
};
export type StatusLine = {
    readonly kind: 'response';
    readonly version: string;
    readonly status: number;
    readonly reason: string;
    readonly span: Span;
    readonly spans: {
        readonly version: Span;
        readonly status: Span;
        readonly reason: Span;
    };
};
export type StartLine = RequestLine | StatusLine;
/** A line without its line end. `span` has it, and starts where the text starts. */
export type Line = {
    readonly text: string;
    readonly span: Span;
};
export declare const readRequestLine: (line: Line, lenient?: boolean) => Result<RequestLine, HttpError>;
/** The space behind the code is part of the line, also where the reason is empty (RFC 9112 §4). */
export declare const readStatusLine: (line: Line, lenient?: boolean) => Result<StatusLine, HttpError>;
/** 0 or 1: what the two ends may use between them. */
export declare const minorVersion: (version: string) => 0 | 1;
/** Of a written line; the same rules that a reader has. */
export declare const startLineError: (line: StartLineText) => HttpError | undefined;
export type StartLineText = {
    readonly kind: 'request';
    readonly method: string;
    readonly target: string;
    readonly version: string;
} | {
    readonly kind: 'response';
    readonly version: string;
    readonly status: number;
    readonly reason: string;
};
export declare const startLineText: (line: StartLineText) => string;
