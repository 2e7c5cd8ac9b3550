import type { CryptoPort } from '../stack/tls/crypto-port.js';
export declare const nodeCrypto: CryptoPort;
