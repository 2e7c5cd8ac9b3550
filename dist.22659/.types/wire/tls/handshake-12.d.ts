import { type Codec, type ValueOf } from './presentation.ts';
/** The end's own certificate first, each DER. */
export declare const certificate12: Codec<{
    readonly certificates: readonly Uint8Array<ArrayBufferLike>[];
}>;
/** RFC 6066 §8 */
export declare const certificateStatus: Codec<{
    readonly statusType: number;
    readonly response: Uint8Array<ArrayBufferLike>;
}>;
/** `certificateAuthorities`: distinguished names, DER. */
export declare const certificateRequest12: Codec<{
    readonly certificateTypes: readonly number[];
    readonly signatureAlgorithms: readonly number[];
    readonly certificateAuthorities: readonly Uint8Array<ArrayBufferLike>[];
}>;
/** RFC 5077 §3.3; an empty ticket says that none comes after all. */
export declare const newSessionTicket12: Codec<{
    readonly ticketLifetimeHint: number;
    readonly ticket: Uint8Array<ArrayBufferLike>;
}>;
declare const ecdheParams: Codec<{
    readonly curveType: number;
    readonly group: number;
    readonly publicKey: Uint8Array<ArrayBufferLike>;
    readonly algorithm: number;
    readonly signature: Uint8Array<ArrayBufferLike>;
}>;
/** Octets of a key exchange that is not read: DHE, explicit curves, PSK. */
type Unread = {
    readonly kind: 'other';
    readonly octets: Uint8Array;
};
export type ServerKeyExchange = ({
    readonly kind: 'ecdhe';
} & ValueOf<typeof ecdheParams>) | Unread;
export declare const serverKeyExchange: Codec<ServerKeyExchange>;
/** The octets of ServerKeyExchange that its signature covers behind both randoms (RFC 8422 §5.4: ServerECDHParams). */
export declare const signedParams: (value: Pick<ValueOf<typeof ecdheParams>, 'curveType' | 'group' | 'publicKey'>) => Uint8Array;
export type ClientKeyExchange = {
    readonly kind: 'rsa';
    readonly encryptedPreMasterSecret: Uint8Array;
} | {
    readonly kind: 'ecdhe';
    readonly publicKey: Uint8Array;
} | Unread;
/** Which of them it is the suite says; the length of the length alone fits one of them. DHE has the form of RSA. */
export declare const clientKeyExchange: Codec<ClientKeyExchange>;
export {};
