import type { HttpError } from '../../wire/http/http-error.ts';
import { type Result } from '../../wire/result.ts';
import type { Reply } from './reply.ts';
export type Sending = {
    readonly reply: Reply;
    /** Of the request. */
    readonly method: string;
    /** Of the request: what its sender understands. */
    readonly minor: 0 | 1;
    /** Does the connection serve another request? */
    readonly keep: boolean;
    readonly server?: string;
    readonly nowUs: number;
};
/** Without a length a client of 1.0 knows the end only by the end of the connection. */
export declare const needsClose: (sending: Pick<Sending, 'reply' | 'minor' | 'method'>) => boolean;
/** `bytes`: all that is written, `content`: the octets of content in it. */
export declare const writeResponse: (sending: Sending) => Result<{
    readonly bytes: Uint8Array;
    readonly content: number;
}, HttpError>;
/** An interim answer: nothing but its status (RFC 9110 §15.2). */
export declare const continueBytes: Uint8Array;
