// Requests of HTTP/2 with what answers them, in frames written by hand (RFC 9113 §6, §8.1, §8.4): what belongs to which, how far each has
// come by when, and what broke it off.
import {describe, expect, test} from 'vitest';
import {connectionsIn} from '../../source/observe/connections.ts';
import type {SeenMessage} from '../../source/observe/http-exchanges.ts';
import {brokenOffOn, http2ExchangesAt, speaksHttp2} from '../../source/observe/http2-exchanges.ts';
import {preface} from '../../source/wire/http2/frame-reader.ts';
import {data, field, frame, get, headers, ok200, settings, word} from './http2-words.ts';
import {recordedTrace} from './tls-recorded.ts';

type Said = readonly [side: 0 | 1, ...frames: readonly (readonly number[])[]];

const begun: readonly Said[] = [
  [0, [...preface], settings()],
  [1, settings()],
];

/** Packet 1 brings the preface, 2 the settings of the server, N + 3 what is said Nth; then each end its FIN. */
const traceOf = (...said: readonly Said[]) =>
  recordedTrace(
    [...begun, ...said].map(([side, ...frames]) => ({side, bytes: Uint8Array.from(frames.flat())})),
  );

const shown = (message: SeenMessage | undefined): string => {
  if (!message) return '-';
  const {head, content, trailers, whole} = message;
  const first =
    head.start.kind === 'request' ? `${head.start.method} ${head.start.target}` : head.start.status;
  const octets = content.reduce((sum, {start, end}) => sum + end - start, 0);
  return `${first} ${octets} ${trailers.map(({name}) => name).join()}${whole ? '.' : ''}`;
};

const at = (trace: ReturnType<typeof traceOf>, event = trace.length) =>
  http2ExchangesAt(trace, event).map(
    ({number, stream, request, interim, response}) =>
      `${number} on ${stream}: ${[request, ...interim, response].map(shown).join(' | ')}`,
  );

const post = [0x83, 0x86, 0x84];

test('by stream, with content, trailers and interim answers; padding and other frames are none', () => {
  const padded = frame('DATA', [2, 0x61, 0x61, 0x61, 0, 0], {flags: 8, stream: 3});
  const trace = traceOf(
    [0, headers(3, post, 4), headers(1, get)],
    [0, data(3, 5), frame('PING', [1, 2, 3, 4, 5, 6, 7, 8]), data(3, 2, 1)],
    [1, headers(3, [...field(':status', '103')], 4), headers(1, ok200), headers(3, ok200, 4), padded],
    [1, headers(3, field('a', 'b'))],
  );
  expect(at(trace)).toEqual(['1 on 1: GET / 0 . | 200 0 .', '2 on 3: POST / 7 . | 103 0 . | 200 3 a.']);
});

test('a header block in several frames is one section, from its first octet', () => {
  const [first = 0, ...rest] = get;
  const split = [
    frame('HEADERS', [first], {flags: 1, stream: 1}),
    frame('CONTINUATION', rest, {flags: 4, stream: 1}),
  ];
  const [exchange] = http2ExchangesAt(traceOf([0, ...split]), 1000);
  const from = preface.length + 9;
  expect(exchange?.request?.headSpan).toEqual({start: from, end: from + 9 + 1 + 9 + 2});
  expect(exchange?.request?.whole).toBe(true);
});

test('what is promised is a request that the client would have made', () => {
  const promise = frame('PUSH_PROMISE', [...word(2), ...get], {flags: 4, stream: 1});
  const trace = traceOf(
    [0, headers(1, get)],
    [1, promise, headers(2, ok200, 4), data(2, 3, 1), headers(1, ok200)],
  );
  expect(at(trace)).toEqual(['1 on 1: GET / 0 . | 200 0 .', '2 on 2: GET / 0 . | 200 3 .']);
  const pushed = http2ExchangesAt(trace, trace.length)[1];
  expect([pushed?.request?.side, pushed?.response?.side]).toEqual([1, 1]);
});

test('event by event, forwards and backwards', () => {
  const trace = traceOf([0, headers(1, get)], [1, headers(1, ok200, 4)], [1, data(1, 4)], [1, data(1, 0, 1)]);
  const sent = (packet: number) => trace.packet(packet).sendEvent;
  const expected: readonly (readonly [event: number, readonly string[]])[] = [
    [sent(3) - 1, []],
    [sent(3), ['1 on 1: GET / 0 . | -']],
    [sent(4), ['1 on 1: GET / 0 . | 200 0 ']],
    [sent(5), ['1 on 1: GET / 0 . | 200 4 ']],
    [sent(6), ['1 on 1: GET / 0 . | 200 4 .']],
  ];
  for (const order of [expected, expected.toReversed(), expected])
    for (const [event, told] of order) expect(at(trace, event)).toEqual(told);
});

describe('what broke a stream off', () => {
  const off = (stream: number, ...said: readonly Said[]) => {
    const trace = traceOf(...said);
    const [connection] = connectionsIn(trace).all;
    if (!connection) throw new Error('no connection');
    expect(speaksHttp2(connection)).toBe(true);
    return brokenOffOn(connection, stream);
  };
  const asked: Said = [0, headers(1, get), headers(3, get)];
  const reset = frame('RST_STREAM', word(8), {stream: 1});
  const goaway = frame('GOAWAY', [...word(1), ...word(2)]);

  test('RST_STREAM, of either side (§6.4)', () => {
    for (const side of [0, 1] as const)
      expect(off(1, asked, [side, reset])).toEqual({by: 'RST_STREAM', side, frame: 4, error: 8});
  });

  test('the server’s GOAWAY, of streams above those that it answers (§6.8)', () => {
    expect(off(3, asked, [1, goaway])).toMatchObject({by: 'GOAWAY', side: 1, frame: 4, error: 2});
    expect(off(1, asked, [1, goaway])).toMatchObject({by: 'end', side: 1});
    expect(off(3, asked, [0, goaway])).toMatchObject({by: 'end', side: 1});
  });

  test('else the end of the connection: the server’s FIN', () => {
    // Packet 4 is the client's FIN, 5 the server's.
    expect(off(1, asked)).toEqual({by: 'end', side: 1, frame: 5, error: undefined});
  });
});

test('a connection of something else is none', () => {
  const trace = recordedTrace([{side: 0, bytes: Uint8Array.from([1, 2, 3, 4, 5])}]);
  const [connection] = connectionsIn(trace).all;
  expect(connection && [speaksHttp2(connection), brokenOffOn(connection, 1)]).toEqual([false, undefined]);
  expect(http2ExchangesAt(trace, trace.length)).toEqual([]);
});
