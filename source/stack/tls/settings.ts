// The settings of the ends of a TLS connection. Numbers are those of the wire, because a lesson may offer unknown values.
import {CipherSuite} from '../../wire/tls/cipher-suites.ts';
import type {ClientHelloExtension} from '../../wire/tls/hello.ts';
import {NamedGroup, ProtocolVersion, SignatureScheme} from '../../wire/tls/registry.ts';

export type RawExtension = Extract<ClientHelloExtension, {readonly name: 'raw'}>;

type TlsSettings = {
  /** Versions of ProtocolVersion in order of preference; nothing below TLS 1.2 is supported. */
  readonly versions: readonly number[];
  /** Suites in order of preference; a client offers those of its versions and all unknown ones. */
  readonly cipherSuites: readonly number[];
  readonly groups: readonly number[];
  /** Protocol names of RFC 7301 in order of preference. */
  readonly alpn: readonly string[];
  /** The number of records after which a key is changed (RFC 9846 §5.5). */
  readonly recordsPerKey: number;
  /** The content of records is padded with zeros to a multiple of this (RFC 9846 §5.4). */
  readonly paddingBlock: number;
  /** TLS 1.2: whether the master secret is bound to the handshake, if the peer supports that (RFC 7627). */
  readonly extendedMasterSecret: boolean;
  /** TLS 1.2: whether tickets are asked for and given (RFC 5077). */
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
  /** The most bytes of early data; 0 for none. */
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
  /** The lifetime that the server hints; 0 if it does not. */
  readonly lifetimeS: number;
  readonly receivedUs: number;
  /** Whether the session was made with the extended master secret, which stays so (RFC 7627 §5.3). */
  readonly extended: boolean;
  readonly serverName?: string;
};

/** The authorities that a client trusts, in DER, and the name or IP address that a certificate has to contain. */
export type TlsTrust = {readonly roots: readonly Uint8Array[]; readonly site: string};

export type TlsClientSettings = TlsSettings & {
  /** The trusted authorities and how they are used; absent: any certificate is accepted. */
  readonly trust?: TlsTrust;
  /** A DNS name (RFC 6066 §3); if it is absent, none is sent. */
  readonly serverName?: string;
  /** Groups whose key shares the first ClientHello carries. */
  readonly keyShares: readonly number[];
  readonly signatureSchemes: readonly number[];
  readonly session?: TlsSession | TlsSession12;
  /** Whether data that are written before the server has answered are sent as early data, if the session allows it. */
  readonly earlyData: boolean;
  /** Whether refused early data are sent again after the handshake; without this the program has to do so. */
  readonly resendEarlyData: boolean;
  /** Whether the connection looks like TLS 1.2 on the way (RFC 9846 §E.4), with a session id and change_cipher_spec. */
  readonly middleboxCompatibility: boolean;
  /** Whether a ClientHello of 256 to 511 octets is padded to 512, because some servers hang on it (RFC 7685 §4). */
  readonly helloPadding: boolean;
  /** Whether reserved values are among suites, groups, versions and extensions (RFC 8701). */
  readonly grease: boolean;
  /** Further extensions, sent unchanged. */
  readonly extensions: readonly RawExtension[];
  /** Extension numbers in the order of the ClientHello; others follow. */
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
  /** The credentials, of which the first one is used that the client can verify. */
  readonly credentials: readonly TlsCredential[];
  /** Whether HelloRetryRequest carries a cookie (RFC 9846 §4.3.2); `always`: every client has to return one. */
  readonly cookie: 'never' | 'retry' | 'always';
  /** The number of tickets after a TLS 1.3 handshake. */
  readonly tickets: number;
  readonly ticketLifetimeS: number;
  /** A key of 32 octets, with which the tickets can be read. */
  readonly ticketKey: Uint8Array;
  /** The most bytes of early data; 0: they are refused. */
  readonly maxEarlyData: number;
  readonly antiReplay: AntiReplay;
  /** Further extensions for EncryptedExtensions, sent unchanged. */
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
