import { type Handshake12, type Handshake13 } from '../wire/tls/handshake.ts';
import type { Side } from './connections.ts';
import type { TlsContent } from './tls-contents.ts';
type Place = {
    readonly side: Side;
    /** The packet that completes it, and the event of that. */
    readonly frame: number;
    readonly event: number;
    readonly encrypted: boolean;
};
export type TlsMessage = Place & {
    /** `client_hello` …; a ServerHello that asks for another ClientHello is `hello_retry_request`. */
    readonly name: string;
    /** Header included. */
    readonly bytes: Uint8Array;
    /** undefined: it cannot be read. */
    readonly message: Handshake12 | Handshake13 | undefined;
};
/** Numbers as on the wire. */
export type TlsAlert = Place & {
    readonly level: number;
    readonly description: number;
};
type TlsTold = {
    readonly messages: readonly TlsMessage[];
    readonly alerts: readonly TlsAlert[];
    /** Octets of a message that the records before a content began, where there are any. */
    readonly heldBefore: ReadonlyMap<TlsContent, Uint8Array>;
};
export declare const tlsToldIn: (contents: readonly TlsContent[], version: number | undefined) => TlsTold;
export {};
