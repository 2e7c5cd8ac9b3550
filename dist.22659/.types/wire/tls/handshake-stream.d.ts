import { type Result } from '../result.ts';
import { type TlsError } from './tls-error.ts';
/** `messages` are whole, header included; `rest` is the beginning of one that goes on in the next record. */
type HandshakeSplit = {
    readonly messages: readonly Uint8Array[];
    readonly rest: Uint8Array;
};
/** The messages that `content` of a handshake record completes; `held` is the rest of the records before. */
export declare const splitHandshake: (held: Uint8Array, content: Uint8Array) => Result<HandshakeSplit, TlsError>;
/** RFC 9846 §5.1: between the parts of a message no record of another type may stand. */
export declare const interleaved: (held: Uint8Array, contentType: number) => TlsError | undefined;
export {};
