// RSA key transport of TLS 1.2: the client chooses 48 octets and encrypts them for the certificate's key (RFC 5246 §7.4.7.1), padded by
// PKCS #1 v1.5 (RFC 8017 §7.2).
import {joinBytes, uint16} from '../../../wire/tls/presentation.ts';
import type {CryptoPort} from '../crypto-port.ts';

const preMasterBytes = 48;
const leastPadding = 8;

/**
 * Returns the premaster secret of RSA key transport: the ClientHello's version, so that an attacker cannot enforce an older one, and random
 * octets.
 */
export const preMasterSecret = (version: number, random: Uint8Array): Uint8Array =>
  joinBytes([uint16.write(version), random]);

/** The number of octets in the random part of the premaster secret. */
export const preMasterRandom = preMasterBytes - 2;

/**
 * Encrypts the premaster secret with the certificate's RSA key. `padding` has as many octets as the modulus; its zeros are replaced,
 * because a zero ends the padding.
 */
export const encryptPreMaster = (
  crypto: CryptoPort,
  {publicKey, bits}: {readonly publicKey: Uint8Array; readonly bits: number},
  secret: Uint8Array,
  padding: Uint8Array,
): Uint8Array | undefined => {
  const size = Math.ceil(bits / 8) - secret.length - 3;
  if (size < leastPadding) return undefined;
  const filled = padding.subarray(0, size).map((octet) => (octet % 255) + 1);
  return crypto.rsaPublic(publicKey, joinBytes([Uint8Array.of(0, 2), filled, Uint8Array.of(0), secret]));
};

/**
 * Decrypts the premaster secret with the server's RSA key; undefined if the block is not 00 02, at least eight non-zero octets, 00, 48
 * octets.
 */
export const decryptPreMaster = (
  crypto: CryptoPort,
  privateKey: Uint8Array,
  ciphertext: Uint8Array,
): Uint8Array | undefined => {
  const block = crypto.rsaPrivate(privateKey, ciphertext);
  if (block?.[0] !== 0 || block[1] !== 2) return undefined;
  const end = block.indexOf(0, 2);
  return end >= 2 + leastPadding && block.length - end - 1 === preMasterBytes
    ? block.slice(end + 1)
    : undefined;
};

/**
 * Returns the premaster secret that the server uses. If the block is damaged, `random` replaces it without an error, because an error
 * would tell an attacker about the padding (Bleichenbacher). The handshake then fails at Finished.
 */
export const receivedPreMaster = (
  decrypted: Uint8Array | undefined,
  version: number,
  random: Uint8Array,
): Uint8Array => {
  const right = decrypted?.[0] === version >> 8 && decrypted[1] === (version & 0xff);
  return decrypted && right ? decrypted : preMasterSecret(version, random);
};
