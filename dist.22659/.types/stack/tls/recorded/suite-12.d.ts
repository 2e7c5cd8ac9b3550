import type { AeadName, HashName } from '../crypto-port.ts';
type MacName = HashName | 'sha1';
export type RecordSuite = {
    readonly kind: 'aead';
    readonly aead: AeadName;
    readonly hash: HashName;
    readonly hashBytes: number;
    readonly keyBytes: number;
    readonly ivBytes: number;
} | {
    readonly kind: 'cbc';
    readonly hash: HashName;
    readonly hashBytes: number;
    readonly keyBytes: number;
    readonly mac: MacName;
    readonly macBytes: number;
};
/** undefined: a cipher that is not spoken here. */
export declare const recordSuite: (id: number) => RecordSuite | undefined;
export {};
