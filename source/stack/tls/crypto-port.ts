// The cryptography for the TLS machines: plain functions over octets, implemented by source/io/crypto.ts.

export type HashName = 'sha256' | 'sha384';

/** AEAD algorithms of RFC 9846 §B.4, with a nonce of 12 and a tag of 16 octets. */
export type AeadName = 'aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305';

/** The AEAD algorithms of TLS records in a capture, CCM among them (RFC 6655); with `-8` at the end the tag has 8 octets. */
export type RecordedAead = AeadName | 'aes-128-ccm' | 'aes-256-ccm' | 'aes-128-ccm-8' | 'aes-256-ccm-8';

/** The key agreement groups of RFC 9846 §4.3.7 in which the simulator can make key pairs. */
export type AgreementGroup = 'x25519' | 'secp256r1';

/** Signature schemes whose result depends on key and data alone. RSA-PSS, which has a salt, is built on `rsaPrivate`. */
export type SigningScheme = 'rsa_pkcs1_sha256' | 'ecdsa_secp256r1_sha256';

export type VerifyingScheme = SigningScheme | 'rsa_pss_rsae_sha256';

/**
 * A key pair for the TLS key agreement. Public keys have the form of the key share: 32 octets (RFC 7748), or an uncompressed point (SEC 1
 * §2.3.3).
 */
export type KeyPair = {readonly privateKey: Uint8Array; readonly publicKey: Uint8Array};

/** The kind of a certificate's key. `curve` is the name of RFC 8422; absent if the curve is not supported. */
export type KeyKind =
  | {readonly kind: 'rsa'; readonly bits: number}
  | {readonly kind: 'ec'; readonly curve?: 'secp256r1'}
  | {readonly kind: 'other'};

export type CertificateKey = {
  /** A certificate's public key: SubjectPublicKeyInfo in DER (RFC 5280 §4.1.2.7). */
  readonly publicKey: Uint8Array;
  readonly key: KeyKind;
};

/**
 * The cryptographic functions that TLS needs. Each is total and depends on its arguments alone; `undefined` is the result for unusable
 * input: a tag that does not fit, a point that is not on the curve, octets that are no key. Private keys are PKCS #8 in DER, public ones
 * SubjectPublicKeyInfo in DER.
 */
export type CryptoPort = {
  hash(name: HashName, data: Uint8Array): Uint8Array;
  /** Returns an HMAC. SHA-1 and MD5 are only for records in a capture, because the simulator's TLS never agrees on them. */
  hmac(name: HashName | 'sha1' | 'md5', key: Uint8Array, data: Uint8Array): Uint8Array;
  /** Encrypts with an AEAD algorithm; returns the ciphertext with the tag at its end. */
  seal(input: {
    readonly aead: AeadName;
    readonly key: Uint8Array;
    readonly nonce: Uint8Array;
    readonly additional: Uint8Array;
    readonly plaintext: Uint8Array;
  }): Uint8Array;
  open(input: {
    readonly aead: RecordedAead;
    readonly key: Uint8Array;
    readonly nonce: Uint8Array;
    readonly additional: Uint8Array;
    readonly ciphertext: Uint8Array;
  }): Uint8Array | undefined;
  /**
   * Decrypts AES in CBC mode (3DES if the key has 24 octets) and returns whole blocks with their padding. Used only for records in a
   * capture.
   */
  openCbc(input: {
    readonly key: Uint8Array;
    readonly iv: Uint8Array;
    readonly ciphertext: Uint8Array;
  }): Uint8Array | undefined;
  /** Returns the mask (at least 5 octets) of a QUIC header in a capture (RFC 9001 §5.4.3, §5.4.4); the sample has 16 octets. */
  headerMask(input: {
    readonly aead: AeadName | 'aes-128-ccm';
    readonly key: Uint8Array;
    readonly sample: Uint8Array;
  }): Uint8Array;
  /** Makes a key pair from 32 octets; those that are no scalar of the group are reduced to its range. */
  keyPair(group: AgreementGroup, seed: Uint8Array): KeyPair;
  /** Returns the shared secret of a key agreement (RFC 9846 §7.4.2); undefined for an invalid public key or a point of small order. */
  agree(group: AgreementGroup, privateKey: Uint8Array, peerPublicKey: Uint8Array): Uint8Array | undefined;
  /** The raw RSA operations RSAEP and RSADP (RFC 8017 §5.1) on a block as long as the modulus, without padding. */
  rsaPublic(publicKey: Uint8Array, block: Uint8Array): Uint8Array | undefined;
  rsaPrivate(privateKey: Uint8Array, block: Uint8Array): Uint8Array | undefined;
  /** Returns the signature of `data`; ECDSA uses the nonce of RFC 6979 and returns a DER sequence of two integers. */
  sign(scheme: SigningScheme, privateKey: Uint8Array, data: Uint8Array): Uint8Array | undefined;
  verify(scheme: VerifyingScheme, publicKey: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean;
  /** Returns the public key and its kind from a certificate in DER; undefined if it cannot be read. */
  certificateKey(certificate: Uint8Array): CertificateKey | undefined;
};
