import type { CryptoPort } from './crypto-port.ts';
type Signing = {
    readonly privateKey: Uint8Array;
    readonly bits: number;
    readonly salt: Uint8Array;
};
/** A signature as long as the modulus of `bits` bits. */
export declare const signPss: (crypto: CryptoPort, { privateKey, bits, salt }: Signing, data: Uint8Array) => Uint8Array | undefined;
export {};
