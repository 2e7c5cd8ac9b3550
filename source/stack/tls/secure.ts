// The TLS settings of a simulated program as plain data for a compiled lesson: octets are base64url (RFC 4648 §5), numbers those in the
// messages. Absent settings have the defaults in settings.ts.
import type {AntiReplay, TlsCredential} from './settings.ts';

type SecureStream = {
  /** The supported TLS versions as numbers of ProtocolVersion, in order of preference. */
  readonly versions?: readonly number[];
  readonly suites?: readonly number[];
  readonly groups?: readonly number[];
  /** The application protocol names for ALPN (RFC 7301). */
  readonly alpn?: readonly string[];
};

export type SecureClient = SecureStream & {
  /** The server name that the TLS client sends (SNI); none is sent if it is absent. */
  readonly serverName?: string;
  /** The name or IP address that the server's certificate has to contain. */
  readonly site: string;
  readonly keyShares?: readonly number[];
  /** Certificates of the authorities that the TLS client trusts. */
  readonly roots: readonly string[];
  /** False if the TLS client drops tickets, so that it never resumes a session. */
  readonly resumes?: false;
};

export type CredentialText = {readonly [part in keyof TlsCredential]: TextOf<TlsCredential[part]>};

type TextOf<T> = T extends Uint8Array ? string : readonly string[];

export type SecureServer = SecureStream & {
  readonly credentials: readonly CredentialText[];
  /** The number of tickets that the TLS server sends after each handshake. */
  readonly tickets?: number;
  /** The most octets of early data that the TLS server accepts; 0 if it refuses early data. */
  readonly maxEarlyData?: number;
  readonly antiReplay?: AntiReplay;
};
