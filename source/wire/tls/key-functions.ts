// The functions by which TLS derives its keys from any HMAC: HKDF of RFC 5869 with the labels of RFC 9846 §7.1, and the PRF of RFC 5246 §5.
import {noOctets, textOctets} from '../octets.ts';
import {joinBytes, uint16} from './presentation.ts';

export type KeyHash = {
  readonly hashBytes: number;
  of(data: Uint8Array): Uint8Array;
  hmac(key: Uint8Array, data: Uint8Array): Uint8Array;
};

/** Computes HKDF-Extract (RFC 5869 §2.2). */
export const extract = ({hmac}: KeyHash, salt: Uint8Array, input: Uint8Array): Uint8Array =>
  hmac(salt, input);

/** Returns `size` octets of output from hash blocks of `hashBytes` each; `next` computes block n. */
const blocks = (hashBytes: number, size: number, next: (n: number) => Uint8Array): Uint8Array => {
  const output = new Uint8Array(Math.ceil(size / hashBytes) * hashBytes);
  for (let n = 0; n * hashBytes < size; n++) output.set(next(n), n * hashBytes);
  return output.subarray(0, size);
};

type Expansion = {readonly label: string; readonly context: Uint8Array; readonly size: number};

/** Computes HKDF-Expand-Label of TLS 1.3: HKDF-Expand (RFC 5869 §2.3), with the label written as "tls13 label". */
export const expandLabel = (
  {hashBytes, hmac}: KeyHash,
  secret: Uint8Array,
  {label, context, size}: Expansion,
): Uint8Array => {
  const name = textOctets(`tls13 ${label}`);
  const lengths = [Uint8Array.of(name.length), Uint8Array.of(context.length)] as const;
  const info = joinBytes([uint16.write(size), lengths[0], name, lengths[1], context]);
  let block: Uint8Array = noOctets;
  return blocks(hashBytes, size, (n) => {
    block = hmac(secret, joinBytes([block, info, Uint8Array.of(n + 1)]));
    return block;
  });
};

/** Computes the PRF of TLS 1.2: P_hash over label and seed. */
export const prf = (
  {hashBytes, hmac}: Omit<KeyHash, 'of'>,
  secret: Uint8Array,
  {label, seed, size}: {readonly label: string; readonly seed: Uint8Array; readonly size: number},
): Uint8Array => {
  const whole = joinBytes([textOctets(label), seed]);
  let a = whole;
  return blocks(hashBytes, size, () => {
    a = hmac(secret, a);
    return hmac(secret, joinBytes([a, whole]));
  });
};

/** Computes the PRF of TLS 1.0 and 1.1, which uses two hashes with one half of the secret each (RFC 2246 §5, RFC 4346 §5). */
export const olderPrf = (
  md5: Omit<KeyHash, 'of'>,
  sha1: Omit<KeyHash, 'of'>,
  secret: Uint8Array,
  wanted: Parameters<typeof prf>[2],
): Uint8Array => {
  const half = Math.ceil(secret.length / 2);
  const other = prf(sha1, secret.subarray(-half), wanted);
  return prf(md5, secret.subarray(0, half), wanted).map((octet, index) => octet ^ (other[index] ?? 0));
};

/** The octets of the master secret in TLS 1.2 (RFC 5246 §8.1). */
export const masterBytes = 48;
