// The key schedule of TLS 1.3 (RFC 9846 §7.1–7.3): each secret from the one before, the keys from the secrets. RFC 8446
// called the main secret "master secret"; its labels still do.
import type {CipherSuite} from './cipher-suite.ts';
import type {CryptoPort, HashName} from './crypto-port.ts';
import {textOctets} from './octet-text.ts';

/** What all derivations of a connection share. */
export type Kdf = {readonly crypto: CryptoPort; readonly hash: HashName; readonly hashBytes: number};

export const kdfOf = (crypto: CryptoPort, {hash, hashBytes}: CipherSuite): Kdf => ({crypto, hash, hashBytes});

const nothing = new Uint8Array();
const zeros = ({hashBytes}: Kdf): Uint8Array => new Uint8Array(hashBytes);

/** HKDF-Extract (RFC 5869 §2.2). */
const extract = ({crypto, hash}: Kdf, salt: Uint8Array, input: Uint8Array): Uint8Array =>
  crypto.hmac(hash, salt, input);

/** HKDF-Expand (RFC 5869 §2.3). */
const expand = (
  {crypto, hash, hashBytes}: Kdf,
  key: Uint8Array,
  info: Uint8Array,
  size: number,
): Uint8Array => {
  const output = new Uint8Array(Math.ceil(size / hashBytes) * hashBytes);
  let block: Uint8Array = nothing;
  for (let n = 1; (n - 1) * hashBytes < size; n++) {
    block = crypto.hmac(hash, key, Uint8Array.of(...block, ...info, n));
    output.set(block, (n - 1) * hashBytes);
  }
  return output.subarray(0, size);
};

type Expansion = {readonly label: string; readonly context: Uint8Array; readonly size: number};

/** HKDF-Expand-Label: the label is written as "tls13 label". */
const expandLabel = (kdf: Kdf, secret: Uint8Array, {label, context, size}: Expansion): Uint8Array => {
  const name = textOctets(`tls13 ${label}`);
  const info = Uint8Array.of(size >> 8, size & 0xff, name.length, ...name, context.length, ...context);
  return expand(kdf, secret, info, size);
};

/** Derive-Secret; `transcriptHash` is the hash of the messages, not the messages. */
export const deriveSecret = (
  kdf: Kdf,
  secret: Uint8Array,
  label: string,
  transcriptHash: Uint8Array,
): Uint8Array => expandLabel(kdf, secret, {label, context: transcriptHash, size: kdf.hashBytes});

const emptyHash = ({crypto, hash}: Kdf): Uint8Array => crypto.hash(hash, nothing);

/** The salt of the next extraction. */
export const derivedSecret = (kdf: Kdf, secret: Uint8Array): Uint8Array =>
  deriveSecret(kdf, secret, 'derived', emptyHash(kdf));

/** Without a PSK, zeros take its place. */
export const earlySecret = (kdf: Kdf, psk?: Uint8Array): Uint8Array =>
  extract(kdf, zeros(kdf), psk ?? zeros(kdf));

export const handshakeSecret = (kdf: Kdf, early: Uint8Array, shared: Uint8Array): Uint8Array =>
  extract(kdf, derivedSecret(kdf, early), shared);

export const mainSecret = (kdf: Kdf, handshake: Uint8Array): Uint8Array =>
  extract(kdf, derivedSecret(kdf, handshake), zeros(kdf));

/** The key of the binder of a PSK that a ticket stands for (§4.3.11.2). */
export const binderKey = (kdf: Kdf, early: Uint8Array): Uint8Array =>
  deriveSecret(kdf, early, 'res binder', emptyHash(kdf));

export const finishedKey = (kdf: Kdf, baseKey: Uint8Array): Uint8Array =>
  expandLabel(kdf, baseKey, {label: 'finished', context: nothing, size: kdf.hashBytes});

/** verify_data of Finished (§4.5.3), and a binder likewise. */
export const verifyData = (kdf: Kdf, baseKey: Uint8Array, transcriptHash: Uint8Array): Uint8Array =>
  kdf.crypto.hmac(kdf.hash, finishedKey(kdf, baseKey), transcriptHash);

/** application_traffic_secret_N+1 (§7.2). */
export const nextTrafficSecret = (kdf: Kdf, secret: Uint8Array): Uint8Array =>
  expandLabel(kdf, secret, {label: 'traffic upd', context: nothing, size: kdf.hashBytes});

/** The PSK that belongs to a ticket (§4.7.1). */
export const ticketPsk = (kdf: Kdf, resumption: Uint8Array, nonce: Uint8Array): Uint8Array =>
  expandLabel(kdf, resumption, {label: 'resumption', context: nonce, size: kdf.hashBytes});

export type TrafficKey = {readonly key: Uint8Array; readonly iv: Uint8Array};

/** The write key and IV of one direction (§7.3). */
export const trafficKey = (kdf: Kdf, secret: Uint8Array, keyBytes: number): TrafficKey => ({
  key: expandLabel(kdf, secret, {label: 'key', context: nothing, size: keyBytes}),
  iv: expandLabel(kdf, secret, {label: 'iv', context: nothing, size: 12}),
});
