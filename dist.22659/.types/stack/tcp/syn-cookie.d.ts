import { type Seq } from '../../wire/seq.ts';
import type { Socket } from './effect.ts';
/** How long after the last overflow cookies may come back. */
export declare const COOKIES_LIVE_US: number;
export type CookieKey = {
    readonly secret: Uint8Array;
    readonly local: Socket;
    readonly remote: Socket;
    readonly nowUs: number;
};
/** hash + peer's ISN + (counter · 2²⁴) + (hash of the counter + index of the MSS) mod 2²⁴. */
export declare function makeCookie(key: CookieKey, peerIss: Seq, mss: number): Seq;
/** The MSS that the cookie holds; undefined for a number that this host has not made, or too long ago. */
export declare function readCookie(key: CookieKey, peerIss: Seq, cookie: Seq): number | undefined;
/** What the low bits of a timestamp carry beside the cookie: window scale (15: none), SACK, ECN. */
export type CookieOptions = {
    readonly shift: number | undefined;
    readonly sackPermitted: boolean;
    readonly ecn: boolean;
};
/** The clock, its low bits replaced, and never ahead of itself. */
export declare function stampWithOptions(val: number, { shift, sackPermitted, ecn }: CookieOptions): number;
export declare const optionsInStamp: (ecr: number) => CookieOptions;
