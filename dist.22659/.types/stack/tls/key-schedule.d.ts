import type { CipherSuite } from './cipher-suite.ts';
import type { CryptoPort, HashName } from './crypto-port.ts';
/** What all derivations of a connection share. */
export type Kdf = {
    readonly crypto: CryptoPort;
    readonly hash: HashName;
    readonly hashBytes: number;
};
export declare const kdfOf: (crypto: CryptoPort, { hash, hashBytes }: CipherSuite) => Kdf;
/** Derive-Secret; `transcriptHash` is the hash of the messages, not the messages. */
export declare const deriveSecret: (kdf: Kdf, secret: Uint8Array, label: string, transcriptHash: Uint8Array) => Uint8Array;
/** The salt of the next extraction. */
export declare const derivedSecret: (kdf: Kdf, secret: Uint8Array) => Uint8Array;
/** Without a PSK, zeros take its place. */
export declare const earlySecret: (kdf: Kdf, psk?: Uint8Array) => Uint8Array;
export declare const handshakeSecret: (kdf: Kdf, early: Uint8Array, shared: Uint8Array) => Uint8Array;
export declare const mainSecret: (kdf: Kdf, handshake: Uint8Array) => Uint8Array;
/** The key of the binder of a PSK that a ticket stands for (§4.3.11.2). */
export declare const binderKey: (kdf: Kdf, early: Uint8Array) => Uint8Array;
export declare const finishedKey: (kdf: Kdf, baseKey: Uint8Array) => Uint8Array;
/** verify_data of Finished (§4.5.3), and a binder likewise. */
export declare const verifyData: (kdf: Kdf, baseKey: Uint8Array, transcriptHash: Uint8Array) => Uint8Array;
/** application_traffic_secret_N+1 (§7.2). */
export declare const nextTrafficSecret: (kdf: Kdf, secret: Uint8Array) => Uint8Array;
/** The PSK that belongs to a ticket (§4.7.1). */
export declare const ticketPsk: (kdf: Kdf, resumption: Uint8Array, nonce: Uint8Array) => Uint8Array;
export type TrafficKey = {
    readonly key: Uint8Array;
    readonly iv: Uint8Array;
};
/** The write key and IV of one direction (§7.3). */
export declare const trafficKey: (kdf: Kdf, secret: Uint8Array, keyBytes: number) => TrafficKey;
