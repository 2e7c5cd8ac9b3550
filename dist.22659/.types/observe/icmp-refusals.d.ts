import { type FrameHeaders } from '../wire/frame-headers.ts';
/** What of the message tells why. */
type Reason = {
    readonly version: 4 | 6;
    readonly type: number;
    readonly code: number;
};
/** The first one about a connection: seen in `frame`, sent by `from`. */
export type Refusal = Reason & {
    readonly frame: number;
    readonly from: string;
};
/** `headers` count from the beginning of `bytes`, which are the packet that is quoted. */
type Quoted = {
    readonly reason: Reason;
    readonly headers: FrameHeaders;
    readonly bytes: Uint8Array;
};
/** `at`: of the ICMP header; undefined where the message says something else or quotes too little. */
export declare const readRefusal: (frame: Uint8Array, at: number, end: number, version: 4 | 6) => Quoted | undefined;
export {};
