// Record protection of TLS 1.3 (RFC 9846 §5.2–5.5): the type is hidden after the content, and the nonce contains the sequence number.
import {err, ok, type Result} from '../../wire/result.ts';
import {joinBytes} from '../../wire/tls/presentation.ts';
import {maxCiphertext, maxPlaintext, recordHeader} from '../../wire/tls/record.ts';
import {ContentType, ProtocolVersion} from '../../wire/tls/registry.ts';
import type {CipherSuite, RecordedSuite} from './cipher-suite.ts';
import type {CryptoPort} from './crypto-port.ts';
import {kdfOf, nextTrafficSecret, trafficKey} from './key-schedule.ts';

/** The TLS 1.3 keys of one direction, and the number of records that they have protected. */
export type Protection<S extends RecordedSuite = CipherSuite> = {
  readonly version: 'TLS 1.3';
  readonly suite: S;
  readonly secret: Uint8Array;
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
  readonly sequence: number;
};

/** The decrypted content of a TLS record; `type` is a ContentType. */
export type InnerPlaintext = {readonly type: number; readonly content: Uint8Array};

const tagBytes = 16;

export const protectionOf = <S extends RecordedSuite>(
  crypto: CryptoPort,
  suite: S,
  secret: Uint8Array,
): Protection<S> => ({
  version: 'TLS 1.3',
  suite,
  secret,
  ...trafficKey(kdfOf(crypto, suite), secret, suite.keyBytes),
  sequence: 0,
});

/** Returns the TLS 1.3 keys after KeyUpdate (§7.2): a new secret, with the record number 0. */
export const updatedProtection = <S extends RecordedSuite>(
  crypto: CryptoPort,
  {suite, secret}: Protection<S>,
): Protection<S> => protectionOf(crypto, suite, nextTrafficSecret(kdfOf(crypto, suite), secret));

/** Returns the AEAD nonce of a TLS record: the IV XOR the 64-bit sequence number, aligned to the right (§5.3). */
export const recordNonce = ({iv, sequence}: Pick<Protection, 'iv' | 'sequence'>): Uint8Array => {
  const nonce = Uint8Array.from(iv);
  const view = new DataView(nonce.buffer);
  view.setUint32(4, view.getUint32(4) ^ Math.floor(sequence / 2 ** 32));
  view.setUint32(8, view.getUint32(8) ^ (sequence >>> 0));
  return nonce;
};

/** Returns the header of a protected TLS 1.3 record, which is the additional data of the AEAD. */
const headerOf = (ciphertextBytes: number): Uint8Array =>
  recordHeader(ContentType.application_data, ProtocolVersion['TLS 1.2'], ciphertextBytes);

/** Encrypts a TLS 1.3 record; returns the whole record and the protection of the next one. `padding` zeros follow the content (§5.4). */
export const protect = (
  crypto: CryptoPort,
  protection: Protection,
  {type, content}: InnerPlaintext,
  padding = 0,
): {readonly record: Uint8Array; readonly next: Protection} => {
  const plaintext = new Uint8Array(content.length + 1 + padding);
  plaintext.set(content);
  plaintext[content.length] = type;
  const header = headerOf(plaintext.length + tagBytes);
  const {suite, key} = protection;
  const nonce = recordNonce(protection);
  const ciphertext = crypto.seal({aead: suite.aead, key, nonce, additional: header, plaintext});
  return {record: joinBytes([header, ciphertext]), next: {...protection, sequence: protection.sequence + 1}};
};

type ProtectionFault = 'bad_record_mac' | 'record_overflow' | 'unexpected_message';

/** Decrypts a TLS 1.3 record of type application_data; returns its content, or the alert of §5.2 and §5.4. */
export const unprotect = <S extends RecordedSuite>(
  crypto: CryptoPort,
  protection: Protection<S>,
  ciphertext: Uint8Array,
  header: Uint8Array = headerOf(ciphertext.length),
): Result<{readonly inner: InnerPlaintext; readonly next: Protection<S>}, ProtectionFault> => {
  if (ciphertext.length > maxCiphertext['TLS 1.3']) return err('record_overflow');
  const {suite, key} = protection;
  const nonce = recordNonce(protection);
  const plaintext = crypto.open({aead: suite.aead, key, nonce, additional: header, ciphertext});
  if (!plaintext) return err('bad_record_mac');
  if (plaintext.length > maxPlaintext + 1) return err('record_overflow');
  let end = plaintext.length - 1;
  while (end >= 0 && plaintext[end] === 0) end -= 1;
  if (end < 0) return err('unexpected_message');
  const inner = {type: plaintext[end] ?? 0, content: plaintext.subarray(0, end)};
  return ok({inner, next: {...protection, sequence: protection.sequence + 1}});
};
