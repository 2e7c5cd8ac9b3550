// Reads from the name of a cipher suite of TLS 1.2 or before how its records are protected (RFC 5246 §6.3, appendix C).
import {cipherSuiteName} from '../../../wire/tls/cipher-suites.ts';
import type {HashName, RecordedAead} from '../crypto-port.ts';

type MacName = HashName | 'sha1';

export type RecordSuite =
  | {
      readonly kind: 'aead';
      readonly aead: RecordedAead;
      readonly hash: HashName;
      readonly hashBytes: number;
      readonly keyBytes: number;
      readonly ivBytes: number;
      readonly tagBytes: number;
    }
  | {
      readonly kind: 'cbc';
      readonly hash: HashName;
      readonly hashBytes: number;
      readonly keyBytes: number;
      readonly mac: MacName;
      readonly macBytes: number;
      readonly blockBytes: number;
    };

const shape =
  /_WITH_(AES_128_GCM|AES_256_GCM|CHACHA20_POLY1305|AES_(?:128|256)_CCM(?:_8)?|AES_128_CBC|AES_256_CBC|3DES_EDE_CBC)(?:_(SHA|SHA256|SHA384))?$/;

/**
 * AEAD ciphers of TLS 1.2. `ivBytes` are the octets of the nonce that come from the keys: 4 (RFC 5288 §3, RFC 6655 §3), or all 12
 * (RFC 7905 §2).
 */
const aeads: Readonly<
  Record<
    string,
    {
      readonly aead: RecordedAead;
      readonly keyBytes: number;
      readonly ivBytes: number;
      readonly tagBytes: number;
    }
  >
> = {
  AES_128_GCM: {aead: 'aes-128-gcm', keyBytes: 16, ivBytes: 4, tagBytes: 16},
  AES_256_GCM: {aead: 'aes-256-gcm', keyBytes: 32, ivBytes: 4, tagBytes: 16},
  CHACHA20_POLY1305: {aead: 'chacha20-poly1305', keyBytes: 32, ivBytes: 12, tagBytes: 16},
  AES_128_CCM: {aead: 'aes-128-ccm', keyBytes: 16, ivBytes: 4, tagBytes: 16},
  AES_256_CCM: {aead: 'aes-256-ccm', keyBytes: 32, ivBytes: 4, tagBytes: 16},
  AES_128_CCM_8: {aead: 'aes-128-ccm-8', keyBytes: 16, ivBytes: 4, tagBytes: 8},
  AES_256_CCM_8: {aead: 'aes-256-ccm-8', keyBytes: 32, ivBytes: 4, tagBytes: 8},
};

const blocks: Readonly<Record<string, {readonly keyBytes: number; readonly blockBytes: number}>> = {
  AES_128_CBC: {keyBytes: 16, blockBytes: 16},
  AES_256_CBC: {keyBytes: 32, blockBytes: 16},
  '3DES_EDE_CBC': {keyBytes: 24, blockBytes: 8},
};

const macs: Readonly<Record<string, {readonly mac: MacName; readonly macBytes: number}>> = {
  SHA: {mac: 'sha1', macBytes: 20},
  SHA256: {mac: 'sha256', macBytes: 32},
  SHA384: {mac: 'sha384', macBytes: 48},
};

/** Returns how a cipher suite of TLS 1.2 or before protects records; undefined if its cipher is not supported. */
export const recordSuite = (id: number): RecordSuite | undefined => {
  const [, cipher = '', last = ''] = shape.exec(cipherSuiteName(id)) ?? [];
  // The hash of the PRF is SHA-256 unless the suite names a stronger one (RFC 5246 §5).
  const hash =
    last === 'SHA384'
      ? ({hash: 'sha384', hashBytes: 48} as const)
      : ({hash: 'sha256', hashBytes: 32} as const);
  const aead = aeads[cipher];
  if (aead) return {kind: 'aead', ...hash, ...aead};
  const [mac, block] = [macs[last], blocks[cipher]];
  return mac && block && {kind: 'cbc', ...hash, ...block, ...mac};
};
