import type { KeyPair } from '../crypto-port.ts';
import type { Agreement } from '../effect.ts';
import type { Offer } from '../offer.ts';
import type { TlsCredential } from '../settings.ts';
import type { Transcript } from '../transcript.ts';
import type { KeyBlock, Randoms } from './prf.ts';
import type { Suite12 } from './suite.ts';
/** From ServerHello on. */
export type Progress = Randoms & {
    readonly suite: Suite12;
    readonly transcript: Transcript;
    /** RFC 7627: both ends want the master secret bound to the handshake. */
    readonly extended: boolean;
    /** A NewSessionTicket belongs to this handshake (RFC 5077 §3.2). */
    readonly ticket: boolean;
    readonly agreement: Agreement;
};
export type ClientProgress = Progress & {
    readonly offer: Offer;
    /** The server's share, once ServerKeyExchange has come. */
    readonly share?: Uint8Array;
    /** A CertificateRequest has come: it is answered with an empty list. */
    readonly asked?: true;
};
export type ServerProgress = Progress & {
    /** client_version, which the premaster secret repeats. */
    readonly helloVersion: number;
    readonly credential: TlsCredential;
    /** Of ECDHE. */
    readonly keyPair?: KeyPair;
};
/** From the master secret on. */
export type Secured = Progress & {
    readonly master: Uint8Array;
    readonly block: KeyBlock;
};
/** `received`: a ticket that counts once Finished has come (RFC 5077 §3.3). */
export type ClientSecured = Secured & {
    readonly received?: {
        readonly ticket: Uint8Array;
        readonly lifetimeS: number;
    };
};
type Connected12 = {
    readonly version: 'TLS 1.2';
    readonly state: 'CONNECTED';
    readonly agreement: Agreement;
};
export type ClientPhase12 = {
    readonly version: 'TLS 1.2';
    readonly state: 'WAIT_CERTIFICATE' | 'WAIT_SERVER_KEY_EXCHANGE' | 'WAIT_SERVER_HELLO_DONE';
    readonly progress: ClientProgress;
} | {
    readonly version: 'TLS 1.2';
    readonly state: 'WAIT_TICKET' | 'WAIT_CHANGE_CIPHER_SPEC' | 'WAIT_FINISHED';
    readonly secured: ClientSecured;
} | Connected12;
export type ServerPhase12 = {
    readonly version: 'TLS 1.2';
    readonly state: 'WAIT_CLIENT_KEY_EXCHANGE';
    readonly progress: ServerProgress;
} | {
    readonly version: 'TLS 1.2';
    readonly state: 'WAIT_CHANGE_CIPHER_SPEC' | 'WAIT_FINISHED';
    readonly secured: Secured;
} | Connected12;
export {};
