import { type Result } from '../result.ts';
import type { Head } from './framing.ts';
import { type HttpError } from './http-error.ts';
import { type RequestLine } from './start-line.ts';
/** The first rule that fits decides: `close`; 1.1; 1.0 with `keep-alive`. */
export declare const keepsConnection: (head: Head) => boolean;
/** Of a client of 1.0 the expectation is ignored. */
export declare const expectsContinue: (head: Head<RequestLine>) => boolean;
/** The host that a request means, as authority: the absolute form's, else that of `Host`. Empty in 1.0 without one. */
export declare const requestHost: (head: Head<RequestLine>) => Result<string, HttpError>;
