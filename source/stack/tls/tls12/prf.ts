// The values made with the pseudorandom function of TLS 1.2: master secret, keys, Finished (RFC 5246 §5, §6.3, §8.1).
import {masterBytes, prf} from '../../../wire/tls/key-functions.ts';
import {joinBytes} from '../../../wire/tls/presentation.ts';
import type {Kdf} from '../key-schedule.ts';
import type {Suite12} from './suite.ts';

export type Randoms = {readonly clientRandom: Uint8Array; readonly serverRandom: Uint8Array};

/** Returns the TLS 1.2 master secret from the premaster secret and both randoms (§8.1). */
export const masterSecret = (kdf: Kdf, preMaster: Uint8Array, randoms: Randoms): Uint8Array => {
  const seed = joinBytes([randoms.clientRandom, randoms.serverRandom]);
  return prf(kdf, preMaster, {label: 'master secret', seed, size: masterBytes});
};

/**
 * Returns the extended master secret of TLS 1.2, which depends on all messages up to ClientKeyExchange, not on the randoms alone
 * (RFC 7627 §4).
 */
export const extendedMasterSecret = (kdf: Kdf, preMaster: Uint8Array, sessionHash: Uint8Array): Uint8Array =>
  prf(kdf, preMaster, {label: 'extended master secret', seed: sessionHash, size: masterBytes});

type WriteKey = {readonly key: Uint8Array; readonly iv: Uint8Array};
export type KeyBlock = {readonly client: WriteKey; readonly server: WriteKey};

/** The number of octets of the AES-GCM nonce that come from the keys and are never sent (RFC 5288 §3). */
const ivBytes = 4;

/**
 * Returns the keys and IVs of both directions of TLS 1.2 (§6.3); an AEAD needs no MAC keys. Here the server's random comes before the
 * client's.
 */
export const keyBlock = (
  kdf: Kdf,
  {keyBytes}: Suite12,
  master: Uint8Array,
  {clientRandom, serverRandom}: Randoms,
): KeyBlock => {
  const seed = joinBytes([serverRandom, clientRandom]);
  const block = prf(kdf, master, {label: 'key expansion', seed, size: 2 * (keyBytes + ivBytes)});
  const ivs = block.subarray(2 * keyBytes);
  return {
    client: {key: block.slice(0, keyBytes), iv: ivs.slice(0, ivBytes)},
    server: {key: block.slice(keyBytes, 2 * keyBytes), iv: ivs.slice(ivBytes)},
  };
};

/** Returns verify_data of a TLS 1.2 Finished (§7.4.9). */
export const finishedData = (
  kdf: Kdf,
  master: Uint8Array,
  whose: 'client' | 'server',
  transcriptHash: Uint8Array,
): Uint8Array => prf(kdf, master, {label: `${whose} finished`, seed: transcriptHash, size: 12});
