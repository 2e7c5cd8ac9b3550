import type { ClientHello } from '../../wire/tls/hello.ts';
import type { KeyPair } from './crypto-port.ts';
import type { TlsSession, TlsSession12 } from './settings.ts';
import type { Transcript } from './transcript.ts';
/** Early data of a client: what has left, in case the server refuses it, and how many octets still may. */
export type EarlyWriting = {
    readonly sent: readonly Uint8Array[];
    readonly left: number;
};
export type Offer = {
    readonly hello: ClientHello;
    readonly transcript: Transcript;
    readonly keyPairs: ReadonlyMap<number, KeyPair>;
    /** Resumption is offered. */
    readonly session?: TlsSession;
    /** With a ticket of TLS 1.2 (RFC 5077). */
    readonly session12?: TlsSession12;
    readonly early?: EarlyWriting;
    /** A HelloRetryRequest has come, and what it fixed. */
    readonly retry?: {
        readonly suite: number;
    };
};
