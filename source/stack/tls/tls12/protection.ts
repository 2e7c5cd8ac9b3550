// Record protection of TLS 1.2 with AES-GCM: the content type stays readable, and the explicit part of the nonce is sent in the record (RFC
// 5246 §6.2.3.3, RFC 5288 §3).
import {err, ok, type Result} from '../../../wire/result.ts';
import {joinBytes, uint8, uint16, uint32} from '../../../wire/tls/presentation.ts';
import {recordHeader, type TlsRecord} from '../../../wire/tls/record.ts';
import {ProtocolVersion} from '../../../wire/tls/registry.ts';
import type {CryptoPort} from '../crypto-port.ts';
import type {KeyBlock} from './prf.ts';
import type {Suite12} from './suite.ts';

/** The TLS 1.2 keys of one direction, and the number of records that they have protected; `secret` is the master secret. */
export type Protection12 = {
  readonly version: 'TLS 1.2';
  readonly suite: Suite12;
  readonly secret: Uint8Array;
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
  readonly sequence: number;
};

const explicitBytes = 8;
const tagBytes = 16;

export const protection12 = (
  suite: Suite12,
  secret: Uint8Array,
  block: KeyBlock,
  whose: keyof KeyBlock,
): Protection12 => ({version: 'TLS 1.2', suite, secret, ...block[whose], sequence: 0});

const sequenceOctets = (sequence: number): Uint8Array =>
  joinBytes([uint32.write(Math.floor(sequence / 2 ** 32)), uint32.write(sequence >>> 0)]);

/**
 * Returns the octets that the tag or MAC of a TLS 1.2 record covers besides the content (§6.2.3.3): sequence number, type, version, and
 * content length.
 */
export const additionalData = (
  sequence: number,
  {type, version}: Omit<TlsRecord, 'fragment'>,
  size: number,
): Uint8Array =>
  joinBytes([sequenceOctets(sequence), uint8.write(type), uint16.write(version), uint16.write(size)]);

type Content = {readonly type: number; readonly content: Uint8Array};

/**
 * Encrypts a TLS 1.2 record and returns it whole. The explicit part of the nonce is the sequence number, which never repeats under a key.
 */
export const protect12 = (
  crypto: CryptoPort,
  protection: Protection12,
  {type, content}: Content,
): {readonly record: Uint8Array; readonly next: Protection12} => {
  const {suite, key, iv, sequence} = protection;
  const version = ProtocolVersion['TLS 1.2'];
  const explicit = sequenceOctets(sequence);
  const ciphertext = crypto.seal({
    aead: suite.aead,
    key,
    nonce: joinBytes([iv, explicit]),
    additional: additionalData(protection.sequence, {type, version}, content.length),
    plaintext: content,
  });
  const header = recordHeader(type, version, explicitBytes + ciphertext.length);
  const record = joinBytes([header, explicit, ciphertext]);
  return {record, next: {...protection, sequence: sequence + 1}};
};

export const unprotect12 = (
  crypto: CryptoPort,
  protection: Protection12,
  record: TlsRecord,
): Result<{readonly inner: Content; readonly next: Protection12}, 'bad_record_mac'> => {
  const {type, fragment} = record;
  const size = fragment.length - explicitBytes - tagBytes;
  if (size < 0) return err('bad_record_mac');
  const {suite, key, iv, sequence} = protection;
  const content = crypto.open({
    aead: suite.aead,
    key,
    nonce: joinBytes([iv, fragment.subarray(0, explicitBytes)]),
    additional: additionalData(protection.sequence, record, size),
    ciphertext: fragment.subarray(explicitBytes),
  });
  if (!content) return err('bad_record_mac');
  return ok({inner: {type, content}, next: {...protection, sequence: sequence + 1}});
};
