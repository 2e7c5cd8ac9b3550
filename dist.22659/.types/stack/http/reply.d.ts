import type { Field } from '../../wire/http/fields.ts';
import type { Head } from '../../wire/http/framing.ts';
import type { HttpErrorCode } from '../../wire/http/http-error.ts';
import type { RequestLine } from '../../wire/http/start-line.ts';
import type { Found, Route } from './route.ts';
import type { HttpRuleId } from './rules.ts';
export type Reply = {
    readonly status: number;
    readonly fields: readonly Field[];
    readonly content: Uint8Array;
    readonly because: HttpRuleId;
    /** The connection ends with it. */
    readonly close: boolean;
    readonly chunkBytes?: number;
    readonly cutAfter?: number;
};
/** What cannot be read is answered, and then nothing on this connection can be trusted (RFC 9112 §2.2, §6.3). */
export declare const errorReply: (code: HttpErrorCode) => Reply;
export declare const timeoutReply: Reply;
/** A transfer coding that nobody here can undo (RFC 9112 §6.1). */
export declare const codingReply: Reply;
/** RFC 8470 §5.2. */
export declare const tooEarlyReply: Reply;
/** What no route answers. */
export declare const missingReply: (found: Exclude<Found, {
    kind: 'route';
}>) => Reply;
/** A 401 has to name a way to log in (RFC 9110 §15.5.2); that of forms and cookies was never registered. */
export declare const deniedReply: (why: 'session' | 'wrong', otherwise?: string) => Reply;
export declare const routeReply: (route: Route, head: Head<RequestLine>, nowUs: number) => Reply;
