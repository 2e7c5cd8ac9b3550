// What RFC 9113 allows, right beside what it forbids: the table of `http2-connection.test.ts` has what is beyond each edge.
import {describe, expect, test} from 'vitest';
import {Http2Connection} from '../../source/observe/http2-connection.ts';
import {Http2Limits} from '../../source/observe/http2-limits.ts';
import {Http2Way} from '../../source/observe/http2-stream.ts';
import {Http2Windows} from '../../source/observe/http2-windows.ts';
import {preface} from '../../source/wire/http2/frame-reader.ts';
import {Setting} from '../../source/wire/http2/registry.ts';
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
  windowUpdate,
  word,
} from './http2-words.ts';

const codesOf = (...said: readonly Said[]) => hold(said).faults.map(({code}) => code);

const asked: Said = ['client', headers(1, get)];
const answered: Said = ['server', headers(1, ok200, 4)];
const promise = (id: number): Said => [
  'server',
  frame('PUSH_PROMISE', [...word(id), ...get], {flags: 4, stream: 1}),
];
const post = [0x83, 0x86, 0x84];
const connect = field(':method', 'CONNECT');
const authority = field(':authority', 'a.example:443');
const protocol = field(':protocol', 'websocket');

describe('no fault', () => {
  test.each<[string, readonly Said[]]>([
    ['the longest frame (§4.2)', [asked, answered, ['server', data(1, 16_384)]]],
    [
      'longer, once allowed (§6.5.2)',
      [['client', settings([Setting.MAX_FRAME_SIZE, 20_000])], asked, answered, ['server', data(1, 20_000)]],
    ],
    ['growing odd numbers (§5.1.1)', [asked, ['client', headers(3, get), headers(9, get)]]],
    // It was closed when a higher one was opened.
    [
      'RST_STREAM, number skipped (§5.1.1)',
      [
        ['client', headers(5, get)],
        ['server', frame('RST_STREAM', word(8), {stream: 3})],
      ],
    ],
    ['promises, growing even (§5.1.1)', [asked, promise(2), promise(4)]],
    [
      'RST_STREAM, stream promised (§5.1)',
      [asked, promise(2), ['client', frame('RST_STREAM', word(8), {stream: 2})]],
    ],
    ['the largest window (§6.9.1)', [['client', windowUpdate(0, 2 ** 31 - 1 - 65_535)]]],
    ['of a stream, too', [asked, ['client', windowUpdate(1, 2 ** 31 - 1 - 65_535)]]],
    [
      'a used-up window (§6.9.1)',
      [
        ['client', settings([Setting.INITIAL_WINDOW_SIZE, 10])],
        ['server', settingsAck],
        asked,
        answered,
        ['server', data(1, 10)],
      ],
    ],
    [
      'no octets, no window (§6.9.1)',
      [
        ['client', settings([Setting.INITIAL_WINDOW_SIZE, 0])],
        ['server', settingsAck],
        asked,
        answered,
        ['server', data(1, 0, 1)],
      ],
    ],
    [
      'content-length kept (§8.1.1)',
      [asked, ['server', headers(1, [...ok200, ...field('content-length', '4')], 4), data(1, 4, 1)]],
    ],
    [
      'content-length answering HEAD',
      [
        ['client', headers(1, [...field(':method', 'HEAD'), 0x86, 0x84])],
        ['server', headers(1, [...ok200, ...field('content-length', '4')])],
      ],
    ],
    [
      'and so does 304',
      [asked, ['server', headers(1, [...field(':status', '304'), ...field('content-length', '4')])]],
    ],
    ['te: trailers (§8.2.2)', [['client', headers(1, [...get, ...field('te', 'trailers')])]]],
    ['a value with spaces inside (§8.2.1)', [['client', headers(1, [...get, ...field('a', 'b \tc')])]]],
    ['CONNECT with an authority alone (§8.5)', [['client', headers(1, [...connect, ...authority])]]],
    ['extended CONNECT (RFC 8441 §4)', [['client', headers(1, [...connect, ...protocol, 0x86, 0x84])]]],
  ])('%s', (_, said) => {
    expect(codesOf(...said)).toEqual([]);
  });
});

describe('a fault', () => {
  test.each<[string, string, readonly Said[]]>([
    ['HEADERS, stream not promised (§5.1.1)', 'stream-idle', [['server', headers(2, ok200)]]],
    ['DATA there', 'stream-idle', [['server', data(2, 1)]]],
    ['WINDOW_UPDATE there', 'stream-idle', [['client', windowUpdate(1, 5)]]],
    [
      'RST_STREAM, the other’s numbers',
      'stream-idle',
      [
        ['client', headers(5, get)],
        ['server', frame('RST_STREAM', word(8), {stream: 2})],
      ],
    ],
    ['a promise, odd number (§5.1.1)', 'push-promise', [asked, promise(3)]],
    ['by the same number', 'push-promise', [asked, promise(4), promise(4)]],
    ['by a smaller one', 'push-promise', [asked, promise(4), promise(2)]],
    ['headers behind the end (§5.1)', 'stream-ended', [asked, ['client', headers(1, field('a', 'b'))]]],
    ['a too large window (§6.9.1)', 'window-large', [['client', windowUpdate(0, 2 ** 31 - 65_535)]]],
    ['of a stream, too', 'window-large', [asked, ['client', windowUpdate(1, 2 ** 31 - 65_535)]]],
    [
      'content-length not reached (§8.1.1)',
      'length-differs',
      [['client', headers(1, [...post, ...field('content-length', '4')])]],
    ],
    ['te: gzip (§8.2.2)', 'field-of-connection', [['client', headers(1, [...get, ...field('te', 'gzip')])]]],
    ['a space, then value (§8.2.1)', 'field-value', [['client', headers(1, [...get, ...field('a', ' b')])]]],
    ['a value, then tab (§8.2.1)', 'field-value', [['client', headers(1, [...get, ...field('a', 'b\t')])]]],
    ['CONNECT without an authority (§8.5)', 'pseudo-field', [['client', headers(1, connect)]]],
    [
      'extended CONNECT without a path (RFC 8441 §4)',
      'pseudo-field',
      [['client', headers(1, [...connect, ...protocol, ...authority])]],
    ],
    ['a pseudo-field twice (§8.3)', 'pseudo-field', [['client', headers(1, [...get, 0x82])]]],
    [':status in a request (§8.3.1)', 'pseudo-field', [['client', headers(1, [...get, ...ok200])]]],
    ['one in trailers (§8.1)', 'pseudo-field', [['client', headers(1, get, 4), headers(1, ok200)]]],
  ])('%s', (_, code, said) => {
    expect(codesOf(...said)).toEqual([code]);
  });
});

test('the first frame of each end is SETTINGS (§3.4)', () => {
  const http2 = new Http2Connection({start: 'prior-knowledge', client: 1});
  const say = (side: 0 | 1, octets: readonly number[]) => {
    http2.take(side, {kind: 'bytes', start: 0, bytes: Uint8Array.from(octets), frame: side + 1}, side + 1);
  };
  say(1, [...preface, ...settings()]);
  say(0, [...frame('PING', [1, 2, 3, 4, 5, 6, 7, 8]), ...settings()]);
  expect(http2.faults).toMatchObject([
    {code: 'first-frame', clause: 'RFC 9113 §3.4', side: 0, stream: 0, frame: 1, count: 1},
  ]);
});

test('a fault is told once for each end, where it was first, and counted', () => {
  const wrong = headers(2, get);
  const {faults} = hold([
    ['client', wrong],
    ['client', headers(4, get)],
    ['server', headers(6, ok200)],
  ]);
  expect(faults.map(({code, side, stream, frame: at, count}) => [code, side, stream, at, count])).toEqual([
    ['stream-number', 0, 2, 4, 2],
    ['stream-idle', 1, 6, 6, 1],
  ]);
});

test('PING, GOAWAY and RST_STREAM are told as they were said', () => {
  const http2 = hold([
    asked,
    ['client', frame('PING', [1, 2, 3, 4, 5, 6, 7, 8])],
    ['server', frame('PING', [1, 2, 3, 4, 5, 6, 7, 8], {flags: 1})],
    ['server', frame('RST_STREAM', word(11), {stream: 1}), frame('RST_STREAM', word(8), {stream: 1})],
    ['server', frame('GOAWAY', [...word(1), ...word(2)])],
    ['client', settings([Setting.MAX_CONCURRENT_STREAMS, 7])],
  ]);
  expect(http2.pings).toEqual([
    {side: 0, ack: false, data: '0102030405060708', frame: 5},
    {side: 1, ack: true, data: '0102030405060708', frame: 6},
  ]);
  expect(http2.streams[0]?.reset).toEqual({side: 1, error: 11, frame: 7});
  expect(http2.goaways).toEqual([{side: 1, lastStream: 1, error: 2, frame: 8}]);
  expect(http2.settings).toEqual([[[], [[Setting.MAX_CONCURRENT_STREAMS, 7]]], [[]]]);
  expect([...http2.frames]).toEqual([
    ...[
      ['SETTINGS', 5],
      ['HEADERS', 1],
      ['PING', 2],
      ['RST_STREAM', 2],
      ['GOAWAY', 1],
    ],
  ]);
});

test('limits: what is raised counts at once, what is lowered when it is acknowledged, or a hundred others wait (§6.5.3)', () => {
  const limits = new Http2Limits();
  expect([limits.headerTable, limits.window, limits.frame]).toEqual([4096, 65_535, 16_384]);
  limits.say([[Setting.INITIAL_WINDOW_SIZE, 70_000]]);
  expect(limits.window).toBe(70_000);
  limits.say([[Setting.INITIAL_WINDOW_SIZE, 100]]);
  limits.acknowledge();
  expect(limits.window).toBe(70_000);
  limits.acknowledge();
  expect(limits.window).toBe(100);
  limits.say([[Setting.INITIAL_WINDOW_SIZE, 50]]);
  for (let nth = 1; nth < 100; nth++) limits.say([[Setting.HEADER_TABLE_SIZE, 4096]]);
  expect(limits.window).toBe(100);
  limits.say([]);
  expect(limits.window).toBe(50);
});

test('windows: what is left, and who had to wait (§6.9)', () => {
  const windows = new Http2Windows();
  const way = {sent: 0, granted: 0};
  const spend = (length: number, frameNumber: number, ends = false) =>
    windows.spend({side: 1, stream: 1, frame: frameNumber, length, ends, window: way, initial: 10});
  expect([spend(9, 1), spend(1, 2), spend(0, 3), spend(1, 4)]).toEqual([true, true, true, false]);
  expect(windows.stalls).toEqual([{side: 1, stream: 1, frame: 2, count: 2}]);
  expect(windows.grant(1, 6, way, 10)).toBe(true);
  expect(spend(5, 5, true)).toBe(true);
  expect(windows.stalls[0]?.count).toBe(2);
  const large = {
    side: 0,
    stream: 3,
    frame: 6,
    length: 65_535,
    ends: false,
    window: undefined,
    initial: 0,
  } as const;
  expect([windows.spend(large), windows.spend({...large, length: 1, ends: true})]).toEqual([true, false]);
  expect(windows.stalls[1]).toEqual({side: 0, stream: 0, frame: 6, count: 1});
});

describe('one way of a stream', () => {
  const plain = (name: string, value: string) => ({name, value});

  test('a message of DNS is kept up to 65,535 octets in a hundred pieces (RFC 8484 §6)', () => {
    const kept = (pieces: number, size: number, type = 'application/dns-message') => {
      const way = new Http2Way();
      way.block([plain(':status', '200'), plain('content-type', type)], 'response', 1);
      for (let nth = 0; nth < pieces; nth++) way.content(new Uint8Array(size));
      expect(way.dnsMessage).toBeUndefined();
      way.end(2);
      return way.dnsMessage?.length;
    };
    expect([kept(1, 65_535), kept(1, 65_536), kept(100, 1), kept(101, 1), kept(1, 1, 'text/plain')]).toEqual([
      ...[65_535, undefined, 100, undefined, undefined],
    ]);
  });

  test('up to a hundred trailers; interim answers are no heads (RFC 9110 §15.2)', () => {
    const way = new Http2Way();
    way.block([plain(':status', '199')], 'response', 1);
    expect([way.interim, way.head]).toEqual([[199], undefined]);
    way.block([plain(':status', '200'), plain('x', 'y'), plain('location', '/')], 'response', 2);
    expect(way.head).toEqual({fields: [plain(':status', '200'), plain('location', '/')], frame: 2});
    way.block(
      Array.from({length: 101}, (_, nth) => plain('a', String(nth))),
      'trailers',
      3,
    );
    expect([way.trailers?.length, way.trailers?.at(-1)?.value]).toEqual([100, '99']);
  });

  test('the first end counts; behind a gap there is no hash', () => {
    const way = new Http2Way();
    expect(way.contentHash).toBeUndefined();
    way.content(Uint8Array.of(0x61));
    // SHA-256 of "a".
    expect(way.contentHash).toMatch(/^ca978112/);
    way.end(3);
    way.end(4);
    expect(way.ended).toBe(3);
    expect(way.contentHash).toMatch(/^ca978112/);
    const torn = new Http2Way();
    torn.content(Uint8Array.of(0x61));
    torn.miss(5);
    torn.content(Uint8Array.of(0x61));
    expect([torn.contentBytes, torn.contentHash]).toEqual([7, undefined]);
  });
});
