// The hash function of a cipher suite. Code that shows a run has no access to the TLS machine's cryptography, and needs none but this.
import {hmac} from '@noble/hashes/hmac.js';
import {sha256, sha384} from '@noble/hashes/sha2.js';
import {cipherSuiteName} from '../../wire/tls/cipher-suites.ts';
import type {KeyHash} from '../../wire/tls/key-functions.ts';

export type Hash = KeyHash & {readonly name: string};

const hashOf = (name: string, hash: typeof sha256 | typeof sha384): Hash => ({
  ...{name, hashBytes: hash.outputLen, of: hash},
  hmac: (key, data) => hmac(hash, key, data),
});

const sha256Hash = hashOf('SHA-256', sha256);
const sha384Hash = hashOf('SHA-384', sha384);

/** Returns the hash function of a cipher suite, which is the last word of its name (RFC 9846 §B.4, RFC 5288 §3). */
export const hashOfSuite = (suite: number): Hash =>
  [cipherSuiteName(suite)].flat().join(' ').endsWith('SHA384') ? sha384Hash : sha256Hash;

/** Returns the hash function with this output length: a secret of TLS 1.3 has the length of its hash (RFC 9846 §7.1). */
export const hashOfSize = (bytes: number | undefined): Hash =>
  bytes === sha384Hash.hashBytes ? sha384Hash : sha256Hash;
