// The states of a TLS 1.2 client and server, and the data of each state (RFC 5246 §7.3, figures 1 and 2).

import type {KeyPair} from '../crypto-port.ts';
import type {Agreement} from '../effect.ts';
import type {Offer} from '../offer.ts';
import type {TlsCredential} from '../settings.ts';
import type {Transcript} from '../transcript.ts';
import type {KeyBlock, Randoms} from './prf.ts';
import type {Suite12} from './suite.ts';

/** The state of a TLS 1.2 handshake from ServerHello on. */
export type Progress = Randoms & {
  readonly suite: Suite12;
  readonly transcript: Transcript;
  /** True if both ends of a TLS 1.2 connection use the extended master secret, which is bound to the handshake (RFC 7627). */
  readonly extended: boolean;
  /** True if the server sends a NewSessionTicket in this TLS 1.2 handshake (RFC 5077 §3.2). */
  readonly ticket: boolean;
  readonly agreement: Agreement;
};

export type ClientProgress = Progress & {
  readonly offer: Offer;
  /** The server's ECDHE share; absent until ServerKeyExchange has arrived. */
  readonly share?: Uint8Array;
  /** True if a CertificateRequest has arrived, which the client answers with an empty Certificate. */
  readonly asked?: true;
};

export type ServerProgress = Progress & {
  /** The field client_version of the ClientHello, which the premaster secret repeats. */
  readonly helloVersion: number;
  readonly credential: TlsCredential;
  /** The server's ECDHE key pair; absent with RSA key transport. */
  readonly keyPair?: KeyPair;
};

/** The state of a TLS 1.2 handshake once the master secret is known. */
export type Secured = Progress & {readonly master: Uint8Array; readonly block: KeyBlock};

/**
 * The TLS 1.2 client's state once the master secret is known; `received` is a ticket that becomes valid with the server's Finished (RFC
 * 5077 §3.3).
 */
export type ClientSecured = Secured & {
  readonly received?: {readonly ticket: Uint8Array; readonly lifetimeS: number};
};

type Connected12 = {readonly version: 'TLS 1.2'; readonly state: 'CONNECTED'; readonly agreement: Agreement};

export type ClientPhase12 =
  | {
      readonly version: 'TLS 1.2';
      readonly state: 'WAIT_CERTIFICATE' | 'WAIT_SERVER_KEY_EXCHANGE' | 'WAIT_SERVER_HELLO_DONE';
      readonly progress: ClientProgress;
    }
  | {
      readonly version: 'TLS 1.2';
      readonly state: 'WAIT_TICKET' | 'WAIT_CHANGE_CIPHER_SPEC' | 'WAIT_FINISHED';
      readonly secured: ClientSecured;
    }
  | Connected12;

export type ServerPhase12 =
  | {
      readonly version: 'TLS 1.2';
      readonly state: 'WAIT_CLIENT_KEY_EXCHANGE';
      readonly progress: ServerProgress;
    }
  | {
      readonly version: 'TLS 1.2';
      readonly state: 'WAIT_CHANGE_CIPHER_SPEC' | 'WAIT_FINISHED';
      readonly secured: Secured;
    }
  | Connected12;
