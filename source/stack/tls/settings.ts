// What the ends of a TLS connection are told beforehand. Numbers as on the wire: a lesson may offer what nobody knows.
import {CipherSuite} from '../../wire/tls/cipher-suites.ts';
import type {ClientHelloExtension} from '../../wire/tls/hello.ts';
import {NamedGroup, ProtocolVersion, SignatureScheme} from '../../wire/tls/registry.ts';

export type RawExtension = Extract<ClientHelloExtension, {readonly name: 'raw'}>;

type TlsSettings = {
  /** Those of ProtocolVersion, the liked most first; below TLS 1.2 nothing is spoken. */
  readonly versions: readonly number[];
  /** In order of preference; a client offers those that belong to its versions, and all that nobody knows. */
  readonly cipherSuites: readonly number[];
  readonly groups: readonly number[];
  /** Protocol names of RFC 7301, the liked most first. */
  readonly alpn: readonly string[];
  /** After so many records a key is changed (RFC 9846 §5.5). */
  readonly recordsPerKey: number;
  /** Content of records is filled up to a multiple of this with zeros (RFC 9846 §5.4). */
  readonly paddingBlock: number;
  /** TLS 1.2: the master secret is bound to the handshake, if the peer can do so too (RFC 7627). */
  readonly extendedMasterSecret: boolean;
  /** TLS 1.2: tickets are asked for and given (RFC 5077). */
  readonly sessionTickets: boolean;
};

/** What a NewSessionTicket left (RFC 9846 §4.7.1). */
export type TlsSession = {
  readonly version: 'TLS 1.3';
  readonly ticket: Uint8Array;
  readonly psk: Uint8Array;
  readonly suite: number;
  readonly lifetimeS: number;
  readonly ageAdd: number;
  readonly receivedUs: number;
  /** In bytes; 0: none. */
  readonly maxEarlyData: number;
  readonly serverName?: string;
  readonly alpn?: string;
};

/** What a NewSessionTicket of TLS 1.2 left (RFC 5077 §3.4). */
export type TlsSession12 = {
  readonly version: 'TLS 1.2';
  readonly ticket: Uint8Array;
  readonly master: Uint8Array;
  readonly suite: number;
  /** As the server hints; 0: it does not say. */
  readonly lifetimeS: number;
  readonly receivedUs: number;
  /** RFC 7627 §5.3: a session keeps what it was made with. */
  readonly extended: boolean;
  readonly serverName?: string;
};

/** What a client holds certificates against: DER of the authorities that it trusts, and a name or an IP address. */
export type TlsTrust = {readonly roots: readonly Uint8Array[]; readonly site: string};

export type TlsClientSettings = TlsSettings & {
  /** Absent: whatever the server shows is believed. */
  readonly trust?: TlsTrust;
  /** A DNS name (RFC 6066 §3); none is sent where it is absent. */
  readonly serverName?: string;
  /** Groups for which a key share leaves with the first ClientHello. */
  readonly keyShares: readonly number[];
  readonly signatureSchemes: readonly number[];
  readonly session?: TlsSession | TlsSession12;
  /** What is written before the server has answered leaves as early data, where the session allows it. */
  readonly earlyData: boolean;
  /** Early data that were refused leave again after the handshake; without it the program has to see to that. */
  readonly resendEarlyData: boolean;
  /** Looks like TLS 1.2 on the way (RFC 9846 §E.4): a session id, and change_cipher_spec. */
  readonly middleboxCompatibility: boolean;
  /** A ClientHello of 256 to 511 octets is brought to 512, because some servers hang on it (RFC 7685 §4). */
  readonly helloPadding: boolean;
  /** Reserved values among suites, groups, versions and extensions (RFC 8701). */
  readonly grease: boolean;
  /** Further extensions, as they are. */
  readonly extensions: readonly RawExtension[];
  /** Numbers of extensions in the order of the ClientHello; those that are not named follow. */
  readonly extensionOrder: readonly number[];
};

/** The certificate itself first, then those that vouch for it; DER. The key is PKCS #8. */
export type TlsCredential = {readonly chain: readonly Uint8Array[]; readonly privateKey: Uint8Array};

/**
 * Against replays of early data (RFC 9846 §8): nothing, the check of the ticket's age (§8.3), or that and a record of
 * each ClientHello that was accepted (§8.2).
 */
export type AntiReplay = 'none' | 'freshness' | 'recording';

export type TlsServerSettings = TlsSettings & {
  /** The first that the client can verify is used. */
  readonly credentials: readonly TlsCredential[];
  /** A cookie goes with HelloRetryRequest (RFC 9846 §4.3.2); `always`: every client has to bring one back. */
  readonly cookie: 'never' | 'retry' | 'always';
  /** How many tickets follow the handshake of TLS 1.3. */
  readonly tickets: number;
  readonly ticketLifetimeS: number;
  /** 32 octets; whoever has them can read the tickets. */
  readonly ticketKey: Uint8Array;
  /** In bytes; 0: early data are refused. */
  readonly maxEarlyData: number;
  readonly antiReplay: AntiReplay;
  /** Further extensions for EncryptedExtensions, as they are. */
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
