import type { CipherSuite } from '../cipher-suite.ts';
export type Suite12 = CipherSuite & {
    /** `rsa`: the client chooses the secret and encrypts it for the certificate's key (RFC 5246 §7.4.7.1). */
    readonly keyExchange: 'rsa' | 'ecdhe';
    /** The kind of key that the certificate has to have. */
    readonly certificateKey: 'rsa' | 'ec';
};
export declare const suite12: (id: number) => Suite12 | undefined;
