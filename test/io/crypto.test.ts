// The port on Node's cryptography: vectors of RFC 6979, refusals of what cannot be used, and RSA without chance.
import {generateKeyPairSync} from 'node:crypto';
import {describe, expect, test} from 'vitest';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {signPss} from '../../source/stack/tls/rsa-pss.ts';
import {hexOf, octetsOf} from '../../source/wire/octets.ts';
import {certificate, computed, join, message, serverKey} from '../stack/tls/rfc8448.ts';

const text = (words: string) => new TextEncoder().encode(words);
const der = {format: 'der'} as const;

describe('ECDSA', () => {
  // RFC 6979 §A.2.5: the key, then r and s with SHA-256.
  const scalar = 'c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721';
  const pkcs8 = octetsOf(
    `3041020100301306072a8648ce3d020106082a8648ce3d0301070427302502010104 20${scalar}`.replace(' ', ''),
  );

  test.each([
    [
      'sample',
      'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716',
      'f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8',
    ],
    [
      'test',
      'f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367',
      '019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083',
    ],
  ])('signs "%s" as RFC 6979 does', (data, r, s) => {
    const integer = (hex: string) => (hex < '8' ? `0220${hex}` : `022100${hex}`);
    const body = integer(r) + integer(s);
    const expected = `30${(body.length / 2).toString(16)}${body}`;
    const signature = nodeCrypto.sign('ecdsa_secp256r1_sha256', pkcs8, text(data));
    expect(signature && hexOf(signature)).toBe(expected);
  });

  test('a key of another curve neither signs nor verifies', () => {
    const {privateKey, publicKey} = generateKeyPairSync('ec', {namedCurve: 'P-384'});
    const key = new Uint8Array(privateKey.export({...der, type: 'pkcs8'}));
    expect(nodeCrypto.sign('ecdsa_secp256r1_sha256', key, text('x'))).toBeUndefined();
    const spki = new Uint8Array(publicKey.export({...der, type: 'spki'}));
    expect(nodeCrypto.verify('ecdsa_secp256r1_sha256', spki, text('x'), new Uint8Array(70))).toBe(false);
  });
});

describe('RSA', () => {
  const publicKey = nodeCrypto.certificateKey(certificate)?.publicKey ?? new Uint8Array();
  const signed = join(
    new Uint8Array(64).fill(0x20),
    text('TLS 1.3, server CertificateVerify'),
    Uint8Array.of(0),
    nodeCrypto.hash(
      'sha256',
      join(...['ClientHello', 'ServerHello', 'EncryptedExtensions', 'Certificate'].map(message)),
    ),
  );
  const signature = message('CertificateVerify').subarray(8);

  test('the certificate of RFC 8448 says what its key is', () => {
    expect(nodeCrypto.certificateKey(certificate)?.key).toEqual({kind: 'rsa', bits: 1024});
    expect(nodeCrypto.certificateKey(text('-----BEGIN CERTIFICATE-----'))).toBeUndefined();
  });

  test('verifies the signature of RFC 8448 §3, and no other', () => {
    const verify = (data: Uint8Array) => nodeCrypto.verify('rsa_pss_rsae_sha256', publicKey, data, signature);
    expect(verify(signed)).toBe(true);
    expect(verify(signed.with(70, 0))).toBe(false);
    expect(nodeCrypto.verify('ecdsa_secp256r1_sha256', publicKey, signed, signature)).toBe(false);
  });

  test('with the salt of that signature, our own is the same', () => {
    // What RSAVP1 gives back: maskedDB, H, 0xbc (RFC 8017 §9.1.2); unmasked, its last octets are the salt.
    const em = nodeCrypto.rsaPublic(publicKey, signature) ?? new Uint8Array();
    const h = em.subarray(95, 127);
    const mask = [0, 1, 2].map((n) => nodeCrypto.hash('sha256', join(h, Uint8Array.of(0, 0, 0, n))));
    const salt = em.slice(63, 95).map((octet, i) => octet ^ (join(...mask)[63 + i] ?? 0));
    const ours = signPss(nodeCrypto, {privateKey: serverKey(), bits: 1024, salt}, signed);
    expect(ours && hexOf(ours)).toBe(hexOf(signature));
  });

  test('a modulus of one bit more has an encoded message one octet shorter', () => {
    const pair = generateKeyPairSync('rsa', {modulusLength: 1025});
    const privateKey = new Uint8Array(pair.privateKey.export({...der, type: 'pkcs8'}));
    const spki = new Uint8Array(pair.publicKey.export({...der, type: 'spki'}));
    const salt = new Uint8Array(32);
    const made = signPss(nodeCrypto, {privateKey, bits: 1025, salt}, text('x')) ?? new Uint8Array();
    expect(nodeCrypto.verify('rsa_pss_rsae_sha256', spki, text('x'), made)).toBe(true);
  });

  test('PKCS #1 v1.5 and the raw operations undo each other', () => {
    const made = nodeCrypto.sign('rsa_pkcs1_sha256', serverKey(), text('x')) ?? new Uint8Array();
    expect(nodeCrypto.verify('rsa_pkcs1_sha256', publicKey, text('x'), made)).toBe(true);
    const block = new Uint8Array(128).fill(9, 1);
    const hidden = nodeCrypto.rsaPublic(publicKey, block) ?? new Uint8Array();
    expect(nodeCrypto.rsaPrivate(serverKey(), hidden)).toEqual(block);
    expect(nodeCrypto.rsaPublic(publicKey, new Uint8Array(128).fill(0xff))).toBeUndefined();
    expect(nodeCrypto.rsaPrivate(serverKey(), new Uint8Array(5))).toBeUndefined();
  });
});

describe('agreement', () => {
  test.each(['x25519', 'secp256r1'] as const)('two ends of %s agree', (group) => {
    const [a, b] = [1, 2].map((seed) => nodeCrypto.keyPair(group, new Uint8Array(32).fill(seed)));
    if (!a || !b) throw new Error('two pairs');
    const shared = nodeCrypto.agree(group, a.privateKey, b.publicKey);
    expect(shared?.length).toBe(32);
    expect(nodeCrypto.agree(group, b.privateKey, a.publicKey)).toEqual(shared);
  });

  test('a seed that is no scalar of P-256 still makes a pair', () => {
    for (const octet of [0, 0xff]) {
      const pair = nodeCrypto.keyPair('secp256r1', new Uint8Array(32).fill(octet));
      expect(pair.publicKey.length).toBe(65);
    }
  });

  test('points that cannot be used give nothing', () => {
    const {privateKey} = nodeCrypto.keyPair('x25519', computed('shared_secret'));
    // Of small order: the shared secret would be all zeros (RFC 7748 §6.1).
    expect(nodeCrypto.agree('x25519', privateKey, new Uint8Array(32))).toBeUndefined();
    expect(nodeCrypto.agree('x25519', privateKey, new Uint8Array(31))).toBeUndefined();
    const p256 = nodeCrypto.keyPair('secp256r1', privateKey);
    expect(nodeCrypto.agree('secp256r1', p256.privateKey, p256.publicKey.with(9, 0))).toBeUndefined();
    const compressed = p256.publicKey.slice(0, 33).with(0, 2);
    expect(nodeCrypto.agree('secp256r1', p256.privateKey, compressed)).toBeUndefined();
  });
});
