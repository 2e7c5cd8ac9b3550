// The signature in ServerKeyExchange, which binds the server's share to its certificate and both randoms (RFC 5246 §7.4.3, RFC 8422 §5.4).
import {SignatureScheme} from '../../../wire/tls/registry.ts';
import type {CertificateKey, CryptoPort, KeyKind, VerifyingScheme} from '../crypto-port.ts';
import {signPss} from '../rsa-pss.ts';
import type {TlsCredential} from '../settings.ts';

/** The signature schemes of ServerKeyExchange. RSA-PSS may be used in TLS 1.2, too, if the client offers it (RFC 9846 §4.3.3). */
const schemes = new Map<number, {readonly name: VerifyingScheme; readonly key: KeyKind['kind']}>([
  [SignatureScheme.rsa_pkcs1_sha256, {name: 'rsa_pkcs1_sha256', key: 'rsa'}],
  [SignatureScheme.rsa_pss_rsae_sha256, {name: 'rsa_pss_rsae_sha256', key: 'rsa'}],
  [SignatureScheme.ecdsa_secp256r1_sha256, {name: 'ecdsa_secp256r1_sha256', key: 'ec'}],
]);

type Signature = {readonly scheme: number; readonly signature: Uint8Array};

/** Tells whether the signature in ServerKeyExchange is valid; undefined if its scheme is not known or not for this key. */
export const verifyParams = (
  crypto: CryptoPort,
  {key, publicKey}: CertificateKey,
  {scheme, signature}: Signature,
  signed: Uint8Array,
): boolean | undefined => {
  const known = schemes.get(scheme);
  if (!known || known.key !== key.kind) return undefined;
  return crypto.verify(known.name, publicKey, signed, signature);
};

/**
 * Returns the server's first signature scheme for TLS 1.2 that the client can verify, or undefined; PKCS #1 v1.5 is preferred, because it
 * needs no salt.
 */
export const schemeFor12 = (key: KeyKind, offered: readonly number[]): number | undefined =>
  [...schemes].find(([scheme, known]) => known.key === key.kind && offered.includes(scheme))?.[0];

/** Signs the parameters of ServerKeyExchange; `salt` has 32 octets, and only RSA-PSS uses it. */
export const signParams = (
  crypto: CryptoPort,
  {privateKey}: TlsCredential,
  {scheme, key, salt}: {readonly scheme: number; readonly key: KeyKind; readonly salt: Uint8Array},
  signed: Uint8Array,
): Uint8Array | undefined => {
  const name = schemes.get(scheme)?.name;
  if (name === undefined) return undefined;
  if (name !== 'rsa_pss_rsae_sha256') return crypto.sign(name, privateKey, signed);
  return key.kind === 'rsa' ? signPss(crypto, {privateKey, bits: key.bits, salt}, signed) : undefined;
};
