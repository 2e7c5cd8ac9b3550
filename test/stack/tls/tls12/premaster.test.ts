// RSA key transport by PKCS #1 v1.5. Oracle: RFC 8017 §7.2.1: a message may have eleven octets less than the modulus, no more.
import {expect, test} from 'vitest';
import {nodeCrypto} from '../../../../source/io/crypto.ts';
import type {CryptoPort} from '../../../../source/stack/tls/crypto-port.ts';
import {encryptPreMaster} from '../../../../source/stack/tls/tls12/premaster.ts';

/** Keys as small as this one no library makes: what would be encrypted is what counts here. */
const crypto: CryptoPort = {...nodeCrypto, rsaPublic: (_, block) => block};

test('the padding has eight octets at least, none of them zero; a smaller key encrypts nothing', () => {
  const secret = new Uint8Array(48).fill(7);
  const encrypted = (bytes: number) =>
    encryptPreMaster(crypto, {publicKey: new Uint8Array(), bits: 8 * bytes}, secret, new Uint8Array(bytes));
  const block = encrypted(48 + 11);
  expect([...(block?.subarray(0, 2) ?? [])]).toEqual([0, 2]);
  expect(block?.indexOf(0, 2)).toBe(2 + 8);
  expect(block?.subarray(11)).toEqual(secret);
  expect(encrypted(48 + 10)).toBeUndefined();
});
