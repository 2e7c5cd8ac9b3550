import type { ClientHello } from '../../wire/tls/hello.ts';
import type { CipherSuite } from './cipher-suite.ts';
import type { Agreement, Epoch, TlsEnd } from './effect.ts';
import type { Offer } from './offer.ts';
import type { Protection } from './record-protection.ts';
import type { TlsClientSettings, TlsServerSettings } from './settings.ts';
import type { ClientPhase12, ServerPhase12 } from './tls12/phase.ts';
import type { Protection12 } from './tls12/protection.ts';
import type { Transcript } from './transcript.ts';
/** The keys of one direction and which they are. */
export type Keys = {
    readonly epoch: Epoch;
    readonly protection: Protection | Protection12;
};
/** What is alike at both ends: records, keys, data that wait. */
export type Channel = {
    /** The beginning of a record, and of a handshake message, whose rest is still to come. */
    readonly heldRecord: Uint8Array;
    readonly heldMessage: Uint8Array;
    readonly read: Keys | undefined;
    readonly write: Keys | undefined;
    /** Written by the program, and no key yet. */
    readonly unsent: readonly Uint8Array[];
    /** The program has called close; close_notify has left; the peer's has come. */
    readonly closeCalled: boolean;
    readonly closeSent: boolean;
    readonly closeReceived: boolean;
    /** A KeyUpdate with update_requested has left, and none has come since (RFC 9846 §4.7.3). */
    readonly updateAsked: boolean;
    /** change_cipher_spec may come once the first hello has, until the peer's Finished (RFC 9846 §5). */
    readonly dropsChangeCipherSpec: boolean;
    readonly changeCipherSpecSent: boolean;
    /** Octets of early data that nobody can read and that may still be passed over; undefined: none may. */
    readonly skippable: number | undefined;
};
/** From ServerHello on. */
export type Handshake = {
    readonly suite: CipherSuite;
    readonly transcript: Transcript;
    readonly clientRandom: Uint8Array;
    readonly handshakeSecret: Uint8Array;
    readonly clientSecret: Uint8Array;
    readonly serverSecret: Uint8Array;
    readonly agreement: Agreement;
};
export type ClientHandshake = Handshake & {
    readonly offer: Offer;
    /** The context of a CertificateRequest: answered with an empty list of certificates. */
    readonly requestContext?: Uint8Array;
};
export type Connected = {
    readonly suite: CipherSuite;
    readonly agreement: Agreement;
    readonly resumptionSecret: Uint8Array;
};
type Closed = {
    readonly state: 'CLOSED';
    readonly how: TlsEnd;
};
export type ClientPhase = {
    readonly state: 'START';
} | {
    readonly state: 'WAIT_SH';
    readonly offer: Offer;
} | {
    readonly state: 'WAIT_EE' | 'WAIT_CERT_CR' | 'WAIT_CERT' | 'WAIT_CV' | 'WAIT_FINISHED';
    readonly handshake: ClientHandshake;
} | {
    readonly state: 'CONNECTED';
    readonly connected: Connected;
} | ClientPhase12 | Closed;
/** What a server remembers of the hello that it answered with HelloRetryRequest. */
export type Retried = {
    readonly hello: ClientHello;
    readonly transcript: Transcript;
    readonly suite: number;
    readonly group: number | undefined;
    readonly cookie: Uint8Array | undefined;
};
/** `early`: octets of early data that the client may still send. */
export type ServerHandshake = Handshake & {
    readonly mainSecret: Uint8Array;
    /** The client's, for when its Finished has come. */
    readonly applicationSecret: Uint8Array;
    readonly early?: number;
};
export type ServerPhase = {
    readonly state: 'START';
    readonly retried?: Retried;
} | {
    readonly state: 'WAIT_EOED' | 'WAIT_FINISHED';
    readonly handshake: ServerHandshake;
} | {
    readonly state: 'CONNECTED';
    readonly connected: Connected;
} | ServerPhase12 | Closed;
export type TlsClient = {
    readonly role: 'client';
    readonly settings: TlsClientSettings;
    readonly channel: Channel;
    readonly phase: ClientPhase;
};
export type TlsServer = {
    readonly role: 'server';
    readonly settings: TlsServerSettings;
    readonly channel: Channel;
    readonly phase: ServerPhase;
};
export type TlsConnection = TlsClient | TlsServer;
export declare const tlsClient: (settings: TlsClientSettings) => TlsClient;
export declare const tlsServer: (settings: TlsServerSettings) => TlsServer;
export {};
