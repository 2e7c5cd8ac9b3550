import { type Result } from '../../../wire/result.ts';
import type { CryptoPort } from '../crypto-port.ts';
/** All octets of one connection, one direction and the other. */
export type Recording = {
    readonly client: Uint8Array;
    readonly server: Uint8Array;
};
export type Recovered = Recording & {
    readonly preMasterSecret: Uint8Array;
    readonly masterSecret: Uint8Array;
};
/** `no-handshake`: it is not whole; `no-key-transport`: the secret is not in it; `other-key`: not with this key. */
export type RecoveryFault = 'no-handshake' | 'no-key-transport' | 'other-key';
/** `privateKey`: that of the server's certificate, PKCS #8 in DER. */
export declare const recoverPlaintext: (crypto: CryptoPort, privateKey: Uint8Array, recording: Recording) => Result<Recovered, RecoveryFault>;
