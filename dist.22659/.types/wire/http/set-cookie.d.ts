import { type Result } from '../result.ts';
import { type HttpError } from './http-error.ts';
/** Not in RFC 6265: draft-ietf-httpbis-rfc6265bis §5.6.7. */
export type SameSite = 'Strict' | 'Lax' | 'None';
/** What a server says about a cookie. Times are in microseconds since 1970. */
export type SetCookie = {
    readonly name: string;
    readonly value: string;
    readonly expiresUs?: number;
    /** In seconds; 0 and less: at once. */
    readonly maxAgeS?: number;
    /** Lower-case, without the dot that may stand in front. */
    readonly domain?: string;
    /** undefined also where it does not begin with a slash: then the default path holds. */
    readonly path?: string;
    readonly secure: boolean;
    readonly httpOnly: boolean;
    readonly sameSite?: SameSite;
};
/** undefined where the whole field is to be ignored: no equals sign, or no name before it. */
export declare const readSetCookie: (text: string) => SetCookie | undefined;
export declare const writeSetCookie: (cookie: SetCookie) => Result<string, HttpError>;
export type CookiePair = {
    readonly name: string;
    readonly value: string;
};
/** What a server finds in `Cookie` (§4.2.1, §5.4): pairs in the order sent, a name perhaps more than once. */
export declare const readCookieField: (text: string) => readonly CookiePair[];
