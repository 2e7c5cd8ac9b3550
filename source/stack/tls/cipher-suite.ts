// The cipher suites of TLS 1.3: an AEAD algorithm and a hash (RFC 9846 §B.4).
import type {AeadName, HashName, RecordedAead} from './crypto-port.ts';

export type CipherSuite = {
  readonly id: number;
  readonly aead: AeadName;
  readonly hash: HashName;
  readonly keyBytes: number;
  readonly hashBytes: number;
};

/** A cipher suite of TLS 1.3 records in a capture; unlike those of the simulator it may use CCM. */
export type RecordedSuite = Omit<CipherSuite, 'aead'> & {readonly aead: RecordedAead};

const suites: readonly CipherSuite[] = [
  {id: 0x1301, aead: 'aes-128-gcm', hash: 'sha256', keyBytes: 16, hashBytes: 32},
  {id: 0x1302, aead: 'aes-256-gcm', hash: 'sha384', keyBytes: 32, hashBytes: 48},
  {id: 0x1303, aead: 'chacha20-poly1305', hash: 'sha256', keyBytes: 32, hashBytes: 32},
];

export const cipherSuite = (id: number): CipherSuite | undefined => suites.find((suite) => suite.id === id);
