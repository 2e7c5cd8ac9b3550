// The settings of TLS clients and servers. Suites, groups and versions are numbers, because a lesson may offer unknown values.
import {CipherSuite} from '../../wire/tls/cipher-suites.ts';
import type {ClientHelloExtension} from '../../wire/tls/hello.ts';
import {NamedGroup, ProtocolVersion, SignatureScheme} from '../../wire/tls/registry.ts';

export type RawExtension = Extract<ClientHelloExtension, {readonly name: 'raw'}>;

type TlsSettings = {
  /** Versions of ProtocolVersion in order of preference; nothing below TLS 1.2 is supported. */
  readonly versions: readonly number[];
  /** The cipher suites in order of preference; a client offers those of the versions it supports and all unknown ones. */
  readonly cipherSuites: readonly number[];
  readonly groups: readonly number[];
  /** The application protocol names (ALPN, RFC 7301) in order of preference. */
  readonly alpn: readonly string[];
  /** The number of records after which a TLS 1.3 end changes its write key (RFC 9846 §5.5). */
  readonly recordsPerKey: number;
  /** The size in octets to a multiple of which the content of TLS 1.3 records is padded with zeros (RFC 9846 §5.4). */
  readonly paddingBlock: number;
  /** TLS 1.2: whether the master secret is bound to the handshake, if the peer supports that (RFC 7627). */
  readonly extendedMasterSecret: boolean;
  /** TLS 1.2: whether the client asks for a ticket, and the server gives one (RFC 5077). */
  readonly sessionTickets: boolean;
};

/**
 * A TLS 1.3 session that a client can resume: the ticket of a NewSessionTicket and its PSK (RFC 9846 §4.7.1), with the server's name and
 * the time of arrival.
 */
export type TlsSession = {
  readonly version: 'TLS 1.3';
  readonly ticket: Uint8Array;
  readonly psk: Uint8Array;
  readonly suite: number;
  readonly lifetimeS: number;
  readonly ageAdd: number;
  readonly receivedUs: number;
  /** The most octets of early data that this ticket allows; 0 for none. */
  readonly maxEarlyData: number;
  readonly serverName?: string;
  readonly alpn?: string;
};

/**
 * A TLS 1.2 session that a client can resume: the ticket of a NewSessionTicket (RFC 5077 §3.4) and the master secret, with the server's
 * name and the time of arrival.
 */
export type TlsSession12 = {
  readonly version: 'TLS 1.2';
  readonly ticket: Uint8Array;
  readonly master: Uint8Array;
  readonly suite: number;
  /** The ticket's lifetime in seconds that the server hinted; 0 if it gave none. */
  readonly lifetimeS: number;
  readonly receivedUs: number;
  /** Whether the session was made with the extended master secret; a resumed connection has to use it likewise (RFC 7627 §5.3). */
  readonly extended: boolean;
  readonly serverName?: string;
};

/** The authorities that a client trusts, in DER, and the name or IP address that a certificate has to contain. */
export type TlsTrust = {readonly roots: readonly Uint8Array[]; readonly site: string};

export type TlsClientSettings = TlsSettings & {
  /** The authorities that the client trusts and the name that the certificate must contain; absent: any certificate is accepted. */
  readonly trust?: TlsTrust;
  /** The DNS name that the client sends as server_name (RFC 6066 §3); absent: it sends none. */
  readonly serverName?: string;
  /** The groups for which the first ClientHello carries key shares. */
  readonly keyShares: readonly number[];
  readonly signatureSchemes: readonly number[];
  readonly session?: TlsSession | TlsSession12;
  /** Whether data that are written before the server has answered are sent as early data, if the session allows it. */
  readonly earlyData: boolean;
  /** Whether refused early data are sent again after the handshake; without this the program has to do so. */
  readonly resendEarlyData: boolean;
  /** Whether the TLS 1.3 client looks like TLS 1.2 to middleboxes, with a session id and change_cipher_spec (RFC 9846 §E.4). */
  readonly middleboxCompatibility: boolean;
  /** Whether a ClientHello of 256 to 511 octets is padded to 512, because some servers hang on it (RFC 7685 §4). */
  readonly helloPadding: boolean;
  /** Whether the ClientHello has reserved values among its suites, groups, versions and extensions (GREASE, RFC 8701). */
  readonly grease: boolean;
  /** Further extensions of the ClientHello, sent unchanged. */
  readonly extensions: readonly RawExtension[];
  /** The order of the extensions in the ClientHello by their numbers; those not listed follow. */
  readonly extensionOrder: readonly number[];
};

/** A certificate chain in DER, beginning with the end's own certificate, and its private key in PKCS #8. */
export type TlsCredential = {readonly chain: readonly Uint8Array[]; readonly privateKey: Uint8Array};

/**
 * The protection from replays of early data (RFC 9846 §8): none, the check of the ticket's age (§8.3), or that and a record of each
 * accepted ClientHello (§8.2).
 */
export type AntiReplay = 'none' | 'freshness' | 'recording';

export type TlsServerSettings = TlsSettings & {
  /** The certificate chains and keys of a TLS server; it uses the first whose signature the client can verify. */
  readonly credentials: readonly TlsCredential[];
  /**
   * When HelloRetryRequest carries a cookie (RFC 9846 §4.3.2): never, in each one sent, or `always`, so that every client has to return
   * one.
   */
  readonly cookie: 'never' | 'retry' | 'always';
  /** The number of tickets that the server sends after a TLS 1.3 handshake. */
  readonly tickets: number;
  readonly ticketLifetimeS: number;
  /** The server's key of 32 octets, with which it seals and opens tickets. */
  readonly ticketKey: Uint8Array;
  /** The most octets of early data that the server accepts; 0: it refuses them. */
  readonly maxEarlyData: number;
  readonly antiReplay: AntiReplay;
  /** Further extensions of the server's EncryptedExtensions, sent unchanged. */
  readonly extensions: readonly RawExtension[];
};

const shared: TlsSettings = {
  versions: [ProtocolVersion['TLS 1.3']],
  cipherSuites: [
    CipherSuite.TLS_AES_128_GCM_SHA256,
    CipherSuite.TLS_AES_256_GCM_SHA384,
    CipherSuite.TLS_CHACHA20_POLY1305_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_RSA_WITH_AES_256_GCM_SHA384,
  ],
  groups: [NamedGroup.x25519, NamedGroup.secp256r1],
  alpn: [],
  recordsPerKey: 2 ** 24,
  paddingBlock: 1,
  extendedMasterSecret: true,
  sessionTickets: true,
};

export const tlsClientDefaults: TlsClientSettings = {
  ...shared,
  keyShares: [NamedGroup.x25519],
  signatureSchemes: [
    SignatureScheme.ecdsa_secp256r1_sha256,
    SignatureScheme.rsa_pss_rsae_sha256,
    SignatureScheme.rsa_pkcs1_sha256,
  ],
  earlyData: false,
  resendEarlyData: false,
  middleboxCompatibility: true,
  helloPadding: false,
  grease: false,
  extensions: [],
  extensionOrder: [],
};

export const tlsServerDefaults: Omit<TlsServerSettings, 'credentials' | 'ticketKey'> = {
  ...shared,
  cookie: 'never',
  tickets: 1,
  ticketLifetimeS: 7200,
  maxEarlyData: 0,
  antiReplay: 'recording',
  extensions: [],
};
