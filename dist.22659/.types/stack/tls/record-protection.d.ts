import { type Result } from '../../wire/result.ts';
import type { CipherSuite } from './cipher-suite.ts';
import type { CryptoPort } from './crypto-port.ts';
/** The keys of one direction, and how many records they have protected. */
export type Protection = {
    readonly version: 'TLS 1.3';
    readonly suite: CipherSuite;
    readonly secret: Uint8Array;
    readonly key: Uint8Array;
    readonly iv: Uint8Array;
    readonly sequence: number;
};
/** What a record carries, in clear; `type` is a ContentType. */
export type InnerPlaintext = {
    readonly type: number;
    readonly content: Uint8Array;
};
export declare const protectionOf: (crypto: CryptoPort, suite: CipherSuite, secret: Uint8Array) => Protection;
/** After KeyUpdate (§7.2): a new secret, counting from 0 again. */
export declare const updatedProtection: (crypto: CryptoPort, { suite, secret }: Protection) => Protection;
/** The sequence number as 64 bits, on the right of the IV (§5.3). */
export declare const recordNonce: ({ iv, sequence }: Pick<Protection, 'iv' | 'sequence'>) => Uint8Array;
/** A whole record, and the protection of the next one; `padding` zeros follow the content (§5.4). */
export declare const protect: (crypto: CryptoPort, protection: Protection, { type, content }: InnerPlaintext, padding?: number) => {
    readonly record: Uint8Array;
    readonly next: Protection;
};
type ProtectionFault = 'bad_record_mac' | 'record_overflow' | 'unexpected_message';
/** The content of a record of type application_data; what is left of it names the alert of §5.2 and §5.4. */
export declare const unprotect: (crypto: CryptoPort, protection: Protection, ciphertext: Uint8Array, header?: Uint8Array) => Result<{
    readonly inner: InnerPlaintext;
    readonly next: Protection;
}, ProtectionFault>;
export {};
