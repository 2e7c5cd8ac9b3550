// What `inspect --json` tells of HTTP/2, in frames by hand (RFC 9113); the hash is that of "aa" (FIPS 180-4).
import {expect, test} from 'vitest';
import {contentsJson, http2FaultsJson, http2Json} from '../../source/observe/http2-json.ts';
import {Http2Way} from '../../source/observe/http2-stream.ts';
import {
  data,
  field,
  frame,
  get,
  headers,
  hold,
  ok200,
  type Said,
  settings,
  settingsAck,
  word,
} from './http2-words.ts';

const json = (said: readonly Said[], client: 0 | 1 = 0) =>
  http2Json({stream: 4, http2: hold(said, {client})});

const ofAa = '961b6dd3ede3cb8ecbaacbd68de040cd78eb2ed5889130cceb4c49268ea4d506';

test('connection: who began it how, settings, frames, pings, the end', () => {
  const ping = frame('PING', [1, 2, 3, 4, 5, 6, 7, 8]);
  const told = json([
    ['client', settings([4, 100], [3, 5]), ping],
    ['server', settingsAck, frame('PING', [1, 2, 3, 4, 5, 6, 7, 8], {flags: 1})],
    ['server', frame('GOAWAY', [...word(7), ...word(11)])],
  ]);
  expect(told).toMatchObject({
    ...{stream: 4, start: 'prior-knowledge', streams: []},
    settings: {client: [{}, {INITIAL_WINDOW_SIZE: 100, MAX_CONCURRENT_STREAMS: 5}], server: [{}]},
    pings: [
      {by: 'client', ack: false, data: '0102030405060708', frame: 4},
      {by: 'server', ack: true, data: '0102030405060708', frame: 5},
    ],
    goaway: [{by: 'server', lastStream: 7, error: 'ENHANCE_YOUR_CALM', frame: 6}],
  });
  expect(told['frames']).toEqual({SETTINGS: 6, PING: 2, GOAWAY: 1});
});

test('a stream that is over', () => {
  const told = json([
    ['client', headers(1, [...get, ...field(':authority', 'a')], 4), data(1, 1, 1)],
    ['server', headers(1, [...field(':status', '103')], 4)],
    [
      'server',
      headers(1, [...ok200, ...field('content-type', 'b'), ...field('content-length', '2')], 4),
      data(1, 2),
    ],
    ['server', headers(1, [...field('c', 'd'), ...field('c', 'e'), ...field('f', 'g')])],
  ]);
  expect(told['streams']).toEqual([
    {
      ...{id: 1, method: 'GET', scheme: 'http', authority: 'a', path: '/', status: 200, interim: [103]},
      ...{contentType: 'b', contentLength: 2, requestFrame: 4, responseFrame: 6},
      ...{requestHeaderBytes: 3 + 14, responseHeaderBytes: 13 + 1 + 16 + 18 + 5 + 5 + 5},
      ...{trailers: {c: 'd, e', f: 'g'}, dataBytesToServer: 1, dataBytesToClient: 2},
      requestBodySha256: 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
      ...{bodySha256: ofAa, end: 'closed'},
    },
  ]);
});

test('a stream that was broken off, by either side', () => {
  for (const by of ['client', 'server'] as const) {
    const told = json([
      ['client', headers(1, get)],
      [by, frame('RST_STREAM', word(8), {stream: 1})],
    ]);
    expect(told['streams']).toMatchObject([
      {
        id: 1,
        status: null,
        responseFrame: null,
        bodySha256: null,
        reset: 'CANCEL',
        resetBy: by,
        end: 'reset',
      },
    ]);
  }
});

test('an answer of which the request was not seen', () => {
  expect(json([['server', headers(1, ok200, 4)]])['streams']).toMatchObject([
    {
      id: 1,
      method: null,
      scheme: null,
      authority: null,
      path: null,
      status: 200,
      requestFrame: null,
      end: 'open',
    },
  ]);
});

test('trailers: none, and several of one name in one (RFC 9110 §5.3)', () => {
  const [asked, way] = [new Http2Way(), new Http2Way()];
  expect(contentsJson(asked, way)).not.toHaveProperty('trailers');
  way.block([], 'trailers', 1);
  expect(contentsJson(asked, way)).toMatchObject({trailers: {}});
});

test('what is against the rules', () => {
  // RFC 9113 §6.5: SETTINGS belong to the connection.
  const http2 = hold([['server', frame('SETTINGS', [], {stream: 1})]]);
  const [fault] = http2FaultsJson({stream: 4, http2});
  expect(fault).toEqual({
    ...{stream: 4, by: 'server', on: 1, code: 'stream-not-zero', clause: 'RFC 9113 §6'},
    ...{error: 'PROTOCOL_ERROR', frame: 4, count: 1},
  });
});
