// The key schedule of TLS 1.3 (RFC 9846 §7.1–7.3): each secret from the one before, the keys from the secrets. RFC 8446 called the main
// secret "master secret", and its labels still do.
import {expandLabel, extract, type KeyHash} from '../../wire/tls/key-functions.ts';
import type {CipherSuite} from './cipher-suite.ts';
import type {CryptoPort} from './crypto-port.ts';

/** The parameters that all key derivations of a TLS connection share, such as its hash. */
export type Kdf = KeyHash;

export const kdfOf = (
  crypto: CryptoPort,
  {hash, hashBytes}: Pick<CipherSuite, 'hash' | 'hashBytes'>,
): Kdf => ({
  hashBytes,
  of: (data) => crypto.hash(hash, data),
  hmac: (key, data) => crypto.hmac(hash, key, data),
});

const nothing = new Uint8Array();
const zeros = ({hashBytes}: Kdf): Uint8Array => new Uint8Array(hashBytes);

/** Returns Derive-Secret of the TLS 1.3 key schedule; `transcriptHash` is the hash of the messages, not the messages. */
export const deriveSecret = (
  kdf: Kdf,
  secret: Uint8Array,
  label: string,
  transcriptHash: Uint8Array,
): Uint8Array => expandLabel(kdf, secret, {label, context: transcriptHash, size: kdf.hashBytes});

const emptyHash = ({of}: Kdf): Uint8Array => of(nothing);

/** Returns the salt of the next HKDF-Extract in the TLS 1.3 key schedule: Derive-Secret(secret, "derived", ""). */
export const derivedSecret = (kdf: Kdf, secret: Uint8Array): Uint8Array =>
  deriveSecret(kdf, secret, 'derived', emptyHash(kdf));

/** Returns the early secret of the TLS 1.3 key schedule; zeros replace a missing PSK. */
export const earlySecret = (kdf: Kdf, psk?: Uint8Array): Uint8Array =>
  extract(kdf, zeros(kdf), psk ?? zeros(kdf));

export const handshakeSecret = (kdf: Kdf, early: Uint8Array, shared: Uint8Array): Uint8Array =>
  extract(kdf, derivedSecret(kdf, early), shared);

export const mainSecret = (kdf: Kdf, handshake: Uint8Array): Uint8Array =>
  extract(kdf, derivedSecret(kdf, handshake), zeros(kdf));

/** Returns the key for the binder of a resumption PSK (§4.3.11.2). */
export const binderKey = (kdf: Kdf, early: Uint8Array): Uint8Array =>
  deriveSecret(kdf, early, 'res binder', emptyHash(kdf));

export const finishedKey = (kdf: Kdf, baseKey: Uint8Array): Uint8Array =>
  expandLabel(kdf, baseKey, {label: 'finished', context: nothing, size: kdf.hashBytes});

/** Returns verify_data of the TLS 1.3 message Finished (§4.5.3); a PSK binder is computed in the same way. */
export const verifyData = (kdf: Kdf, baseKey: Uint8Array, transcriptHash: Uint8Array): Uint8Array =>
  kdf.hmac(finishedKey(kdf, baseKey), transcriptHash);

/** Returns application_traffic_secret_N+1, the secret after a KeyUpdate (§7.2). */
export const nextTrafficSecret = (kdf: Kdf, secret: Uint8Array): Uint8Array =>
  expandLabel(kdf, secret, {label: 'traffic upd', context: nothing, size: kdf.hashBytes});

/** Returns the PSK that belongs to a TLS 1.3 ticket with this nonce (§4.7.1). */
export const ticketPsk = (kdf: Kdf, resumption: Uint8Array, nonce: Uint8Array): Uint8Array =>
  expandLabel(kdf, resumption, {label: 'resumption', context: nonce, size: kdf.hashBytes});

export type TrafficKey = {readonly key: Uint8Array; readonly iv: Uint8Array};

/** Returns the key and IV of one direction from its TLS 1.3 traffic secret (§7.3). */
export const trafficKey = (kdf: Kdf, secret: Uint8Array, keyBytes: number): TrafficKey => ({
  key: expandLabel(kdf, secret, {label: 'key', context: nothing, size: keyBytes}),
  iv: expandLabel(kdf, secret, {label: 'iv', context: nothing, size: 12}),
});
