import { type Fed, type HttpParser } from '../wire/http/parser.ts';
/** Who looks on takes what either end may take, such as a single LF for a line end (RFC 9112 §2.2). */
export declare const watchedRequests: (offset?: number) => HttpParser;
export declare const watchedResponses: (asked?: readonly string[], offset?: number) => HttpParser;
/** `before` undefined: these are the first bytes, at `offset` in the stream. */
export declare const feedHttp: (before: HttpParser | undefined, bytes: Uint8Array, offset?: number) => Fed;
