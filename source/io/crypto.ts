// Implements the port of the TLS machines (source/stack/tls/crypto-port.ts) with Node's cryptography. It is loaded only if TLS is needed.
import {
  type Cipher,
  constants,
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  sign,
  verify,
  X509Certificate,
} from 'node:crypto';
import {p256} from '@noble/curves/nist.js';
import type {
  AeadName,
  AgreementGroup,
  CryptoPort,
  KeyKind,
  KeyPair,
  RecordedAead,
} from '../stack/tls/crypto-port.ts';

const tagBytes = 16;
const plain = (buffer: Uint8Array): Uint8Array => new Uint8Array(buffer);

/**
 * Returns the octets of a Buffer as a Uint8Array without copying them; nobody else may use the Buffer. A copy would cost a fifth of the
 * time for decrypting a packet.
 */
const asOctets = ({buffer, byteOffset, length}: Buffer): Uint8Array =>
  new Uint8Array(buffer, byteOffset, length);

/**
 * Calls a function of Node's cryptography and returns undefined if it throws. Keys and points come from the wire, so an exception means
 * unusable input, not a bug.
 */
const orNothing = <T>(attempt: () => T): T | undefined => {
  try {
    return attempt();
  } catch {
    return undefined;
  }
};

// The number of parsed keys and certificates that are remembered by their DER octets, because parsing costs more than using; each run of a
// lesson brings the same keys as new arrays.
const mostRemembered = 200;
const mostOctets = 8192;
const remembered = <T>(parse: (der: Uint8Array) => T): ((der: Uint8Array) => T) => {
  const known = new Map<string, T>();
  return (der) => {
    if (der.length > mostOctets) return parse(der);
    const octets = Buffer.from(der).toString('latin1');
    const parsed = known.get(octets) ?? parse(der);
    if (known.size >= mostRemembered) known.clear();
    known.set(octets, parsed);
    return parsed;
  };
};

const privateKeyOf = remembered((der) =>
  createPrivateKey({key: Buffer.from(der), format: 'der', type: 'pkcs8'}),
);
const publicKeyOf = remembered((der) =>
  createPublicKey({key: Buffer.from(der), format: 'der', type: 'spki'}),
);

/** The octets before the 32 octets of an X25519 key in PKCS #8 and SubjectPublicKeyInfo (RFC 8410 §4, §7). */
const x25519Private = Buffer.from('302e020100300506032b656e04220420', 'hex');
const x25519Public = Buffer.from('302a300506032b656e032100', 'hex');

const x25519Key = (privateKey: Uint8Array): KeyObject =>
  privateKeyOf(Buffer.concat([x25519Private, privateKey]));

const x25519Pair = (seed: Uint8Array): KeyPair => {
  const spki = createPublicKey(x25519Key(seed)).export({format: 'der', type: 'spki'});
  return {privateKey: seed, publicKey: plain(spki.subarray(x25519Public.length))};
};

/** The largest private key of P-256: the order of the group minus one (FIPS 186-5). */
const largestScalar = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550n;

/** Maps a seed to a private key in 1 … n − 1. Almost every seed is already in that range. */
const p256Scalar = (seed: Uint8Array): Uint8Array => {
  const value = BigInt(`0x${Buffer.from(seed).toString('hex')}`);
  if (value > 0n && value <= largestScalar) return seed;
  const scalar = (value % largestScalar) + 1n;
  return plain(Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex'));
};

const p256Pair = (seed: Uint8Array): KeyPair => {
  const curve = createECDH('prime256v1');
  const privateKey = p256Scalar(seed);
  curve.setPrivateKey(privateKey);
  return {privateKey, publicKey: plain(curve.getPublicKey())};
};

const p256Agree = (privateKey: Uint8Array, peer: Uint8Array): Uint8Array => {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(privateKey);
  return plain(curve.computeSecret(peer));
};

const x25519Agree = (privateKey: Uint8Array, peer: Uint8Array): Uint8Array => {
  const key = Buffer.concat([x25519Public, peer]);
  const publicKey = createPublicKey({key, format: 'der', type: 'spki'});
  return plain(diffieHellman({privateKey: x25519Key(privateKey), publicKey}));
};

const agreements: Readonly<Record<AgreementGroup, (key: Uint8Array, peer: Uint8Array) => Uint8Array>> = {
  x25519: x25519Agree,
  secp256r1: p256Agree,
};

/**
 * The lengths in octets of public keys for TLS key agreement. TLS 1.3 allows only uncompressed points (RFC 9846 §4.3.8.2); Node would also
 * accept compressed ones.
 */
const publicSizes: Readonly<Record<AgreementGroup, number>> = {x25519: 32, secp256r1: 65};

// The types of Node 20 distinguish CCM and GCM from other ciphers, so ChaCha20 needs a call of its own.
const cipherOf = (aead: AeadName, key: Uint8Array, nonce: Uint8Array) =>
  aead === 'chacha20-poly1305'
    ? createCipheriv(aead, key, nonce, {authTagLength: tagBytes})
    : createCipheriv(aead, key, nonce);

/** Returns the length in octets of an AEAD cipher's authentication tag: 8 for the `-8` variants of CCM, otherwise 16. */
const tagOf = (aead: RecordedAead): number => (aead.endsWith('-8') ? 8 : tagBytes);

const decipherOf = (aead: RecordedAead, key: Uint8Array, nonce: Uint8Array) => {
  const authTagLength = tagOf(aead);
  switch (aead) {
    case 'chacha20-poly1305':
      return createDecipheriv(aead, key, nonce, {authTagLength});
    case 'aes-128-gcm':
    case 'aes-256-gcm':
      return createDecipheriv(aead, key, nonce, {authTagLength});
    case 'aes-128-ccm':
    case 'aes-128-ccm-8':
      return createDecipheriv('aes-128-ccm', key, nonce, {authTagLength});
    default:
      return createDecipheriv('aes-256-ccm', key, nonce, {authTagLength});
  }
};

const seal: CryptoPort['seal'] = ({aead, key, nonce, additional, plaintext}) => {
  const cipher = cipherOf(aead, key, nonce);
  cipher.setAAD(additional, {plaintextLength: plaintext.length});
  const body = [cipher.update(plaintext), cipher.final()];
  return plain(Buffer.concat([...body, cipher.getAuthTag()]));
};

const open: CryptoPort['open'] = ({aead, key, nonce, additional, ciphertext}) => {
  const end = ciphertext.length - tagOf(aead);
  if (end < 0) return undefined;
  return orNothing(() => {
    const decipher = decipherOf(aead, key, nonce);
    // Node requires for CCM the authentication tag before the additional data and the ciphertext.
    decipher.setAuthTag(ciphertext.subarray(end));
    decipher.setAAD(additional, {plaintextLength: end});
    const opened = decipher.update(ciphertext.subarray(0, end));
    // `final` of a decipher returns no more octets for AEAD ciphers, but throws if the authentication tag is wrong.
    decipher.final();
    return asOctets(opened);
  });
};

/** Node's names of the CBC ciphers of TLS 1.2 and older, by the key's length in octets. */
const blockCiphers: Readonly<Record<number, string>> = {
  16: 'aes-128-cbc',
  24: 'des-ede3-cbc',
  32: 'aes-256-cbc',
};

const openCbc: CryptoPort['openCbc'] = ({key, iv, ciphertext}) =>
  orNothing(() => {
    const decipher = createDecipheriv(blockCiphers[key.length] ?? '', key, iv);
    decipher.setAutoPadding(false);
    return plain(Buffer.concat([decipher.update(ciphertext), decipher.final()]));
  });

const maskBytes = 5;

/** The ciphers for header protection, one per key. AES encrypts each block independently here, so one cipher serves all headers. */
const headerCiphers = new WeakMap<Uint8Array, Cipher>();

/**
 * Returns the mask for the protection of a QUIC packet header (RFC 9001 §5.4.1). For ChaCha20 the sample contains the counter and the
 * nonce.
 */
const headerMask: CryptoPort['headerMask'] = ({aead, key, sample}) => {
  if (aead === 'chacha20-poly1305')
    return plain(createCipheriv('chacha20', key, sample).update(new Uint8Array(maskBytes)));
  const cipher =
    headerCiphers.get(key) ?? createCipheriv(key.length === 16 ? 'aes-128-ecb' : 'aes-256-ecb', key, null);
  headerCiphers.set(key, cipher);
  return asOctets(cipher.update(sample));
};

/** Returns the 32 octets of a P-256 private key, which is given in DER (RFC 5915); undefined if the key is of another kind. */
const p256Secret = (privateKey: Uint8Array): Uint8Array | undefined => {
  const {crv, d} = privateKeyOf(privateKey).export({format: 'jwk'});
  return crv === 'P-256' && typeof d === 'string' ? plain(Buffer.from(d, 'base64url')) : undefined;
};

const signWith: CryptoPort['sign'] = (scheme, privateKey, data) =>
  orNothing(() => {
    if (scheme === 'rsa_pkcs1_sha256') return plain(sign('sha256', data, privateKeyOf(privateKey)));
    // Node's own ECDSA uses a random nonce, so each run would have other signatures; this library derives the nonce from the message.
    const secret = p256Secret(privateKey);
    return secret && plain(p256.sign(data, secret, {prehash: true, lowS: false, format: 'der'}));
  });

const kindOf = (key: KeyObject): KeyKind => {
  const {modulusLength = 0, namedCurve} = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa') return {kind: 'rsa', bits: modulusLength};
  if (key.asymmetricKeyType !== 'ec') return {kind: 'other'};
  return namedCurve === 'prime256v1' ? {kind: 'ec', curve: 'secp256r1'} : {kind: 'ec'};
};

const verifyWith: CryptoPort['verify'] = (scheme, publicKey, data, signature) =>
  orNothing(() => {
    const key = publicKeyOf(publicKey);
    const {kind, curve} = {curve: undefined, ...kindOf(key)};
    if (scheme === 'ecdsa_secp256r1_sha256' ? curve !== 'secp256r1' : kind !== 'rsa') return false;
    if (scheme !== 'rsa_pss_rsae_sha256') return verify('sha256', data, key, signature);
    // The salt of RSA-PSS is as long as the hash (RFC 9846 §4.3.3).
    const pss = {key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32};
    return verify('sha256', data, pss, signature);
  }) ?? false;

/**
 * Applies RSA without padding to a block. A block whose length is not that of the modulus is refused, because OpenSSL would put zeros
 * before a short one.
 */
const rawRsa = (
  key: KeyObject,
  block: Uint8Array,
  operation: typeof publicEncrypt,
): Uint8Array | undefined => {
  const {modulusLength = 0} = key.asymmetricKeyDetails ?? {};
  if (block.length !== Math.ceil(modulusLength / 8)) return undefined;
  return plain(operation({key, padding: constants.RSA_NO_PADDING}, block));
};

const certificateKey = remembered((certificate) =>
  // A certificate must be DER, which begins with 0x30 (SEQUENCE); Node would also accept PEM.
  orNothing(() => {
    if (certificate[0] !== 0x30) return undefined;
    const {publicKey} = new X509Certificate(certificate);
    return {publicKey: plain(publicKey.export({format: 'der', type: 'spki'})), key: kindOf(publicKey)};
  }),
);

export const nodeCrypto: CryptoPort = {
  hash: (name, data) => plain(createHash(name).update(data).digest()),
  hmac: (name, key, data) => plain(createHmac(name, key).update(data).digest()),
  seal,
  open,
  openCbc,
  headerMask,
  keyPair: (group, seed) => (group === 'x25519' ? x25519Pair(seed) : p256Pair(seed)),
  agree: (group, privateKey, peer) =>
    peer.length === publicSizes[group] ? orNothing(() => agreements[group](privateKey, peer)) : undefined,
  rsaPublic: (publicKey, block) => orNothing(() => rawRsa(publicKeyOf(publicKey), block, publicEncrypt)),
  rsaPrivate: (privateKey, block) => orNothing(() => rawRsa(privateKeyOf(privateKey), block, privateDecrypt)),
  sign: signWith,
  verify: verifyWith,
  certificateKey,
};
