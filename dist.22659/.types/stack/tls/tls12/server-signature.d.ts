import type { CertificateKey, CryptoPort, KeyKind } from '../crypto-port.ts';
import type { TlsCredential } from '../settings.ts';
type Signature = {
    readonly scheme: number;
    readonly signature: Uint8Array;
};
/** Undefined: the scheme is not one for this key. */
export declare const verifyParams: (crypto: CryptoPort, { key, publicKey }: CertificateKey, { scheme, signature }: Signature, signed: Uint8Array) => boolean | undefined;
/** The first that the client can verify; PKCS #1 v1.5 is liked more, because it needs no salt. */
export declare const schemeFor12: (key: KeyKind, offered: readonly number[]) => number | undefined;
/** `salt`: 32 octets, used by RSA-PSS alone. */
export declare const signParams: (crypto: CryptoPort, { privateKey }: TlsCredential, { scheme, key, salt }: {
    readonly scheme: number;
    readonly key: KeyKind;
    readonly salt: Uint8Array;
}, signed: Uint8Array) => Uint8Array | undefined;
export {};
