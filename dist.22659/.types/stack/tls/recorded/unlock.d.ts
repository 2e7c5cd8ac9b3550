import type { CryptoPort } from '../crypto-port.ts';
import type { Unlock } from './lock.ts';
/** Keys of TLS 1.1 and below come from another function (RFC 4346 §5). */
export declare const unlockWith: (crypto: CryptoPort) => Unlock;
