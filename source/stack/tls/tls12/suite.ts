// The supported cipher suites of TLS 1.2, with their key exchange, kind of certificate and record protection (RFC 5288, RFC 5289).
import type {CipherSuite} from '../cipher-suite.ts';

export type Suite12 = CipherSuite & {
  /**
   * How the suite makes the premaster secret. `rsa`: the client chooses it and encrypts it for the certificate's key (RFC 5246 §7.4.7.1).
   */
  readonly keyExchange: 'rsa' | 'ecdhe';
  /** The kind of key that the server's certificate must have for this cipher suite. */
  readonly certificateKey: 'rsa' | 'ec';
};

const aes128 = {aead: 'aes-128-gcm', hash: 'sha256', keyBytes: 16, hashBytes: 32} as const;
const aes256 = {aead: 'aes-256-gcm', hash: 'sha384', keyBytes: 32, hashBytes: 48} as const;

const suites: readonly Suite12[] = [
  {id: 0x009c, keyExchange: 'rsa', certificateKey: 'rsa', ...aes128},
  {id: 0x009d, keyExchange: 'rsa', certificateKey: 'rsa', ...aes256},
  {id: 0xc02b, keyExchange: 'ecdhe', certificateKey: 'ec', ...aes128},
  {id: 0xc02c, keyExchange: 'ecdhe', certificateKey: 'ec', ...aes256},
  {id: 0xc02f, keyExchange: 'ecdhe', certificateKey: 'rsa', ...aes128},
  {id: 0xc030, keyExchange: 'ecdhe', certificateKey: 'rsa', ...aes256},
];

export const suite12 = (id: number): Suite12 | undefined => suites.find((suite) => suite.id === id);
