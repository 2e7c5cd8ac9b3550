import type { Kdf } from '../key-schedule.ts';
import type { Suite12 } from './suite.ts';
/** P_hash over label and seed (§5). */
export declare const prf: ({ crypto, hash, hashBytes }: Kdf, secret: Uint8Array, { label, seed, size }: {
    readonly label: string;
    readonly seed: Uint8Array;
    readonly size: number;
}) => Uint8Array;
export type Randoms = {
    readonly clientRandom: Uint8Array;
    readonly serverRandom: Uint8Array;
};
/** §8.1 */
export declare const masterSecret: (kdf: Kdf, preMaster: Uint8Array, randoms: Randoms) => Uint8Array;
/** RFC 7627 §4: bound to all messages up to ClientKeyExchange, not to the randoms alone. */
export declare const extendedMasterSecret: (kdf: Kdf, preMaster: Uint8Array, sessionHash: Uint8Array) => Uint8Array;
type WriteKey = {
    readonly key: Uint8Array;
    readonly iv: Uint8Array;
};
export type KeyBlock = {
    readonly client: WriteKey;
    readonly server: WriteKey;
};
/** §6.3: two keys, then two IVs; an AEAD needs no MAC keys. The server's random comes first here. */
export declare const keyBlock: (kdf: Kdf, { keyBytes }: Suite12, master: Uint8Array, { clientRandom, serverRandom }: Randoms) => KeyBlock;
/** verify_data of Finished (§7.4.9). */
export declare const finishedData: (kdf: Kdf, master: Uint8Array, whose: 'client' | 'server', transcriptHash: Uint8Array) => Uint8Array;
export {};
