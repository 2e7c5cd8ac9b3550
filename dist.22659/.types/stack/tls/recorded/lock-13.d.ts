import type { CryptoPort } from '../crypto-port.ts';
import type { Unlock } from './lock.ts';
export declare const unlock13: (crypto: CryptoPort) => Unlock;
