// Removes the protection of QUIC packets (RFC 9001 §5, §6): derives Initial keys and keys from TLS secrets, unmasks packet numbers (§5.4;
// RFC 9000 §17.1), updates keys. The caller supplies the cryptography.
import {readUint} from '../octets.ts';
import {CipherSuite} from '../tls/cipher-suites.ts';
import {expandLabel, extract} from '../tls/key-functions.ts';
import type {KeyLog} from '../tls/key-log.ts';
import {joinBytes} from '../tls/presentation.ts';
import type {LongHeader, RetryHeader, ShortHeader} from './packet-header.ts';
import type {QuicVersion} from './quic-version.ts';

type HashName = 'sha256' | 'sha384';
type AeadName = 'aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305' | 'aes-128-ccm';

/** The cryptographic functions that decrypting QUIC needs, supplied by the caller; they work on octets and never throw. */
export type PacketCrypto = {
  hash(name: HashName, data: Uint8Array): Uint8Array;
  hmac(name: HashName, key: Uint8Array, data: Uint8Array): Uint8Array;
  /** Decrypts with an AEAD; returns undefined if the authentication tag is wrong. */
  open(input: {
    readonly aead: AeadName;
    readonly key: Uint8Array;
    readonly nonce: Uint8Array;
    readonly additional: Uint8Array;
    readonly ciphertext: Uint8Array;
  }): Uint8Array | undefined;
  headerMask(input: {
    readonly aead: AeadName;
    readonly key: Uint8Array;
    readonly sample: Uint8Array;
  }): Uint8Array;
};

/** Holds what decrypting QUIC needs: cryptographic functions and the TLS key log, which is empty if there are no secrets. */
export type QuicKeys = {readonly crypto: PacketCrypto; readonly log: KeyLog};

type Suite = {
  readonly aead: AeadName;
  readonly keyBytes: number;
  readonly hash: HashName;
  readonly hashBytes: number;
};

const initialSuite: Suite = {aead: 'aes-128-gcm', keyBytes: 16, hash: 'sha256', hashBytes: 32};

const suites: ReadonlyMap<number, Suite> = new Map([
  [CipherSuite.TLS_AES_128_GCM_SHA256, initialSuite],
  [CipherSuite.TLS_AES_256_GCM_SHA384, {aead: 'aes-256-gcm', keyBytes: 32, hash: 'sha384', hashBytes: 48}],
  [CipherSuite.TLS_CHACHA20_POLY1305_SHA256, {...initialSuite, aead: 'chacha20-poly1305', keyBytes: 32}],
  [CipherSuite.TLS_AES_128_CCM_SHA256, {...initialSuite, aead: 'aes-128-ccm'}],
]);

/** The cipher suites to be tried with a QUIC secret before a ServerHello has chosen one (0-RTT). */
export const quicSuites: readonly number[] = [...suites.keys()];

/** The QUIC keys of one sender at one encryption level and in one key phase. */
export type PacketKeys = {
  readonly crypto: PacketCrypto;
  readonly suite: Suite;
  readonly version: QuicVersion;
  readonly secret: Uint8Array;
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
  readonly hp: Uint8Array;
};

const none = new Uint8Array(0);

const keyHash = ({hmac, hash}: PacketCrypto, suite: Suite) => ({
  hashBytes: suite.hashBytes,
  of: (data: Uint8Array) => hash(suite.hash, data),
  hmac: (key: Uint8Array, data: Uint8Array) => hmac(suite.hash, key, data),
});

type Base = Pick<PacketKeys, 'crypto' | 'suite' | 'version'>;

const expanded = ({crypto, suite}: Base, secret: Uint8Array, label: string, size: number): Uint8Array =>
  expandLabel(keyHash(crypto, suite), secret, {label, context: none, size});

const keysFrom = ({crypto, suite, version}: Base, secret: Uint8Array): PacketKeys => {
  const base = {crypto, suite, version};
  return {
    ...base,
    secret,
    key: expanded(base, secret, version.label('key'), suite.keyBytes),
    iv: expanded(base, secret, version.label('iv'), 12),
    hp: expanded(base, secret, version.label('hp'), suite.keyBytes),
  };
};

/**
 * Returns both ends' Initial keys of QUIC. `dcid` is the destination connection ID of the client's first Initial, or the source connection
 * ID of a Retry (§5.2).
 */
export const initialKeys = (
  crypto: PacketCrypto,
  version: QuicVersion,
  dcid: Uint8Array,
): {readonly client: PacketKeys; readonly server: PacketKeys} => {
  const base = {crypto, suite: initialSuite, version};
  const secret = extract(keyHash(crypto, initialSuite), version.salt, dcid);
  const of = (label: string): PacketKeys => keysFrom(base, expanded(base, secret, label, 32));
  return {client: of('client in'), server: of('server in')};
};

/** Returns QUIC keys from a TLS secret; undefined if the cipher suite is not supported or the secret has the wrong length for it. */
export const secretKeys = (
  crypto: PacketCrypto,
  {version, suite: id}: {readonly version: QuicVersion; readonly suite: number},
  secret: Uint8Array,
): PacketKeys | undefined => {
  const suite = suites.get(id);
  return suite?.hashBytes === secret.length ? keysFrom({crypto, suite, version}, secret) : undefined;
};

/** Returns a sender's QUIC keys after a key update; the header protection key does not change (§6.1). */
export const updatedKeys = (keys: PacketKeys): PacketKeys => {
  const next = expanded(keys, keys.secret, keys.version.label('ku'), keys.suite.hashBytes);
  return {...keysFrom(keys, next), hp: keys.hp};
};

/**
 * Tells whether the integrity tag of a QUIC Retry packet is right. It also covers `original`, the destination connection ID that the client
 * chose first (§5.8).
 */
export const isTrueRetry = (
  crypto: PacketCrypto,
  datagram: Uint8Array,
  {version, start, end}: RetryHeader,
  original: Uint8Array,
): boolean => {
  const additional = joinBytes([
    Uint8Array.of(original.length),
    original,
    datagram.subarray(start, end - tagBytes),
  ]);
  const ciphertext = datagram.subarray(end - tagBytes, end);
  const opened = crypto.open({
    aead: 'aes-128-gcm',
    key: version.retryKey,
    nonce: version.retryNonce,
    additional,
    ciphertext,
  });
  return opened !== undefined;
};

const tagBytes = 16;
const sampleBytes = 16;

/** The values in a QUIC header after its protection has been removed. */
export type Unmasked = {
  readonly first: number;
  /** The truncated packet number of a QUIC header: the low bits that were sent. */
  readonly truncated: number;
  readonly numberBytes: number;
  /** The QUIC header, up to the end of the packet number, without header protection. */
  readonly header: Uint8Array;
};

/** A protected QUIC packet in a datagram: its start, its end, and the offset of its packet number. */
export type Protected = Pick<LongHeader | ShortHeader, 'start' | 'end'> & {readonly numberAt: number};

/**
 * Removes the header protection of a QUIC packet (§5.4.1); undefined if the packet is too short for the sample or not completely captured.
 */
export const unmask = (
  {crypto, suite, hp}: PacketKeys,
  datagram: Uint8Array,
  {start, end, numberAt}: Protected,
): Unmasked | undefined => {
  const sampleAt = numberAt + 4;
  if (sampleAt + sampleBytes > end || end > datagram.length) return undefined;
  const sample = datagram.subarray(sampleAt, sampleAt + sampleBytes);
  const mask = crypto.headerMask({aead: suite.aead, key: hp, sample});
  const masked = datagram[start] ?? 0;
  const first = masked ^ ((mask[0] ?? 0) & (masked & 0x80 ? 0x0f : 0x1f));
  const numberBytes = (first & 3) + 1;
  const header = datagram.slice(start, numberAt + numberBytes);
  header[0] = first;
  for (let index = 0; index < numberBytes; index++) {
    const at = numberAt - start + index;
    header[at] = (header[at] ?? 0) ^ (mask[index + 1] ?? 0);
  }
  return {first, numberBytes, header, truncated: readUint(header, numberAt - start, numberBytes)};
};

/** The number of packet numbers that a truncated QUIC packet number can distinguish, by its size in octets. */
const windows = [1, 0x100, 0x1_0000, 0x100_0000, 0x1_0000_0000] as const;
const mostNumber = 2 ** 62;

/** Returns the full QUIC packet number: of those with the received low bits, the nearest to `largest` + 1 (RFC 9000 §A.3). */
export const packetNumber = (largest: number, {truncated, numberBytes}: Unmasked): number => {
  const expected = largest + 1;
  const window = windows[numberBytes] ?? 1;
  const candidate = expected - (expected % window) + truncated;
  if (candidate <= expected - window / 2 && candidate < mostNumber - window) return candidate + window;
  return candidate > expected + window / 2 && candidate >= window ? candidate - window : candidate;
};

const nonceOf = (iv: Uint8Array, number: number): Uint8Array => {
  const nonce = iv.slice();
  let rest = number;
  for (let at = nonce.length - 1; rest > 0; at--) {
    nonce[at] = (nonce[at] ?? 0) ^ (rest % 0x100);
    rest = Math.floor(rest / 0x100);
  }
  return nonce;
};

/** Decrypts the payload of a QUIC packet (§5.3); undefined if these keys do not decrypt it. */
export const openPayload = (
  {crypto, suite: {aead}, key, iv}: PacketKeys,
  datagram: Uint8Array,
  {
    at,
    end,
    number,
    header,
  }: {readonly at: number; readonly end: number; readonly number: number; readonly header: Uint8Array},
): Uint8Array | undefined =>
  crypto.open({
    aead,
    key,
    nonce: nonceOf(iv, number),
    additional: header,
    ciphertext: datagram.subarray(at, end),
  });
