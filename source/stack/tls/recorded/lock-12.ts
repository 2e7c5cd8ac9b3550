// Decrypts TLS records in a capture, up to TLS 1.2, with the master secret: AEAD ciphers (RFC 5246 §6.2.3.3, RFC 5288, RFC 6655, RFC 7905),
// and CBC with the MAC inside (§6.2.3.2, RFC 4346 §6.2.3.2, RFC 2246 §6.2.3.2) or outside the encryption (RFC 7366).

import {sameBytes} from '../../../wire/octets.ts';
import {err, ok} from '../../../wire/result.ts';
import {masterBytes, olderPrf, prf} from '../../../wire/tls/key-functions.ts';
import {secretsIn} from '../../../wire/tls/key-log.ts';
import {joinBytes} from '../../../wire/tls/presentation.ts';
import {maxPlaintext, type TlsRecord} from '../../../wire/tls/record.ts';
import {ProtocolVersion} from '../../../wire/tls/registry.ts';
import type {CryptoPort} from '../crypto-port.ts';
import {kdfOf} from '../key-schedule.ts';
import {recordNonce} from '../record-protection.ts';
import {additionalData} from '../tls12/protection.ts';
import type {Lock, RecordedSession, Unlock} from './lock.ts';
import {type RecordSuite, recordSuite} from './suite-12.ts';

type Keys = {readonly mac: Uint8Array; readonly key: Uint8Array; readonly iv: Uint8Array};

/**
 * Tells whether IVs are chained: in TLS 1.0 the first record of a direction has its IV from the keys, each later one from the record before
 * (RFC 2246 §6.2.3.2).
 */
const chains = ({version}: RecordedSession): boolean => version < ProtocolVersion['TLS 1.1'];

const sizesOf = (suite: RecordSuite, session: RecordedSession): readonly [number, number, number] =>
  suite.kind === 'aead'
    ? [0, suite.keyBytes, suite.ivBytes]
    : [suite.macBytes, suite.keyBytes, chains(session) ? suite.blockBytes : 0];

const macOf = (crypto: CryptoPort, name: 'md5' | 'sha1', hashBytes: number) => ({
  hashBytes,
  hmac: (key: Uint8Array, data: Uint8Array) => crypto.hmac(name, key, data),
});

/**
 * Returns the MAC key, encryption key and IV of one direction of TLS 1.2 or before (§6.3). In the key block the client's come first each
 * time, and in its seed the server's random.
 */
const keysOf = (
  crypto: CryptoPort,
  suite: RecordSuite,
  {master, session, sender}: {master: Uint8Array; session: RecordedSession; sender: 'client' | 'server'},
): Keys => {
  const sizes = sizesOf(suite, session);
  const size = 2 * sizes.reduce((sum, each) => sum + each, 0);
  const seed = joinBytes([session.serverRandom, session.clientRandom]);
  const wanted = {label: 'key expansion', seed, size};
  const block =
    session.version < ProtocolVersion['TLS 1.2']
      ? olderPrf(macOf(crypto, 'md5', 16), macOf(crypto, 'sha1', 20), master, wanted)
      : prf(kdfOf(crypto, suite), master, wanted);
  let at = 0;
  const take = (bytes: number): Uint8Array => {
    const start = at + (sender === 'server' ? bytes : 0);
    at += 2 * bytes;
    return block.slice(start, start + bytes);
  };
  return {mac: take(sizes[0]), key: take(sizes[1]), iv: take(sizes[2])};
};

type Plain = {readonly content: Uint8Array; readonly at: number};

/**
 * The sequence number of a TLS record in its direction; `iv` is the end of the record before, undefined if each record carries its own IV.
 */
type Place = {readonly sequence: number; readonly iv: Uint8Array | undefined};
type Open = (place: Place, record: TlsRecord) => Plain | undefined;

const explicitBytes = 8;

const openAead =
  (
    crypto: CryptoPort,
    {aead, ivBytes, tagBytes}: Extract<RecordSuite, {kind: 'aead'}>,
    {key, iv}: Keys,
  ): Open =>
  ({sequence}, record) => {
    const at = ivBytes === 4 ? explicitBytes : 0;
    const size = record.fragment.length - at - tagBytes;
    if (size < 0) return undefined;
    const nonce = at > 0 ? joinBytes([iv, record.fragment.subarray(0, at)]) : recordNonce({iv, sequence});
    const content = crypto.open({
      aead,
      key,
      nonce,
      additional: additionalData(sequence, record, size),
      ciphertext: record.fragment.subarray(at),
    });
    return content && {content, at};
  };

/**
 * Returns a decrypted CBC block without its padding: the last octet n, and n octets before it with the same value (§6.2.3.2); undefined if
 * the padding is invalid.
 */
const withoutPadding = (block: Uint8Array): Uint8Array | undefined => {
  const padding = (block.at(-1) ?? 0) + 1;
  if (padding > block.length || !block.subarray(-padding).every((octet) => octet === padding - 1))
    return undefined;
  return block.subarray(0, block.length - padding);
};

type CbcSuite = Extract<RecordSuite, {kind: 'cbc'}>;

type Sealed = {readonly body: Uint8Array; readonly blockBytes: number; readonly iv: Uint8Array | undefined};

const decrypted = (
  crypto: CryptoPort,
  key: Uint8Array,
  {body, blockBytes, iv}: Sealed,
): Plain | undefined => {
  const at = iv ? 0 : blockBytes;
  const ciphertext = body.subarray(at);
  if (ciphertext.length === 0 || ciphertext.length % blockBytes !== 0) return undefined;
  const block = crypto.openCbc({key, iv: iv ?? body.subarray(0, blockBytes), ciphertext});
  const content = block && withoutPadding(block);
  return content && {content, at};
};

const openMacThenEncrypt =
  (crypto: CryptoPort, {mac, macBytes, blockBytes}: CbcSuite, keys: Keys): Open =>
  ({sequence, iv}, record) => {
    const plain = decrypted(crypto, keys.key, {body: record.fragment, blockBytes, iv});
    const size = (plain?.content.length ?? 0) - macBytes;
    if (!plain || size < 0) return undefined;
    const content = plain.content.subarray(0, size);
    const expected = crypto.hmac(mac, keys.mac, joinBytes([additionalData(sequence, record, size), content]));
    return sameBytes(plain.content.subarray(size), expected) ? {content, at: plain.at} : undefined;
  };

const openEncryptThenMac =
  (crypto: CryptoPort, {mac, macBytes, blockBytes}: CbcSuite, keys: Keys): Open =>
  ({sequence, iv}, record) => {
    const size = record.fragment.length - macBytes;
    if (size < 0) return undefined;
    const body = record.fragment.subarray(0, size);
    const expected = crypto.hmac(mac, keys.mac, joinBytes([additionalData(sequence, record, size), body]));
    if (!sameBytes(record.fragment.subarray(size), expected)) return undefined;
    return decrypted(crypto, keys.key, {body, blockBytes, iv});
  };

/**
 * Returns a function that decrypts one direction of TLS 1.2 or before, record by record; `behind` is how many octets follow the last cipher
 * block of a record (its MAC).
 */
const locked = (open: Open, {sequence, iv}: Place, behind = 0): Lock => ({
  open: (record) => {
    const plain = open({sequence, iv}, record);
    if (!plain || plain.content.length > maxPlaintext) return undefined;
    const {fragment} = record;
    const last = iv && fragment.slice(fragment.length - behind - iv.length, fragment.length - behind);
    return {type: record.type, ...plain, next: locked(open, {sequence: sequence + 1, iv: last}, behind)};
  },
});

export const unlock12 =
  (crypto: CryptoPort): Unlock =>
  (session, sender, log) => {
    const suite = recordSuite(session.suite);
    if (!suite) return err('suite');
    const master = secretsIn(log, 'CLIENT_RANDOM', session.clientRandom).at(-1);
    if (master?.length !== masterBytes) return err('secret');
    const keys = keysOf(crypto, suite, {master, session, sender});
    if (suite.kind === 'aead') return ok(locked(openAead(crypto, suite, keys), {sequence: 0, iv: undefined}));
    const open = session.encryptThenMac ? openEncryptThenMac : openMacThenEncrypt;
    const first = {sequence: 0, iv: chains(session) ? keys.iv : undefined};
    return ok(locked(open(crypto, suite, keys), first, session.encryptThenMac ? suite.macBytes : 0));
  };
