import type { AeadName, HashName } from './crypto-port.ts';
export type CipherSuite = {
    readonly id: number;
    readonly aead: AeadName;
    readonly hash: HashName;
    readonly keyBytes: number;
    readonly hashBytes: number;
};
export declare const cipherSuite: (id: number) => CipherSuite | undefined;
