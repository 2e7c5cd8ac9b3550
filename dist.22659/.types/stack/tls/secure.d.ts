import type { AntiReplay, TlsCredential } from './settings.ts';
type SecureStream = {
    /** Of ProtocolVersion, the liked most first. */
    readonly versions?: readonly number[];
    readonly suites?: readonly number[];
    readonly groups?: readonly number[];
    /** Protocol names of RFC 7301. */
    readonly alpn?: readonly string[];
};
export type SecureClient = SecureStream & {
    /** Sent as SNI. */
    readonly serverName?: string;
    /** Looked for in the certificate: the name, or an IP address. */
    readonly site: string;
    readonly keyShares?: readonly number[];
    /** Certificates of the authorities that are believed. */
    readonly roots: readonly string[];
    /** false: tickets are thrown away. */
    readonly resumes?: false;
};
export type CredentialText = {
    readonly [part in keyof TlsCredential]: TextOf<TlsCredential[part]>;
};
type TextOf<T> = T extends Uint8Array ? string : readonly string[];
export type SecureServer = SecureStream & {
    readonly credentials: readonly CredentialText[];
    /** After each handshake. */
    readonly tickets?: number;
    /** In bytes; 0: none. */
    readonly maxEarlyData?: number;
    readonly antiReplay?: AntiReplay;
};
export {};
