// Oracles: RFC 9113, clause by clause; Node's HTTP/2, which breaks no rule; bounds that no input may pass.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {Http2Connection} from '../../source/observe/http2-connection.ts';
import {preface} from '../../source/wire/http2/frame-reader.ts';
import type {Http2ErrorCode} from '../../source/wire/http2/http2-error.ts';
import {Setting} from '../../source/wire/http2/registry.ts';
import {runs} from '../helpers/seeds.ts';
import {converse} from '../wire/http2/nodes-http2.ts';
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

const faultsOf = (said: readonly Said[]) => hold(said).faults;

const asked: Said = ['client', headers(1, get)];
const open: Said = ['client', headers(1, get, 4)];
const max = 2 ** 31 - 1;

type Case = readonly [code: Http2ErrorCode, by: 'client' | 'server', clause: string, said: readonly Said[]];

const cases: readonly Case[] = [
  ['frame-large', 'client', '§4.2', [open, ['client', data(1, 16_385)]]],
  ['frame-size', 'server', '§4.2', [['server', frame('PING', [1, 2, 3])]]],
  [
    'block-interrupted',
    'client',
    '§4.3',
    [['client', headers(1, get, 0), frame('PING', word(0).concat(word(0)))]],
  ],
  ['stream-idle', 'client', '§5.1', [['client', data(1, 1)]]],
  ['stream-idle', 'server', '§5.1', [['server', frame('RST_STREAM', word(8), {stream: 7})]]],
  ['stream-ended', 'client', '§5.1', [asked, ['client', data(1, 1)]]],
  ['stream-number', 'client', '§5.1.1', [['client', headers(2, get)]]],
  [
    'stream-number',
    'client',
    '§5.1.1',
    [
      ['client', headers(5, get)],
      ['client', headers(3, get)],
    ],
  ],
  ['stream-zero', 'client', '§6', [['client', headers(0, get)]]],
  ['stream-not-zero', 'server', '§6', [['server', frame('SETTINGS', [], {stream: 1})]]],
  ['padding', 'client', '§6.1', [open, ['client', frame('DATA', [9, 1], {flags: 8, stream: 1})]]],
  ['setting-value', 'server', '§6.5.2', [['server', settings([Setting.ENABLE_PUSH, 2])]]],
  [
    'push-promise',
    'client',
    '§8.4',
    [asked, ['client', frame('PUSH_PROMISE', [...word(2), ...get], {flags: 4, stream: 1})]],
  ],
  ['window-zero', 'client', '§6.9', [asked, ['client', windowUpdate(1, 0)]]],
  [
    'window-beyond',
    'server',
    '§6.9.1',
    [
      ['client', settings([Setting.INITIAL_WINDOW_SIZE, 10])],
      ['server', settingsAck],
      asked,
      ['server', headers(1, ok200, 4), data(1, 11)],
    ],
  ],
  ['window-large', 'client', '§6.9.1', [['client', windowUpdate(0, max)]]],
  ['continuation', 'client', '§6.10', [asked, ['client', frame('CONTINUATION', get, {flags: 4, stream: 1})]]],
  [
    'length-differs',
    'server',
    '§8.1.1',
    [asked, ['server', headers(1, [...ok200, ...field('content-length', '5')], 4), data(1, 4, 1)]],
  ],
  ['field-name', 'client', '§8.2.1', [['client', headers(1, [...get, ...field('Accept', 'a')])]]],
  ['field-value', 'client', '§8.2.1', [['client', headers(1, [...get, ...field('x', 'a\r\nb: c')])]]],
  [
    'field-of-connection',
    'client',
    '§8.2.2',
    [['client', headers(1, [...get, ...field('transfer-encoding', 'chunked')])]],
  ],
  ['pseudo-field', 'client', '§8.3', [['client', headers(1, [...field('a', 'b'), ...get])]]],
  ['pseudo-field', 'client', '§8.3', [['client', headers(1, [0x82])]]],
  ['pseudo-field', 'server', '§8.3', [asked, ['server', headers(1, field('a', 'b'))]]],
  ['hpack-index', 'client', '§2.3.3', [['client', headers(1, [...get, 0xc0])]]],
];

describe('what is against the rules', () => {
  test.each(cases)('%s of the %s (%s)', (code, by, clause, said) => {
    const found = faultsOf(said);
    expect(found.map((fault) => [fault.code, fault.side])).toEqual([[code, by === 'client' ? 0 : 1]]);
    expect(found[0]?.clause).toMatch(new RegExp(`^RFC (9113|7541) ${clause}$`));
  });

  test('a client that says something else than its preface', () => {
    const http2 = new Http2Connection({start: 'alpn', client: 0});
    http2.take(0, {kind: 'bytes', start: 0, bytes: preface.with(4, 0x41), frame: 1}, 1);
    expect(http2.faults).toMatchObject([{code: 'preface', clause: 'RFC 9113 §3.4'}]);
  });

  test('nothing is held against anybody behind octets that were not captured', () => {
    const http2 = hold([asked]);
    http2.take(1, {kind: 'hole', start: 18, end: 30}, 9);
    http2.take(0, {kind: 'bytes', start: 51, bytes: Uint8Array.from(headers(2, get)), frame: 10}, 10);
    expect(http2.faults).toEqual([]);
    expect(http2.lost).toEqual({side: 1, frame: 9});
    expect(http2.streams.map(({id}) => id)).toEqual([1, 2]);
  });
});

// RFC 9113 §6.9.2: a change of the initial window counts for streams that are open, and may make their windows negative.
test('a window that is made smaller counts when that is acknowledged, one made larger at once', () => {
  const smaller: Said = ['client', settings([Setting.INITIAL_WINDOW_SIZE, 5])];
  const before: Said = ['server', headers(1, ok200, 4), data(1, 100)];
  expect(
    faultsOf([asked, smaller, before, ['server', settingsAck], ['client', windowUpdate(1, 96)]]),
  ).toEqual([]);
  const more: Said = ['server', data(1, 2)];
  const granted: Said = ['client', windowUpdate(1, 96)];
  expect(faultsOf([asked, smaller, before, ['server', settingsAck], granted, more])).toMatchObject([
    {code: 'window-beyond', side: 1, stream: 1},
  ]);
  const larger: Said = ['client', settings([Setting.INITIAL_WINDOW_SIZE, 100])];
  const ten: Said = ['client', settings([Setting.INITIAL_WINDOW_SIZE, 10])];
  expect(faultsOf([ten, ['server', settingsAck], larger, asked, before])).toEqual([]);
});

test('who used a window up while there was more to send is told, with the packet that did so first', () => {
  const ten: Said = ['client', settings([Setting.INITIAL_WINDOW_SIZE, 10])];
  const said: readonly Said[] = [
    ...[ten, ['server', settingsAck] as const, asked],
    ['server', headers(1, ok200, 4), data(1, 10)],
    ['client', windowUpdate(1, 10)],
    ['server', data(1, 10)],
    ['client', windowUpdate(1, 10)],
    ['server', data(1, 10, 1)],
  ];
  expect(hold(said).stalls).toEqual([{side: 1, stream: 1, frame: 7, count: 2}]);
});

describe('streams (RFC 9113 §5.1, §8.1)', () => {
  test.each([
    ['open', [open]],
    ['half-closed', [asked]],
    ['closed', [asked, ['server', headers(1, ok200)]]],
    ['reset', [asked, ['client', frame('RST_STREAM', word(8), {stream: 1})]]],
    ['closed', [asked, ['server', headers(1, ok200)], ['client', frame('RST_STREAM', word(0), {stream: 1})]]],
  ] as const satisfies readonly (readonly [string, readonly Said[]])[])('%s', (end, said) => {
    expect(hold(said).streams.map((stream) => stream.end)).toEqual([end]);
  });

  test('interim responses, the final one, content and trailers', () => {
    const [stream] = hold([
      asked,
      ['server', headers(1, field(':status', '103'), 4), headers(1, ok200, 4), data(1, 3)],
      ['server', headers(1, field('grpc-status', '0'))],
    ]).streams;
    expect(stream?.response.interim).toEqual([103]);
    expect(stream?.response.value(':status')).toBe('200');
    expect(stream?.response.contentBytes).toBe(3);
    expect(stream?.response.trailers).toEqual([{name: 'grpc-status', value: '0'}]);
    // SHA-256 of "aaa".
    expect(stream?.response.contentHash).toMatch(/^9834876dcfb05cb1/);
  });

  test('a promised stream has the request of its promise (§8.4)', () => {
    const promise = frame('PUSH_PROMISE', [...word(2), ...get], {flags: 4, stream: 1});
    const {streams, faults} = hold([asked, ['server', promise, headers(2, ok200)]]);
    expect(faults).toEqual([]);
    expect(streams[1]).toMatchObject({id: 2, promisedOn: 1, end: 'closed'});
    expect(streams[1]?.request.value(':path')).toBe('/');
  });

  test('a header block in three frames is one', () => {
    const parts: Said = [
      'client',
      headers(1, get.slice(0, 1), 1),
      frame('CONTINUATION', get.slice(1, 2), {stream: 1}),
      frame('CONTINUATION', get.slice(2), {flags: 4, stream: 1}),
    ];
    const {streams, faults} = hold([parts]);
    expect(faults).toEqual([]);
    expect(streams[0]?.request.value(':path')).toBe('/');
    expect(streams[0]?.request.headerBytes).toBe(3);
  });

  test('content that was not captured is counted, and has no hash', () => {
    const http2 = hold([asked]);
    const start = 18;
    const octets = Uint8Array.from([...headers(1, ok200, 4), ...data(1, 10).slice(0, 12)]);
    http2.take(1, {kind: 'bytes', start, bytes: octets, frame: 5}, 5);
    http2.take(1, {kind: 'hole', start: start + octets.length, end: start + octets.length + 7}, 6);
    const rest = Uint8Array.from(data(1, 1, 1));
    http2.take(1, {kind: 'bytes', start: start + octets.length + 7, bytes: rest, frame: 6}, 6);
    expect(http2.streams[0]).toMatchObject({end: 'closed'});
    expect(http2.streams[0]?.response.contentBytes).toBe(11);
    expect(http2.streams[0]?.response.contentHash).toBeUndefined();
  });
});

test('what Node says breaks no rule, and every exchange is found', async () => {
  const content = new Uint8Array(70_000).fill(7);
  const statuses = [200, 201, 202, 203, 206];
  const exchanges = Array.from({length: 5}, (_, nth) => ({
    request: {
      ':method': nth % 2 === 0 ? 'POST' : 'GET',
      ':path': `/${nth}`,
      'x-long': 'y'.repeat(9000 * nth),
    },
    response: {':status': statuses[nth]},
    content: nth % 2 === 0 ? content : new Uint8Array(0),
    trailers: {'grpc-status': String(nth)},
  }));
  const {written} = await converse(exchanges);
  const http2 = new Http2Connection({start: 'prior-knowledge', client: 0});
  const at = [0, 0];
  for (const {side, bytes} of written) {
    const start = at[side] ?? 0;
    http2.take(side, {kind: 'bytes', start, bytes, frame: 1}, 1);
    at[side] = start + bytes.length;
  }
  expect(http2.faults).toEqual([]);
  expect(http2.frames.get('CONTINUATION')).toBeGreaterThan(0);
  expect(
    http2.streams.map(({end, request, response}) => [end, request.value(':path'), response.value(':status')]),
  ).toEqual(statuses.map((status, nth) => ['closed', `/${nth}`, String(status)]));
  expect(http2.streams.map(({request}) => request.contentBytes)).toEqual([70_000, 0, 70_000, 0, 70_000]);
  expect(http2.streams.map(({response}) => response.trailers?.[0]?.value)).toEqual(['0', '1', '2', '3', '4']);
});

const noise = fc.tuple(
  fc.constantFrom<'client' | 'server'>('client', 'server'),
  fc.array(
    fc
      .tuple(
        fc.constantFrom<Parameters<typeof frame>[0]>(
          ...([
            'DATA',
            'HEADERS',
            'SETTINGS',
            'PUSH_PROMISE',
            'WINDOW_UPDATE',
            'CONTINUATION',
            'RST_STREAM',
          ] as const),
        ),
        fc.array(fc.nat(255), {maxLength: 14}),
        fc.nat(63),
        fc.nat(5),
      )
      .map(([type, payload, flags, stream]) => frame(type, payload, {flags, stream})),
    {minLength: 1, maxLength: 5},
  ),
);

test('whatever is said, in whatever pieces, the same is told', () => {
  fc.assert(
    fc.property(fc.array(noise, {maxLength: 6}), fc.integer({min: 1, max: 20}), (said, size) => {
      const all = said.map(([who, frames]): Said => [who, ...frames]);
      const told = ({frames, faults, streams, stalls}: Http2Connection) =>
        JSON.stringify([
          [...frames],
          faults,
          streams.map((each) => [each.id, each.end, each.request, each.response]),
          stalls,
        ]);
      expect(told(hold(all, {}, size))).toBe(told(hold(all)));
    }),
    {numRuns: runs(2000)},
  );
});

test('a hundred thousand small frames cost no more than their counts', () => {
  const ping = frame('PING', [1, 2, 3, 4, 5, 6, 7, 8]);
  const many = Uint8Array.from(Array.from({length: 1000}, () => ping).flat());
  const http2 = hold([]);
  for (let nth = 0; nth < 100; nth++)
    http2.take(1, {kind: 'bytes', start: 18 + nth * many.length, bytes: many, frame: 4}, 4);
  expect(http2.frames.get('PING')).toBe(100_000);
  expect(http2.pings.length).toBe(10_000);
});

test('of so many farewells no more are kept either', () => {
  const farewell = frame('GOAWAY', [...word(1), ...word(2)]);
  const many = Uint8Array.from(Array.from({length: 1001}, () => farewell).flat());
  const http2 = hold([]);
  for (let nth = 0; nth < 10; nth++)
    http2.take(1, {kind: 'bytes', start: 18 + nth * many.length, bytes: many, frame: 4}, 4);
  expect(http2.frames.get('GOAWAY')).toBe(10_010);
  expect(http2.goaways.length).toBe(10_000);
});

test('a header block that does not end is let go of', () => {
  const part = frame(
    'CONTINUATION',
    Array.from({length: 16_000}, () => 0x82),
    {stream: 1},
  );
  const {faults} = hold([['client', headers(1, get, 0), ...Array.from({length: 17}, () => part)]]);
  expect(faults.map(({code}) => code)).toContain('block-large');
});

test.each<[string, Said]>([
  ['broken into by DATA', ['client', headers(1, get, 1), data(3, 1), headers(5, get)]],
  ['with longer padding (§6.2)', ['client', headers(1, [9, ...get], 0xd), headers(5, get)]],
  ['that cannot be decoded (RFC 7541 §2.3.3)', ['client', headers(1, [0xff, 0x80, 0x01]), headers(5, get)]],
  // A header block cannot be read: nor can those behind it, for nobody knows the table.
])('the table is lost %s', (_, said) => {
  const {streams, faults} = hold([said]);
  expect(faults.length).toBeGreaterThan(0);
  expect(streams.find(({id}) => id === 5)?.request.value(':path')).toBeUndefined();
  // The other end has a table of its own.
  const {streams: both} = hold([['client', headers(1, get)], said, ['server', headers(1, ok200)]]);
  expect(both[0]?.response.value(':status')).toBe('200');
});
