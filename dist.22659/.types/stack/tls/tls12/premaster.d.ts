import type { CryptoPort } from '../crypto-port.ts';
/** The version is that of the ClientHello, so that nobody can talk the server into an older one. */
export declare const preMasterSecret: (version: number, random: Uint8Array) => Uint8Array;
/** Octets of the random part. */
export declare const preMasterRandom: number;
/** `padding`: octets for it, as many as the modulus has; zeros among them are replaced, because a zero ends the padding. */
export declare const encryptPreMaster: (crypto: CryptoPort, { publicKey, bits }: {
    readonly publicKey: Uint8Array;
    readonly bits: number;
}, secret: Uint8Array, padding: Uint8Array) => Uint8Array | undefined;
/** The secret in the block, if the key fits: 00 02, at least eight octets that are not zero, 00, 48 octets. */
export declare const decryptPreMaster: (crypto: CryptoPort, privateKey: Uint8Array, ciphertext: Uint8Array) => Uint8Array | undefined;
/**
 * What the server goes on with. Where the block is damaged, `random` takes its place and nothing is said: the answer
 * would tell an attacker about the padding (Bleichenbacher). The handshake then ends at Finished.
 */
export declare const receivedPreMaster: (decrypted: Uint8Array | undefined, version: number, random: Uint8Array) => Uint8Array;
