// Opening recorded records of TLS 1.2 with the master secret: AEAD ciphers (RFC 5246 §6.2.3.3, RFC 5288, RFC 7905) and
// CBC with a MAC inside (§6.2.3.2) or outside the encryption (RFC 7366).

import {sameBytes} from '../../../wire/octets.ts';
import {err, ok} from '../../../wire/result.ts';
import {prf} from '../../../wire/tls/key-functions.ts';
import {secretsIn} from '../../../wire/tls/key-log.ts';
import {joinBytes, uint8, uint16, uint32} from '../../../wire/tls/presentation.ts';
import {maxPlaintext, type TlsRecord} from '../../../wire/tls/record.ts';
import type {CryptoPort} from '../crypto-port.ts';
import {kdfOf} from '../key-schedule.ts';
import {recordNonce} from '../record-protection.ts';
import type {Lock, RecordedSession, Unlock} from './lock.ts';
import {type RecordSuite, recordSuite} from './suite-12.ts';

type Keys = {readonly mac: Uint8Array; readonly key: Uint8Array; readonly iv: Uint8Array};

const sizesOf = (suite: RecordSuite): readonly [number, number, number] =>
  suite.kind === 'aead' ? [0, suite.keyBytes, suite.ivBytes] : [suite.macBytes, suite.keyBytes, 0];

/** §6.3: MAC keys, keys, IVs, of each the client's first. The server's random comes first in the seed. */
const keysOf = (
  crypto: CryptoPort,
  suite: RecordSuite,
  {master, session, sender}: {master: Uint8Array; session: RecordedSession; sender: 'client' | 'server'},
): Keys => {
  const sizes = sizesOf(suite);
  const size = 2 * sizes.reduce((sum, each) => sum + each, 0);
  const seed = joinBytes([session.serverRandom, session.clientRandom]);
  const block = prf(kdfOf(crypto, suite), master, {label: 'key expansion', seed, size});
  let at = 0;
  const take = (bytes: number): Uint8Array => {
    const start = at + (sender === 'server' ? bytes : 0);
    at += 2 * bytes;
    return block.slice(start, start + bytes);
  };
  return {mac: take(sizes[0]), key: take(sizes[1]), iv: take(sizes[2])};
};

const sequenceOctets = (sequence: number): Uint8Array =>
  joinBytes([uint32.write(Math.floor(sequence / 2 ** 32)), uint32.write(sequence >>> 0)]);

/** What a tag or a MAC covers besides: the count of records, and a header with the length of what it protects. */
const covered = (sequence: number, {type, version}: TlsRecord, size: number): Uint8Array =>
  joinBytes([sequenceOctets(sequence), uint8.write(type), uint16.write(version), uint16.write(size)]);

type Plain = {readonly content: Uint8Array; readonly at: number};
type Open = (sequence: number, record: TlsRecord) => Plain | undefined;

const tagBytes = 16;
const explicitBytes = 8;

const openAead =
  (crypto: CryptoPort, {aead, ivBytes}: Extract<RecordSuite, {kind: 'aead'}>, {key, iv}: Keys): Open =>
  (sequence, record) => {
    const at = ivBytes === 4 ? explicitBytes : 0;
    const size = record.fragment.length - at - tagBytes;
    if (size < 0) return undefined;
    const nonce = at > 0 ? joinBytes([iv, record.fragment.subarray(0, at)]) : recordNonce({iv, sequence});
    const content = crypto.open({
      aead,
      key,
      nonce,
      additional: covered(sequence, record, size),
      ciphertext: record.fragment.subarray(at),
    });
    return content && {content, at};
  };

const blockBytes = 16;

/** §6.2.3.2: as many octets as the last one says, all of them alike, and that one. */
const withoutPadding = (block: Uint8Array): Uint8Array | undefined => {
  const padding = (block.at(-1) ?? 0) + 1;
  if (padding > block.length || !block.subarray(-padding).every((octet) => octet === padding - 1))
    return undefined;
  return block.subarray(0, block.length - padding);
};

type CbcSuite = Extract<RecordSuite, {kind: 'cbc'}>;

const decrypted = (crypto: CryptoPort, key: Uint8Array, fragment: Uint8Array): Uint8Array | undefined => {
  const ciphertext = fragment.subarray(blockBytes);
  if (ciphertext.length === 0 || ciphertext.length % blockBytes !== 0) return undefined;
  const block = crypto.openCbc({key, iv: fragment.subarray(0, blockBytes), ciphertext});
  return block && withoutPadding(block);
};

const openMacThenEncrypt =
  (crypto: CryptoPort, {mac, macBytes}: CbcSuite, keys: Keys): Open =>
  (sequence, record) => {
    const block = decrypted(crypto, keys.key, record.fragment);
    const size = (block?.length ?? 0) - macBytes;
    if (!block || size < 0) return undefined;
    const content = block.subarray(0, size);
    const expected = crypto.hmac(mac, keys.mac, joinBytes([covered(sequence, record, size), content]));
    return sameBytes(block.subarray(size), expected) ? {content, at: blockBytes} : undefined;
  };

const openEncryptThenMac =
  (crypto: CryptoPort, {mac, macBytes}: CbcSuite, keys: Keys): Open =>
  (sequence, record) => {
    const size = record.fragment.length - macBytes;
    if (size < 0) return undefined;
    const body = record.fragment.subarray(0, size);
    const expected = crypto.hmac(mac, keys.mac, joinBytes([covered(sequence, record, size), body]));
    if (!sameBytes(record.fragment.subarray(size), expected)) return undefined;
    const content = decrypted(crypto, keys.key, body);
    return content && {content, at: blockBytes};
  };

const locked = (open: Open, sequence: number): Lock => ({
  open: (record) => {
    const plain = open(sequence, record);
    if (!plain || plain.content.length > maxPlaintext) return undefined;
    return {type: record.type, ...plain, next: locked(open, sequence + 1)};
  },
});

const masterBytes = 48;

export const unlock12 =
  (crypto: CryptoPort): Unlock =>
  (session, sender, log) => {
    const suite = recordSuite(session.suite);
    if (!suite) return err('suite');
    const master = secretsIn(log, 'CLIENT_RANDOM', session.clientRandom).at(-1);
    if (master?.length !== masterBytes) return err('secret');
    const keys = keysOf(crypto, suite, {master, session, sender});
    if (suite.kind === 'aead') return ok(locked(openAead(crypto, suite, keys), 0));
    const open = session.encryptThenMac ? openEncryptThenMac : openMacThenEncrypt;
    return ok(locked(open(crypto, suite, keys), 0));
  };
