// The state of one end of a TLS connection (RFC 9846 §A.1, §A.2); that of TLS 1.2 is in tls12/phase.ts.

import type {ClientHello} from '../../wire/tls/hello.ts';
import type {CipherSuite} from './cipher-suite.ts';
import type {Agreement, Epoch, TlsEnd} from './effect.ts';
import type {Offer} from './offer.ts';
import type {Protection} from './record-protection.ts';
import type {TlsClientSettings, TlsServerSettings} from './settings.ts';
import type {ClientPhase12, ServerPhase12} from './tls12/phase.ts';
import type {Protection12} from './tls12/protection.ts';
import type {Transcript} from './transcript.ts';

/** The keys that protect one direction of a TLS connection, and the epoch to which they belong. */
export type Keys = {readonly epoch: Epoch; readonly protection: Protection | Protection12};

/** The part of a TLS connection's state that client and server share: incomplete input, keys, waiting data, closing. */
export type Channel = {
  /** The octets of a TLS record that has not arrived as a whole; `heldMessage` are those of an incomplete handshake message. */
  readonly heldRecord: Uint8Array;
  readonly heldMessage: Uint8Array;
  readonly read: Keys | undefined;
  readonly write: Keys | undefined;
  /** Data that the program wrote before there was a TLS key to send them with. */
  readonly unsent: readonly Uint8Array[];
  /** True if the program has closed its side; `closeSent` and `closeReceived` tell whether the alert close_notify was sent and received. */
  readonly closeCalled: boolean;
  readonly closeSent: boolean;
  readonly closeReceived: boolean;
  /** True if this end has sent a KeyUpdate with update_requested, and the peer has not sent a KeyUpdate since (RFC 9846 §4.7.3). */
  readonly updateAsked: boolean;
  /** True while a change_cipher_spec of TLS 1.3 may arrive and is dropped: from the first hello to the peer's Finished (RFC 9846 §5). */
  readonly dropsChangeCipherSpec: boolean;
  readonly changeCipherSpecSent: boolean;
  /** How many octets of refused early data the server may still skip; undefined if it may skip none. */
  readonly skippable: number | undefined;
};

/** The state of a TLS 1.3 handshake from ServerHello on. */
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
  /**
   * The context of the server's CertificateRequest, which the client answers with an empty list of certificates; absent if none was sent.
   */
  readonly requestContext?: Uint8Array;
};

export type Connected = {
  readonly suite: CipherSuite;
  readonly agreement: Agreement;
  readonly resumptionSecret: Uint8Array;
};

type Closed = {readonly state: 'CLOSED'; readonly how: TlsEnd};

export type ClientPhase =
  | {readonly state: 'START'}
  | {readonly state: 'WAIT_SH'; readonly offer: Offer}
  | {
      readonly state: 'WAIT_EE' | 'WAIT_CERT_CR' | 'WAIT_CERT' | 'WAIT_CV' | 'WAIT_FINISHED';
      readonly handshake: ClientHandshake;
    }
  | {readonly state: 'CONNECTED'; readonly connected: Connected}
  | ClientPhase12
  | Closed;

/** The facts about the first ClientHello that a server remembers after it has answered with HelloRetryRequest. */
export type Retried = {
  readonly hello: ClientHello;
  readonly transcript: Transcript;
  readonly suite: number;
  readonly group: number | undefined;
  readonly cookie: Uint8Array | undefined;
};

/** The state of a TLS 1.3 handshake at the server; `early` is how many octets of early data the client may still send. */
export type ServerHandshake = Handshake & {
  readonly mainSecret: Uint8Array;
  /** The client's first application traffic secret, which the server uses after the client's Finished. */
  readonly applicationSecret: Uint8Array;
  readonly early?: number;
};

export type ServerPhase =
  | {readonly state: 'START'; readonly retried?: Retried}
  | {readonly state: 'WAIT_EOED' | 'WAIT_FINISHED'; readonly handshake: ServerHandshake}
  | {readonly state: 'CONNECTED'; readonly connected: Connected}
  | ServerPhase12
  | Closed;

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

const nothing = new Uint8Array();

const quiet: Channel = {
  heldRecord: nothing,
  heldMessage: nothing,
  read: undefined,
  write: undefined,
  unsent: [],
  closeCalled: false,
  closeSent: false,
  closeReceived: false,
  updateAsked: false,
  dropsChangeCipherSpec: false,
  changeCipherSpecSent: false,
  skippable: undefined,
};

export const tlsClient = (settings: TlsClientSettings): TlsClient => ({
  role: 'client',
  settings,
  channel: quiet,
  phase: {state: 'START'},
});

export const tlsServer = (settings: TlsServerSettings): TlsServer => ({
  role: 'server',
  settings,
  channel: quiet,
  phase: {state: 'START'},
});
