// The TLS settings of a program as plain data that a compiled lesson can contain: octets are base64url (RFC 4648 §5), numbers those of the
// wire. Absent values are as in settings.ts.
import type {AntiReplay, TlsCredential} from './settings.ts';

type SecureStream = {
  /** Versions of ProtocolVersion in order of preference. */
  readonly versions?: readonly number[];
  readonly suites?: readonly number[];
  readonly groups?: readonly number[];
  /** Protocol names of RFC 7301. */
  readonly alpn?: readonly string[];
};

export type SecureClient = SecureStream & {
  /** The name that is sent as SNI. */
  readonly serverName?: string;
  /** The name or IP address that the certificate has to contain. */
  readonly site: string;
  readonly keyShares?: readonly number[];
  /** Certificates of the trusted authorities. */
  readonly roots: readonly string[];
  /** False if tickets are dropped. */
  readonly resumes?: false;
};

export type CredentialText = {readonly [part in keyof TlsCredential]: TextOf<TlsCredential[part]>};

type TextOf<T> = T extends Uint8Array ? string : readonly string[];

export type SecureServer = SecureStream & {
  readonly credentials: readonly CredentialText[];
  /** The number of tickets after each handshake. */
  readonly tickets?: number;
  /** The most bytes of early data; 0 for none. */
  readonly maxEarlyData?: number;
  readonly antiReplay?: AntiReplay;
};
