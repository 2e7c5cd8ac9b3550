// What the name of a cipher suite of TLS 1.2 says about how its records are protected (RFC 5246 §6.3, appendix C).
import {cipherSuiteName} from '../../../wire/tls/cipher-suites.ts';
import type {AeadName, HashName} from '../crypto-port.ts';

type MacName = HashName | 'sha1';

export type RecordSuite =
  | {
      readonly kind: 'aead';
      readonly aead: AeadName;
      readonly hash: HashName;
      readonly hashBytes: number;
      readonly keyBytes: number;
      readonly ivBytes: number;
    }
  | {
      readonly kind: 'cbc';
      readonly hash: HashName;
      readonly hashBytes: number;
      readonly keyBytes: number;
      readonly mac: MacName;
      readonly macBytes: number;
    };

const shape =
  /_WITH_(AES_128_GCM|AES_256_GCM|CHACHA20_POLY1305|AES_128_CBC|AES_256_CBC)_(SHA|SHA256|SHA384)$/;

/** The part of the nonce that the keys bring: 4 octets (RFC 5288 §3), or all 12 (RFC 7905 §2). */
const aeads: Readonly<
  Record<string, {readonly aead: AeadName; readonly keyBytes: number; readonly ivBytes: number}>
> = {
  AES_128_GCM: {aead: 'aes-128-gcm', keyBytes: 16, ivBytes: 4},
  AES_256_GCM: {aead: 'aes-256-gcm', keyBytes: 32, ivBytes: 4},
  CHACHA20_POLY1305: {aead: 'chacha20-poly1305', keyBytes: 32, ivBytes: 12},
};

const macs: Readonly<Record<string, {readonly mac: MacName; readonly macBytes: number}>> = {
  SHA: {mac: 'sha1', macBytes: 20},
  SHA256: {mac: 'sha256', macBytes: 32},
  SHA384: {mac: 'sha384', macBytes: 48},
};

/** undefined: a cipher that is not spoken here. */
export const recordSuite = (id: number): RecordSuite | undefined => {
  const [, cipher = '', last = ''] = shape.exec(cipherSuiteName(id)) ?? [];
  // RFC 5246 §5: SHA-256 unless the suite names a stronger hash.
  const hash =
    last === 'SHA384'
      ? ({hash: 'sha384', hashBytes: 48} as const)
      : ({hash: 'sha256', hashBytes: 32} as const);
  const aead = aeads[cipher];
  if (aead) return {kind: 'aead', ...hash, ...aead};
  const mac = macs[last];
  return mac && cipher !== ''
    ? {kind: 'cbc', ...hash, keyBytes: cipher === 'AES_128_CBC' ? 16 : 32, ...mac}
    : undefined;
};
