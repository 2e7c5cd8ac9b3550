// The port of the TLS machines (source/stack/tls/crypto-port.ts) on Node's cryptography. Loaded only where TLS is.
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

/** The same octets, where nobody else holds the buffer: a copy of each packet would cost as much as a fifth of opening it. */
const asOctets = ({buffer, byteOffset, length}: Buffer): Uint8Array =>
  new Uint8Array(buffer, byteOffset, length);

/** What Node refuses by throwing is unusable input, never a bug: keys and points come from the wire. */
const orNothing = <T>(attempt: () => T): T | undefined => {
  try {
    return attempt();
  } catch {
    return undefined;
  }
};

// Parsing a key costs more than using it. A lesson's keys come again with each of its runs, as other arrays of the same octets.
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

/** What comes before the 32 octets of an X25519 key in PKCS #8 and SubjectPublicKeyInfo (RFC 8410 §4, §7). */
const x25519Private = Buffer.from('302e020100300506032b656e04220420', 'hex');
const x25519Public = Buffer.from('302a300506032b656e032100', 'hex');

const x25519Key = (privateKey: Uint8Array): KeyObject =>
  privateKeyOf(Buffer.concat([x25519Private, privateKey]));

const x25519Pair = (seed: Uint8Array): KeyPair => {
  const spki = createPublicKey(x25519Key(seed)).export({format: 'der', type: 'spki'});
  return {privateKey: seed, publicKey: plain(spki.subarray(x25519Public.length))};
};

/** The order of the group less one (FIPS 186-5, P-256). */
const largestScalar = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550n;

/** A private key lies in 1 … n − 1: almost every seed already does. */
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

/** TLS 1.3 knows uncompressed points only (RFC 9846 §4.3.8.2); Node would read compressed ones, too. */
const publicSizes: Readonly<Record<AgreementGroup, number>> = {x25519: 32, secp256r1: 65};

// One call for three algorithms: the types of Node 20 know CCM and GCM apart from the others.
const cipherOf = (aead: AeadName, key: Uint8Array, nonce: Uint8Array) =>
  aead === 'chacha20-poly1305'
    ? createCipheriv(aead, key, nonce, {authTagLength: tagBytes})
    : createCipheriv(aead, key, nonce);

/** Octets of the tag. */
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
    // CCM has to know it before anything else.
    decipher.setAuthTag(ciphertext.subarray(end));
    decipher.setAAD(additional, {plaintextLength: end});
    const opened = decipher.update(ciphertext.subarray(0, end));
    // It has no octets left, and throws where the tag does not fit.
    decipher.final();
    return asOctets(opened);
  });
};

/** By octets of the key. */
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

/** A block of AES depends on no other: one cipher serves all headers of its key. */
const headerCiphers = new WeakMap<Uint8Array, Cipher>();

/** ChaCha20 takes its counter from the sample, too. */
const headerMask: CryptoPort['headerMask'] = ({aead, key, sample}) => {
  if (aead === 'chacha20-poly1305')
    return plain(createCipheriv('chacha20', key, sample).update(new Uint8Array(maskBytes)));
  const cipher =
    headerCiphers.get(key) ?? createCipheriv(key.length === 16 ? 'aes-128-ecb' : 'aes-256-ecb', key, null);
  headerCiphers.set(key, cipher);
  return asOctets(cipher.update(sample));
};

/** The 32 octets of a P-256 key, from the structure that Node can read (RFC 5915). */
const p256Secret = (privateKey: Uint8Array): Uint8Array | undefined => {
  const {crv, d} = privateKeyOf(privateKey).export({format: 'jwk'});
  return crv === 'P-256' && typeof d === 'string' ? plain(Buffer.from(d, 'base64url')) : undefined;
};

const signWith: CryptoPort['sign'] = (scheme, privateKey, data) =>
  orNothing(() => {
    if (scheme === 'rsa_pkcs1_sha256') return plain(sign('sha256', data, privateKeyOf(privateKey)));
    // Node's own ECDSA takes a nonce by chance.
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
    // The salt is as long as the hash (RFC 9846 §4.3.3).
    const pss = {key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32};
    return verify('sha256', data, pss, signature);
  }) ?? false;

/** OpenSSL would put zeros before a block that is too short. */
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
  // Node would take PEM as well; a DER sequence begins with 0x30.
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
