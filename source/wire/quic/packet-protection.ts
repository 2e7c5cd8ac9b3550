// Protection of QUIC packets (RFC 9001 §5, §6): Initial keys that anybody can derive, keys from the secrets of TLS, the masked packet
// number (§5.4; RFC 9000 §17.1), keys after a key update. The caller supplies the cryptography.
import {readUint} from '../octets.ts';
import {CipherSuite} from '../tls/cipher-suites.ts';
import {expandLabel, extract} from '../tls/key-functions.ts';
import type {KeyLog} from '../tls/key-log.ts';
import {joinBytes} from '../tls/presentation.ts';
import type {LongHeader, RetryHeader, ShortHeader} from './packet-header.ts';
import type {QuicVersion} from './quic-version.ts';

type HashName = 'sha256' | 'sha384';
type AeadName = 'aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305' | 'aes-128-ccm';

/** The cryptographic functions over octets, which never throw, like those of TLS. */
export type PacketCrypto = {
  hash(name: HashName, data: Uint8Array): Uint8Array;
  hmac(name: HashName, key: Uint8Array, data: Uint8Array): Uint8Array;
  /** Decrypts; undefined if the tag does not fit. */
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

/** The keys for reading QUIC; without secrets the log is empty. */
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

/** The suites that a secret may belong to before a ServerHello has chosen one (0-RTT). */
export const quicSuites: readonly number[] = [...suites.keys()];

/** The keys of one sender, at one level and in one phase. */
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

/** Returns the Initial keys from the destination connection ID of the client's first Initial, or from the source ID of a Retry (§5.2). */
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

/** Returns keys from a secret of TLS; undefined if the suite is not supported, or if the secret belongs to another one. */
export const secretKeys = (
  crypto: PacketCrypto,
  {version, suite: id}: {readonly version: QuicVersion; readonly suite: number},
  secret: Uint8Array,
): PacketKeys | undefined => {
  const suite = suites.get(id);
  return suite?.hashBytes === secret.length ? keysFrom({crypto, suite, version}, secret) : undefined;
};

/** Returns the keys after an update; that of headers stays (§6.1). */
export const updatedKeys = (keys: PacketKeys): PacketKeys => {
  const next = expanded(keys, keys.secret, keys.version.label('ku'), keys.suite.hashBytes);
  return {...keysFrom(keys, next), hp: keys.hp};
};

/** Tells whether the tag of a Retry is right, which covers the connection ID that the client chose first (§5.8). */
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

/** The values of a packet's header that were under the mask. */
export type Unmasked = {
  readonly first: number;
  /** The low bits of the packet number that were sent. */
  readonly truncated: number;
  readonly numberBytes: number;
  /** The header as it was before the mask. */
  readonly header: Uint8Array;
};

/** The place of the packet number, and the end of the packet. */
export type Protected = Pick<LongHeader | ShortHeader, 'start' | 'end'> & {readonly numberAt: number};

/** Removes the mask (§5.4.1); undefined if the packet is too short for its sample, or not completely captured. */
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

/** The count of numbers that so many octets distinguish. */
const windows = [1, 0x100, 0x1_0000, 0x100_0000, 0x1_0000_0000] as const;
const mostNumber = 2 ** 62;

/** Returns the packet number nearest to the expected one (RFC 9000 §A.3). */
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

/** Decrypts the payload (§5.3); undefined if these keys do not fit. */
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
