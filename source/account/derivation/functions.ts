// The functions by which TLS makes its keys: HKDF of RFC 5869 with the labels of RFC 9846 §7.1, the PRF of RFC 5246 §5.
import {expand, extract} from '@noble/hashes/hkdf.js';
import {hmac} from '@noble/hashes/hmac.js';
import {sha256, sha384} from '@noble/hashes/sha2.js';
import {cipherSuiteName} from '../../wire/tls/cipher-suites.ts';
import {joinBytes, uint16} from '../../wire/tls/presentation.ts';

export const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

export type Hash = {
  readonly name: string;
  readonly bytes: number;
  of(octets: Uint8Array): Uint8Array;
  hmac(key: Uint8Array, octets: Uint8Array): Uint8Array;
  /** RFC 5869 §2.2, §2.3 */
  extract(salt: Uint8Array, input: Uint8Array): Uint8Array;
  expand(secret: Uint8Array, info: Uint8Array, size: number): Uint8Array;
};

const sha256Hash: Hash = {
  ...{name: 'SHA-256', bytes: sha256.outputLen, of: sha256},
  hmac: (key, octets) => hmac(sha256, key, octets),
  extract: (salt, input) => extract(sha256, input, salt),
  expand: (secret, info, size) => expand(sha256, secret, info, size),
};

const sha384Hash: Hash = {
  ...{name: 'SHA-384', bytes: sha384.outputLen, of: sha384},
  hmac: (key, octets) => hmac(sha384, key, octets),
  extract: (salt, input) => extract(sha384, input, salt),
  expand: (secret, info, size) => expand(sha384, secret, info, size),
};

/** The last word of a suite's name is its hash (RFC 9846 §B.4, RFC 5288 §3). */
export const hashOfSuite = (suite: number): Hash =>
  [cipherSuiteName(suite)].flat().join(' ').endsWith('SHA384') ? sha384Hash : sha256Hash;

type Expansion = {readonly label: string; readonly context: Uint8Array; readonly size: number};

/** RFC 9846 §7.1 */
export const expandLabel = (
  hash: Hash,
  secret: Uint8Array,
  {label, context, size}: Expansion,
): Uint8Array => {
  const name = ascii(`tls13 ${label}`);
  const info = joinBytes([
    uint16.write(size),
    Uint8Array.of(name.length),
    name,
    Uint8Array.of(context.length),
    context,
  ]);
  return hash.expand(secret, info, size);
};

/** RFC 5246 §5 */
export const prf = (hash: Hash, secret: Uint8Array, seed: Uint8Array, size: number): Uint8Array => {
  const output = new Uint8Array(Math.ceil(size / hash.bytes) * hash.bytes);
  let a = seed;
  for (let at = 0; at < size; at += hash.bytes) {
    a = hash.hmac(secret, a);
    output.set(hash.hmac(secret, joinBytes([a, seed])), at);
  }
  return output.subarray(0, size);
};
