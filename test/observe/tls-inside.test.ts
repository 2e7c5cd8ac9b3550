// What was inside the TLS of a capture that was read in one pass: which protocol (RFC 9113 §3.2, RFC 7858 §3, RFC 8484 §4), and records that hide
// the IV of the next one.
import {describe, expect, test} from 'vitest';
import {FateColumns} from '../../source/observe/fate-columns.ts';
import {ObservedConnection} from '../../source/observe/observed-connection.ts';
import {OctetStore} from '../../source/observe/octet-store.ts';
import {capturedTls} from '../../source/observe/tls-captured.ts';
import {preface} from '../../source/wire/http2/frame-reader.ts';
import {octetsOf} from '../../source/wire/octets.ts';
import {tls13} from '../../source/wire/tls/handshake.ts';
import {joinBytes, uint16} from '../../source/wire/tls/presentation.ts';
import {encodeUtf8} from '../../source/wire/utf8.ts';
import {data, field, get, headers, ok200, settings} from './http2-words.ts';
import {hello} from './quic-made.ts';
import {segmentOf} from './segments.ts';
import {alert, clientHello, finished, handshake, program, record, unlockedKeys} from './tls-unlocked.ts';

type Octets = readonly number[];
type Said = readonly [side: 0 | 1, octets: Octets];

const client = {address: '192.0.2.1', port: 50_000};

/** Each in a segment of its own, frame n at n ms; `first`: whose segment is the first of the capture, and `ends[0]`. */
const captured = (said: readonly Said[], {port = 443, first = 0 as 0 | 1} = {}) => {
  const server = {address: '192.0.2.2', port};
  const connection = new ObservedConnection({
    ...{fates: new FateColumns(), id: 1, frame: 1, atUs: 0, store: new OctetStore(1 << 20)},
    ends: first === 0 ? [client, server] : [server, client],
  });
  const next = [1, 1];
  for (const [index, [who, octets]] of said.entries()) {
    const side = who === first ? 0 : 1;
    const own = {seq: next[who] ?? 0, ack: next[1 - who] ?? 0, frame: index + 1, atUs: 1000 * (index + 1)};
    const segment = {...segmentOf(own), data: Uint8Array.from(octets), length: octets.length};
    next[who] = own.seq + octets.length;
    connection.take(side, segment, undefined);
    connection.read(side, segment);
  }
  const [one] = capturedTls([connection], unlockedKeys);
  if (!one?.session) throw new Error('no session');
  return {...one, session: one.session};
};

/** `alpn`: what the server chooses; undefined: nobody saw it. */
const begun = (alpn?: string): readonly Said[] => [
  [0, record(22, clientHello())],
  [
    1,
    [
      ...record(22, hello.server(0x1301)),
      ...(alpn === undefined ? finished : handshake(hello.encrypted(alpn))),
    ],
  ],
];

const request = [...encodeUtf8('GET /a HTTP/1.1\r\n\r\n')];
const response = [...encodeUtf8('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')];
const opened: Octets = [...preface, ...settings()];

describe('which HTTP', () => {
  const read = (alpn: string | undefined, ...said: readonly Said[]) => {
    const {http, http2, dns, session} = captured([...begun(alpn), ...said]);
    expect(dns).toEqual([]);
    expect(session).toMatchObject({opened: true, closed: false, hello: true, retried: false});
    return [http.length, http2?.streams.length, http2?.start];
  };
  const old: readonly Said[] = [
    [0, program(request)],
    [1, program(response)],
  ];
  const two: readonly Said[] = [
    [0, program([...opened, ...headers(1, get)])],
    [1, program(headers(1, ok200))],
  ];

  test.each<readonly [string, string | undefined, readonly Said[], ReturnType<typeof read>]>([
    ['agreed on', 'h2', two, [0, 1, 'alpn']],
    ['HTTP/1.1 agreed on', 'http/1.1', old, [1, undefined, undefined]],
    ['unseen, client’s preface', undefined, two, [0, 1, 'alpn']],
    ['unseen, a request', undefined, old, [1, undefined, undefined]],
    ['unseen, server first', undefined, [[1, program(settings())], ...two], [0, 1, 'alpn']],
  ])('%s', (_, alpn, said, expected) => {
    expect(read(alpn, ...said)).toEqual(expected);
  });

  test('a preface where HTTP/1.1 was agreed on begins nothing', () => {
    expect(read('http/1.1', ...two)[2]).toBeUndefined();
  });

  test('in packets of the capture', () => {
    const {http} = captured([...begun('http/1.1'), ...old]);
    expect(http).toMatchObject([{request: {frame: 3}, response: {frame: 4}}]);
  });

  test('nothing of a program was said', () => {
    expect(captured(begun('h2'))).toMatchObject({http: [], http2: undefined, dns: [], httpFaults: []});
  });
});

describe('DNS', () => {
  const question = '0377777704746573740000010001';
  const query = octetsOf(`000001000001000000000000${question}`);
  const answer = octetsOf(`000081800001000100000000${question}c00c000100010000003c0004c0000201`);
  const framed = (message: Uint8Array) => [...joinBytes([uint16.write(message.length), message])];
  const [near, far] = ['192.0.2.1:50000', '192.0.2.2:'];

  test.each([
    ['agreed on', 'dot', 443, 0],
    ['on its port', undefined, 853, 0],
    ['the server seen first', 'dot', 443, 1],
    ['its port, server first', undefined, 853, 1],
  ] as const)('over TLS, as over TCP: %s', (_, alpn, port, first) => {
    const hidden: readonly Said[] = [
      [0, program(framed(query).slice(0, 9))],
      [0, program(framed(query).slice(9))],
      [1, program(framed(answer))],
    ];
    const {dns, http2, http} = captured([...begun(alpn), ...hidden], {port, first});
    expect([http2, http]).toEqual([undefined, []]);
    expect(dns).toMatchObject([
      {
        ...{transport: 'tls', client: near, server: `${far}${port}`, queryFrame: 4, responseFrame: 5},
        ...{
          queryUs: 4000,
          responseUs: 5000,
          response: {answers: [{data: {kind: 'A', address: '192.0.2.1'}}]},
        },
      },
    ]);
  });

  test('elsewhere such octets are none', () => {
    expect(captured([...begun(), [0, program(framed(query))]]).dns).toEqual([]);
  });

  const dataOf = (stream: number, message: Uint8Array): Octets => [
    ...data(stream, message.length, 1).slice(0, 9),
    ...message,
  ];
  const asks = (stream: number): Octets => [
    ...headers(stream, [0x83, 0x87, 0x84, ...field('content-type', 'application/dns-message')], 4),
    ...dataOf(stream, query),
  ];
  const answers = (stream: number): Octets => [
    ...headers(stream, [...ok200, ...field('content-type', 'application/dns-message')], 4),
    ...dataOf(stream, answer),
  ];

  test.each([0, 1] as const)('over HTTPS, streams apart (end %i first)', (first) => {
    const said: readonly Said[] = [
      [0, program([...opened, ...asks(1)])],
      ...[
        [0, program(asks(3))] as const,
        [1, program(answers(3))] as const,
        [1, program(answers(1))] as const,
      ],
    ];
    const {dns} = captured([...begun('h2'), ...said], {first});
    expect(dns).toMatchObject([
      {transport: 'https', client: near, server: `${far}443`, queryFrame: 3},
      {transport: 'https', client: near, server: `${far}443`, queryFrame: 4},
    ]);
    expect(dns.map(({responseFrame}) => responseFrame).toSorted()).toEqual([5, 6]);
  });
});

test.each<readonly [string, Octets, readonly boolean[]]>([
  ['with early data', clientEarly(true), [true, true]],
  ['refused', clientEarly(false), [true, false]],
])('early data %s', (_, encrypted, expected) => {
  const {session} = captured([
    [0, record(22, clientHello(true))],
    [1, [...record(22, hello.server(0x1301)), ...encrypted]],
  ]);
  expect([session.earlyDataOffered, session.earlyDataTaken]).toEqual(expected);
});

function clientEarly(takes: boolean): Octets {
  return handshake(hello.encrypted('h3', takes));
}

// Before TLS 1.1 the IV of a record under CBC is the end of the one before (RFC 2246 §6.2.3.2).
describe('records that hide the IV of the next one', () => {
  const CBC = 0x002f;
  const serverHello = (version: number, suite: number) =>
    tls13.encode({
      type: 'server_hello',
      body: {
        ...{legacyVersion: version, random: new Uint8Array(32), legacySessionIdEcho: new Uint8Array(0)},
        ...{cipherSuite: suite, legacyCompressionMethod: 0, extensions: []},
      },
    });
  const sized = (size: number): Octets => program(new Uint8Array(size));
  const split = (said: readonly Said[], {version = 0x0301, suite = CBC} = {}) => {
    const hellos: readonly Said[] = [
      [0, record(22, clientHello())],
      [1, record(22, serverHello(version, suite))],
    ];
    return captured([...hellos, ...said]).session.split;
  };
  const of = (side: 0 | 1, ...sizes: readonly number[]): Said => [side, sizes.flatMap(sized)];

  test.each<readonly [string, readonly Said[], ReturnType<typeof split>]>([
    ['empty ones', [of(0, 0, 5, 0, 7)], [{side: 0, octets: 0, count: 2}]],
    ['of the first octet', [of(1, 1, 5)], [{side: 1, octets: 1, count: 1}]],
    [
      'of both kinds',
      [of(0, 1, 5, 0, 3)],
      [
        {side: 0, octets: 0, count: 1},
        {side: 0, octets: 1, count: 1},
      ],
    ],
    ['before one octet', [of(0, 0, 1)], [{side: 0, octets: 0, count: 1}]],
    ['one behind the other', [of(0, 0, 0, 5)], [{side: 0, octets: 0, count: 1}]],
    ['with nothing behind it', [of(0, 5, 1)], []],
    ['then an empty one', [of(0, 1, 0)], []],
    ['of two octets', [of(0, 2, 5)], []],
    ['the other says between', [of(0, 1), of(1, 9), of(0, 5)], [{side: 0, octets: 1, count: 1}]],
    ['with an alert between', [of(0, 1), [0, alert(1, 90)], of(0, 5)], [{side: 0, octets: 1, count: 1}]],
  ])('%s', (_, said, expected) => {
    expect(split(said)).toEqual(expected);
  });

  test.each([
    ['TLS 1.1', {version: 0x0302}],
    ['TLS 1.2', {version: 0x0303}],
    ['a stream cipher', {suite: 0x0005}],
    ['a mode without chaining', {suite: 0x009c}],
  ])('not with %s', (_, about) => {
    expect(split([of(0, 1, 5)], about)).toEqual([]);
  });
});
