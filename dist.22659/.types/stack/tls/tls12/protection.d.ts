import { type Result } from '../../../wire/result.ts';
import { type TlsRecord } from '../../../wire/tls/record.ts';
import type { CryptoPort } from '../crypto-port.ts';
import type { KeyBlock } from './prf.ts';
import type { Suite12 } from './suite.ts';
/** The keys of one direction, and how many records they have protected. `secret`: the master secret behind them. */
export type Protection12 = {
    readonly version: 'TLS 1.2';
    readonly suite: Suite12;
    readonly secret: Uint8Array;
    readonly key: Uint8Array;
    readonly iv: Uint8Array;
    readonly sequence: number;
};
export declare const protection12: (suite: Suite12, secret: Uint8Array, block: KeyBlock, whose: keyof KeyBlock) => Protection12;
type Content = {
    readonly type: number;
    readonly content: Uint8Array;
};
/** A whole record. The explicit half of the nonce is the sequence number, which never comes twice under a key. */
export declare const protect12: (crypto: CryptoPort, protection: Protection12, { type, content }: Content) => {
    readonly record: Uint8Array;
    readonly next: Protection12;
};
export declare const unprotect12: (crypto: CryptoPort, protection: Protection12, record: TlsRecord) => Result<{
    readonly inner: Content;
    readonly next: Protection12;
}, 'bad_record_mac'>;
export {};
