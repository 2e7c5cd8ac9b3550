// The signature encoding EMSA-PSS (RFC 8017 §9.1.1) with a given salt, so that a run can repeat a signature. It uses SHA-256, as in
// rsa_pss_rsae_sha256 (RFC 9846 §4.3.3).
import type {CryptoPort} from './crypto-port.ts';

const hashBytes = 32;

/** Returns `size` octets of the mask generation function MGF1 (RFC 8017 §B.2.1). */
const mask = (crypto: CryptoPort, seed: Uint8Array, size: number): Uint8Array => {
  const output = new Uint8Array(Math.ceil(size / hashBytes) * hashBytes);
  for (let n = 0; n * hashBytes < size; n++)
    output.set(crypto.hash('sha256', Uint8Array.of(...seed, 0, 0, n >> 8, n & 0xff)), n * hashBytes);
  return output.subarray(0, size);
};

/** Returns the encoded message EM of RSA-PSS, which is `bits` − 1 bits long; undefined if the key is too short. */
const encoded = (
  crypto: CryptoPort,
  data: Uint8Array,
  salt: Uint8Array,
  bits: number,
): Uint8Array | undefined => {
  const size = Math.ceil((bits - 1) / 8);
  const dbBytes = size - hashBytes - 1;
  const saltAt = dbBytes - salt.length;
  if (saltAt < 1) return undefined;
  const digest = crypto.hash('sha256', data);
  const h = crypto.hash('sha256', Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, ...digest, ...salt));
  const db = new Uint8Array(dbBytes);
  db[saltAt - 1] = 1;
  db.set(salt, saltAt);
  const masked = mask(crypto, h, dbBytes).map((octet, i) => octet ^ (db[i] ?? 0));
  masked[0] = (masked[0] ?? 0) & (0xff >> (8 * size - (bits - 1)));
  return Uint8Array.of(...masked, ...h, 0xbc);
};

type Signing = {readonly privateKey: Uint8Array; readonly bits: number; readonly salt: Uint8Array};

/** Returns an RSA-PSS signature as long as the modulus of `bits` bits; undefined if the key is too short or invalid. */
export const signPss = (
  crypto: CryptoPort,
  {privateKey, bits, salt}: Signing,
  data: Uint8Array,
): Uint8Array | undefined => {
  const message = encoded(crypto, data, salt, bits);
  if (!message) return undefined;
  const block = new Uint8Array(Math.ceil(bits / 8));
  block.set(message, block.length - message.length);
  return crypto.rsaPrivate(privateKey, block);
};
