// What hellos tell in clear. Oracles: RFC 9846 §4.2.1 (versions), §4.2.4 (retry), §5.1 (fragments), RFC 5246 §7.4.1.2, RFC 8701 §2
// (GREASE), RFC 6066 §3 (names).
import {describe, expect, test} from 'vitest';
import {
  HelloReader,
  protocolsIn,
  serverNameIn,
  versionOf,
  versionsOffered,
} from '../../source/observe/tls-hellos.ts';
import type {SeenRecord} from '../../source/observe/tls-records.ts';
import {octetsOf} from '../../source/wire/octets.ts';
import {tls13} from '../../source/wire/tls/handshake.ts';
import {
  type ClientHello,
  type ClientHelloExtension,
  helloRetryRandom,
  type ServerHello,
} from '../../source/wire/tls/hello.ts';
import {ContentType} from '../../source/wire/tls/registry.ts';
import {encodeUtf8} from '../../source/wire/utf8.ts';

const tls12 = 0x0303;
const tls13Number = 0x0304;

/** `mark`: an octet of its random, by which it is known again. */
const client = (mark: number, extensions?: readonly ClientHelloExtension[]): ClientHello => ({
  legacyVersion: tls12,
  random: new Uint8Array(32).fill(mark),
  legacySessionId: new Uint8Array(),
  cipherSuites: [0x1301],
  legacyCompressionMethods: [0],
  extensions,
});

const server = (mark: number, extensions?: ServerHello['extensions']): ServerHello => ({
  legacyVersion: tls12,
  random: new Uint8Array(32).fill(mark),
  legacySessionIdEcho: new Uint8Array(),
  cipherSuite: 0x1301,
  legacyCompressionMethod: 0,
  extensions,
});

const hello = (mark: number) => tls13.encode({type: 'client_hello', body: client(mark)});
const answer = (mark: number) => tls13.encode({type: 'server_hello', body: server(mark)});
const retry = tls13.encode({
  type: 'hello_retry_request',
  body: {...server(0), random: helloRetryRandom, extensions: []},
});

const record = (side: 0 | 1, fragment: Uint8Array, type: number = ContentType.handshake): SeenRecord => ({
  side,
  record: {type, version: tls12, fragment},
  start: 0,
  frame: 1,
  event: 1,
});

const joined = (...parts: readonly Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));

/** The marks of the first and the last hello of the client and of the server's; whether it had the client try again. */
const marks = (records: readonly SeenRecord[]) => {
  const reader = new HelloReader();
  for (const record of records) reader.take(record);
  const {found} = reader;
  return [
    ...[found.first, found.client, found.server].map((each) => each?.random[0]),
    found.retry !== undefined,
  ];
};

describe('which hellos count', () => {
  test.each<[string, readonly SeenRecord[], readonly unknown[]]>([
    ['none', [], [undefined, undefined, undefined, false]],
    ['both', [record(0, hello(1)), record(1, answer(9))], [1, 1, 9, false]],
    [
      'a second one after HelloRetryRequest',
      [record(0, hello(1)), record(1, retry), record(0, hello(2)), record(1, answer(9))],
      [1, 2, 9, true],
    ],
    [
      'a message in two',
      [record(0, hello(1).subarray(0, 20)), record(1, answer(9)), record(0, hello(1).subarray(20))],
      [undefined, undefined, 9, false],
    ],
    [
      // All of the message is there before the answer.
      'two records, then answer',
      [record(0, hello(1).subarray(0, 20)), record(0, hello(1).subarray(20)), record(1, answer(9))],
      [1, 1, 9, false],
    ],
    [
      'two answers, two records',
      [record(0, hello(1)), record(1, answer(8)), record(1, answer(9))],
      [1, 1, 8, false],
    ],
    [
      // What stands behind the answer in its record belongs to another handshake.
      'two answers, one record',
      [record(0, hello(1)), record(1, joined(answer(8), answer(9), hello(3)))],
      [1, 1, 8, false],
    ],
    [
      'of renegotiation none',
      [record(0, hello(1)), record(1, answer(8)), record(0, hello(2))],
      [1, 1, 8, false],
    ],
    [
      'in application data',
      [record(0, hello(1), ContentType.application_data)],
      [undefined, undefined, undefined, false],
    ],
    [
      'what is none',
      [
        record(0, octetsOf('01000002ffff')),
        record(0, hello(1)),
        record(1, octetsOf('0e000000')),
        // EndOfEarlyData can be read, and is no hello.
        record(0, octetsOf('05000000')),
        record(1, answer(9)),
      ],
      [1, 1, 9, false],
    ],
  ])('%s', (_name, records, expected) => {
    expect(marks(records)).toEqual(expected);
  });
});

test('the version is that of the extension, else that of the field', () => {
  expect(versionOf(server(1))).toBe(tls12);
  expect(versionOf(server(1, [{name: 'supported_versions', value: tls13Number}]))).toBe(tls13Number);
});

test('versions offered: those of the extension, GREASE included, else the one of the field', () => {
  expect(versionsOffered(client(1))).toEqual([tls12]);
  const offered = [0x0a0a, tls13Number, tls12, 0xfafa];
  expect(versionsOffered(client(1, [{name: 'supported_versions', value: offered}]))).toEqual(offered);
});

test('the name is the first host name of the list', () => {
  const named = (...names: readonly (readonly [nameType: number, name: string])[]) =>
    serverNameIn(
      client(1, [
        {name: 'server_name', value: names.map(([nameType, name]) => ({nameType, name: encodeUtf8(name)}))},
      ]),
    );
  expect(serverNameIn(client(1))).toBeUndefined();
  expect(named([7, 'other.example'])).toBeUndefined();
  expect(named([7, 'other.example'], [0, 'a.example'], [0, 'b.example'])).toBe('a.example');
});

test('protocols without GREASE, which are two equal octets of its pattern', () => {
  const names = ['0a0a', 'fafa', '6832', '0a1a', '0a0b', '0a0a0a', '0a'].map(octetsOf);
  expect(protocolsIn(names)).toEqual(['h2', '\n\x1a', '\n\v', '\n\n\n', '\n']);
  expect(protocolsIn(undefined)).toEqual([]);
});
