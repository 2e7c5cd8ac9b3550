// What `inspect --json` tells of HTTP/3 and QUIC beyond the side files (quic-captured.test.ts): how a stream ended, by whom, and what nobody
// said. Streams by hand (RFC 9000 §3, RFC 9114 §4.1, RFC 9204 appendix A).
import {createHash} from 'node:crypto';
import {describe, expect, test} from 'vitest';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {Http3Connection} from '../../source/observe/http3-connection.ts';
import {http3Json} from '../../source/observe/http3-json.ts';
import {QuicConnection} from '../../source/observe/quic-connection.ts';
import {quicJson, sideName} from '../../source/observe/quic-json.ts';
import {QuicStream, QuicStreams, type StreamCode} from '../../source/observe/quic-streams.ts';
import {octetsOf} from '../../source/wire/octets.ts';
import {packetsIn} from '../../source/wire/quic/packet-header.ts';
import {joinBytes} from '../../source/wire/tls/presentation.ts';
import {frames, madeLog, short} from './quic-made.ts';
import {appKeys, ids, opening} from './quic-recorded.ts';

const get = '01040000d1c1';
const ok200 = '01030000d9';

type Ending = {
  readonly fin?: readonly (0 | 1)[];
  readonly reset?: StreamCode;
  readonly stopSending?: StreamCode;
};

/** Stream 0, the request in packet 5 and the answer in packet 8. */
const told = (request: string, response: string, {fin = [], reset, stopSending}: Ending = {}) => {
  const streams = new QuicStreams();
  const http3 = new Http3Connection();
  for (const [side, hex] of [
    [0, request],
    [1, response],
  ] as const) {
    const [data, frame] = [octetsOf(hex), side === 0 ? 5 : 8];
    if (data.length === 0 && !fin.includes(side)) continue;
    const body = {streamId: 0, offset: 0, data, fin: fin.includes(side)};
    for (const piece of streams.take(side, {frame, atUs: 0}, body)) http3.take(piece);
  }
  const stream = streams.get(0);
  if (stream) Object.assign(stream, {reset, stopSending});
  const [json] = http3Json({connection: 3, http3}).streams;
  return json;
};

const code = (by: 0 | 1, number: number): StreamCode => ({by, code: number, frame: 9});

describe('how far an exchange came', () => {
  test.each<readonly [Ending, object]>([
    [{}, {end: 'open'}],
    [{fin: [0]}, {end: 'half-closed'}],
    [{fin: [1]}, {end: 'half-closed'}],
    [{fin: [0, 1]}, {end: 'closed'}],
    [{reset: code(1, 0x102)}, {end: 'reset', reset: 0x102, resetBy: 'server'}],
    [{stopSending: code(0, 0x10c)}, {end: 'reset', reset: 0x10c, resetBy: 'client'}],
    [
      {fin: [0], reset: code(1, 7), stopSending: code(0, 8)},
      {end: 'reset', reset: 7, resetBy: 'server'},
    ],
    [
      {fin: [0, 1], stopSending: code(0, 8)},
      {end: 'closed', reset: 8, resetBy: 'client'},
    ],
  ])('%j', (ending, expected) => {
    const json = told(get, ok200, ending);
    expect(json).toMatchObject(expected);
    if (!('reset' in expected)) expect(json).not.toHaveProperty('reset');
  });
});

describe('what was said', () => {
  test('a request that nobody has answered', () => {
    expect(told(get, '')).toEqual({
      ...{id: 0, method: 'GET', scheme: null, authority: null, path: '/', status: null},
      ...{requestFrame: 5, responseFrame: null, dataBytesToServer: 0, dataBytesToClient: 0},
      ...{requestBodySha256: null, bodySha256: null, end: 'open'},
    });
  });

  // Appendix A: 20 `:method: POST`; 23 `:scheme: https`; 0 `:authority`, with a value of its own; 53 `content-type: text/plain`; 4 `content-length: 0`.
  test('all of a request and its answer', () => {
    const sha256 = createHash('sha256').update(Uint8Array.of(0xaa, 0xbb)).digest('hex');
    const post = '01080000d4d7c15001610001cc';
    // 24 `:status: 103`, then 25 `:status: 200`, its type and length; two octets; a trailer a: x.
    const said = '01030000d801050000d9f5c40002aabb0106000021610178';
    expect(told(post, said)).toEqual({
      ...{id: 0, method: 'POST', scheme: 'https', authority: 'a', path: '/', status: 200, interim: [103]},
      ...{requestFrame: 5, responseFrame: 8, contentType: 'text/plain', contentLength: 0, trailers: {a: 'x'}},
      ...{dataBytesToServer: 1, dataBytesToClient: 2, bodySha256: sha256, end: 'open'},
      requestBodySha256: createHash('sha256').update(Uint8Array.of(0xcc)).digest('hex'),
    });
  });
});

// RFC 9114 §7.2.4.1: 0x21 and every 0x1f-th behind it says nothing.
test('settings by their names, of each end; reserved ones say nothing', () => {
  const http3 = new Http3Connection();
  const say = (id: number, side: 0 | 1, hex: string) =>
    http3.take({stream: new QuicStream(id), side, bytes: octetsOf(hex), frame: 1});
  expect(http3Json({connection: 0, http3})).toEqual({
    ...{connection: 0, streams: []},
    settings: {client: {}, server: {}},
  });
  say(2, 0, '000406010521070a09');
  say(3, 1, '0004020709');
  expect(http3Json({connection: 1, http3}).settings).toEqual({
    ...{client: {QPACK_MAX_TABLE_CAPACITY: 5, '0xa': 9}, server: {QPACK_BLOCKED_STREAMS: 9}},
  });
});

describe('a connection of QUIC', () => {
  const connection = () =>
    new QuicConnection(
      {id: 1, ends: ['a:1', 'b:2'], frame: 1},
      {crypto: nodeCrypto, log: madeLog()},
      () => undefined,
    );

  test('of which nothing was seen yet', () => {
    expect(quicJson(connection())).toEqual({
      ...{client: 'a:1', server: 'b:2', versions: [], initialDestinationConnectionId: ''},
      ...{clientConnectionId: null, serverConnectionId: null, sni: null, alpn: null, alpnOffered: []},
      ...{cipherSuite: null, opened: false, packets: {}, datagrams: 0},
      ...{sessionResumed: null, earlyDataAccepted: null},
    });
  });

  test('streams by opener and direction (RFC 9000 §2.1), and how each side left them', () => {
    const own = connection();
    const take = (side: 0 | 1, bytes: Uint8Array, frame: number) =>
      own.take(side, packetsIn(bytes), {frame, atUs: 0, from: '', to: '', bytes});
    for (const [side, bytes] of opening) take(side, bytes, 1);
    const two = Uint8Array.of(1, 2);
    const said = [
      [frames.stream(0, two, {fin: true}), frames.stream(2, two), octetsOf('0401070a')],
      [frames.stream(0, two, {fin: true}), frames.stream(1, two), frames.stream(3, two), octetsOf('050208')],
    ] as const;
    for (const side of [0, 1] as const) {
      const payload = joinBytes(said[side]);
      const dcid = side === 0 ? ids.server : ids.client;
      take(side, short(dcid, {number: 0, keys: appKeys[side], payload}), 3 + side);
    }
    const json = quicJson(own);
    expect(json).toMatchObject({close: null, keyPhaseChanges: 0, opened: true});
    const both = {opener: 'client', direction: 'two-way', fin: ['client', 'server']};
    expect(json.streams).toEqual([
      {id: 0, ...both, bytesToServer: 2, bytesToClient: 2},
      {
        ...{id: 1, opener: 'server', direction: 'two-way', bytesToServer: 0, bytesToClient: 2, fin: []},
        reset: {by: 'client', code: 7},
      },
      {
        ...{id: 2, opener: 'client', direction: 'one-way', bytesToServer: 2, bytesToClient: 0, fin: []},
        stopSending: {by: 'server', code: 8},
      },
      {id: 3, opener: 'server', direction: 'one-way', bytesToServer: 0, bytesToClient: 2, fin: []},
    ]);
    const close = short(ids.client, {number: 1, keys: appKeys[1], payload: octetsOf('1d0902686900')});
    take(1, close, 9);
    expect(quicJson(own).close).toEqual({by: 'server', type: 'application', code: 9, reason: 'hi', frame: 9});
    expect([0, 1].map((side) => sideName(side === 0 ? 0 : 1))).toEqual(['client', 'server']);
  });

  test('closed by QUIC itself', () => {
    const own = connection();
    for (const [side, bytes] of opening)
      own.take(side, packetsIn(bytes), {frame: 1, atUs: 0, from: '', to: '', bytes});
    const bytes = short(ids.server, {number: 0, keys: appKeys[0], payload: octetsOf('1c0a0000')});
    own.take(0, packetsIn(bytes), {frame: 7, atUs: 0, from: '', to: '', bytes});
    expect(quicJson(own).close).toEqual({by: 'client', type: 'transport', code: 10, reason: '', frame: 7});
  });
});
