// CertificateVerify: the proof that the server has the key of its certificate, bound to this handshake (RFC 9846 §4.5.2).

import {textOctets} from '../../wire/octets.ts';
import {joinBytes} from '../../wire/tls/presentation.ts';
import {SignatureScheme} from '../../wire/tls/registry.ts';
import type {CertificateKey, CryptoPort, KeyKind, VerifyingScheme} from './crypto-port.ts';
import {signPss} from './rsa-pss.ts';
import type {TlsCredential} from './settings.ts';

/**
 * Returns the octets that CertificateVerify signs: 64 spaces, so that no signature made for TLS 1.2 fits, then the signer's role and the
 * transcript hash.
 */
const signedContent = (transcriptHash: Uint8Array): Uint8Array =>
  joinBytes([
    new Uint8Array(64).fill(0x20),
    textOctets('TLS 1.3, server CertificateVerify'),
    Uint8Array.of(0),
    transcriptHash,
  ]);

/** Returns the one TLS 1.3 signature scheme that is used here with a kind of key; undefined if the key cannot be used. */
const schemeFor = (key: KeyKind): number | undefined => {
  if (key.kind === 'rsa') return SignatureScheme.rsa_pss_rsae_sha256;
  return key.kind === 'ec' && key.curve === 'secp256r1' ? SignatureScheme.ecdsa_secp256r1_sha256 : undefined;
};

export type Signer = {
  readonly credential: TlsCredential;
  readonly scheme: number;
  readonly key: KeyKind;
};

/** Returns the server's first credential whose signature the client can verify (§4.5.1.2); undefined if there is none. */
export const signerFor = (
  crypto: CryptoPort,
  credentials: readonly TlsCredential[],
  schemes: readonly number[],
): Signer | undefined => {
  for (const credential of credentials) {
    const [own] = credential.chain;
    const key = own && crypto.certificateKey(own)?.key;
    const scheme = key && schemeFor(key);
    if (key && scheme !== undefined && schemes.includes(scheme)) return {credential, scheme, key};
  }
  return undefined;
};

/** Returns the signature of CertificateVerify over the transcript hash; `salt` has 32 octets, and only RSA-PSS uses it. */
export const signTranscript = (
  crypto: CryptoPort,
  {credential, key}: Signer,
  transcriptHash: Uint8Array,
  salt: Uint8Array,
): Uint8Array | undefined => {
  const {privateKey} = credential;
  const content = signedContent(transcriptHash);
  if (key.kind === 'rsa') return signPss(crypto, {privateKey, bits: key.bits, salt}, content);
  return crypto.sign('ecdsa_secp256r1_sha256', privateKey, content);
};

/** The signature schemes that may sign a TLS 1.3 handshake. PKCS #1 v1.5 may sign certificates, but no handshake (§4.3.3). */
const verifying = new Map<number, VerifyingScheme>([
  [SignatureScheme.rsa_pss_rsae_sha256, 'rsa_pss_rsae_sha256'],
  [SignatureScheme.ecdsa_secp256r1_sha256, 'ecdsa_secp256r1_sha256'],
]);

/** Tells whether a signature scheme may be used for a TLS 1.3 handshake and fits the certificate's key. */
export const schemeFits = ({key}: CertificateKey, scheme: number): boolean =>
  verifying.has(scheme) && schemeFor(key) === scheme;

export const verifyTranscript = (
  crypto: CryptoPort,
  {publicKey}: CertificateKey,
  {scheme, signature}: {readonly scheme: number; readonly signature: Uint8Array},
  transcriptHash: Uint8Array,
): boolean => {
  const name = verifying.get(scheme);
  return name !== undefined && crypto.verify(name, publicKey, signedContent(transcriptHash), signature);
};
