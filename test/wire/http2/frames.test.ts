// Oracles: Node's HTTP/2, which has written the octets; RFC 9113 §4 and §6; and that it does not matter in which pieces they come.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {decodeFrame, readFrameHeader} from '../../../source/wire/http2/frame.ts';
import {type FramePart, FrameReader, mostPayload, preface} from '../../../source/wire/http2/frame-reader.ts';
import {HpackDecoder} from '../../../source/wire/http2/hpack.ts';
import {frameTypeName} from '../../../source/wire/http2/registry.ts';
import {octetsOf} from '../../../source/wire/octets.ts';
import {runs, seed} from '../../helpers/seeds.ts';
import {converse, type Exchange} from './nodes-http2.ts';

const joined = (pieces: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(pieces.flatMap((piece) => [...piece]));

type Read = {
  readonly types: readonly string[];
  readonly lists: readonly (readonly string[])[];
  readonly content: Uint8Array;
};

/** Frames, header lists and content of one direction. */
const readAll = (pieces: readonly Uint8Array[], fromClient: boolean): Read => {
  const reader = new FrameReader(0, fromClient);
  const decoder = new HpackDecoder();
  const parts = pieces.flatMap((piece) => reader.feed(piece));
  const lists: string[][] = [];
  const types: string[] = [];
  for (const part of parts) {
    if (part.kind !== 'frame') continue;
    types.push(frameTypeName(part.header.type));
    const body = part.payload && decodeFrame(part.header, part.payload);
    if (!body?.ok || body.value.kind !== 'HEADERS') continue;
    const {start, end} = body.value.fragment;
    const block = decoder.decode(part.payload?.subarray(start, end) ?? new Uint8Array(0));
    lists.push(
      block.ok ? block.value.fields.map(({name, value}) => `${name}: ${value}`).sort() : ['refused'],
    );
  }
  return {
    types,
    lists,
    content: joined(parts.flatMap((part) => (part.kind === 'content' ? [part.bytes] : []))),
  };
};

const token = fc.stringMatching(/^[a-z][a-z0-9-]{0,18}$/);
const names = fc.oneof(token, fc.constantFrom('accept', 'user-agent', 'etag', 'x-long'));
const values = fc.oneof(
  fc.stringMatching(/^[!-~]([ -~]{0,60}[!-~])?$/),
  fc.constantFrom('', 'gzip, deflate'),
);
/** Names that HTTP/2 has no place for, or that nghttp2 has opinions on. */
const taken =
  /^(connection|upgrade|host|te|transfer-encoding|keep-alive|proxy-connection|http2-settings|content-length|cookie|date|expect|method|path|scheme|authority|protocol|priority)$/;
const fields = fc
  .dictionary(names, values, {maxKeys: 12, noNullPrototype: true})
  .map((all) => Object.fromEntries(Object.entries(all).filter(([name]) => !taken.test(name))));

const exchange: fc.Arbitrary<Exchange> = fc
  .record({fields, answers: fields, trailers: fields, content: fc.uint8Array({maxLength: 900}), path: token})
  .map(({fields: own, answers, trailers, content, path}) => ({
    request: {':method': content.length > 0 ? 'POST' : 'GET', ':path': `/${path}`, ...own},
    response: {':status': 200, ...answers},
    trailers,
    content,
  }));

const linesOf = (headers: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .sort();

test('what Node has written is read as what it was given, in whatever pieces it comes', async () => {
  const samples = fc.sample(fc.array(exchange, {minLength: 1, maxLength: 6}), {numRuns: runs(300, 15), seed});
  for (const [nth, exchanges] of samples.entries()) {
    const {written, heard} = await converse(exchanges);
    const said = (by: 0 | 1): readonly Uint8Array[] =>
      written.flatMap(({side, bytes}) => (side === by ? [bytes] : []));
    const size = 1 + ((nth * 7) % 40);
    const cut = (octets: Uint8Array): readonly Uint8Array[] =>
      Array.from({length: Math.ceil(octets.length / size)}, (_, at) =>
        octets.subarray(at * size, at * size + size),
      );
    const [asked, answered] = [readAll(said(0), true), readAll(said(1), false)];
    expect(readAll(cut(joined(said(0))), true)).toEqual(asked);
    expect(readAll(cut(joined(said(1))), false)).toEqual(answered);
    expect(asked.lists).toEqual(heard.map(linesOf));
    const shown = exchanges.flatMap(({response, trailers}) => {
      const end = linesOf(trailers);
      return end.length > 0 ? [linesOf(response), end] : [linesOf(response)];
    });
    const lists = answered.lists.map((list) => list.filter((line) => !line.startsWith('date: ')));
    expect(lists).toEqual(shown);
    const content = joined(exchanges.map((each) => each.content));
    expect(answered.content).toEqual(content);
    expect(asked.content).toEqual(content);
  }
});

const frame = (hex: string) => {
  const octets = octetsOf(hex.replaceAll(' ', ''));
  return decodeFrame(readFrameHeader(octets), octets.subarray(9));
};

describe('RFC 9113 §6', () => {
  test.each([
    ['000005 00 08 00000001 02 61 62 0000', {kind: 'DATA', content: {start: 1, end: 3}}],
    [
      '000007 01 2c 00000003 01 80000000 0f 00',
      {kind: 'HEADERS', fragment: {start: 6, end: 6}, priority: {exclusive: true, dependency: 0, weight: 16}},
    ],
    // The reserved bits are none of the numbers (§4.1, §6.3): E is one bit, 31 are the stream.
    [
      '000005 02 00 80000003 ffffffff ff',
      {kind: 'PRIORITY', priority: {exclusive: true, dependency: 2 ** 31 - 1, weight: 256}},
    ],
    [
      '000005 02 00 00000003 7f000001 00',
      {kind: 'PRIORITY', priority: {exclusive: false, dependency: 0x7f000001, weight: 1}},
    ],
    ['000004 03 00 00000001 00000008', {kind: 'RST_STREAM', error: 8}],
    [
      '00000c 04 00 00000000 0002 00000000 0003 00000064',
      {
        kind: 'SETTINGS',
        settings: [
          [2, 0],
          [3, 100],
        ],
      },
    ],
    [
      '000008 07 00 00000000 80000005 00000001',
      {kind: 'GOAWAY', lastStream: 5, error: 1, debug: {start: 8, end: 8}},
    ],
    // The largest and the smallest that each may be (§6.5.2).
    [
      '000018 04 00 00000000 0002 00000001 0004 7fffffff 0005 00004000 0005 00ffffff',
      {
        kind: 'SETTINGS',
        settings: [
          [2, 1],
          [4, 2 ** 31 - 1],
          [5, 16_384],
          [5, 16_777_215],
        ],
      },
    ],
    ['000004 08 00 80000001 80000010', {kind: 'WINDOW_UPDATE', increment: 16}],
    [
      '000006 05 04 00000001 00000002 8284',
      {kind: 'PUSH_PROMISE', fragment: {start: 4, end: 6}, promised: 2},
    ],
    ['000001 fa 00 00000000 00', {kind: 'other'}],
  ])('%s', (hex, body) => expect(frame(hex)).toEqual({ok: true, value: body}));

  test.each([
    ['000002 00 08 00000001 02 61', 'padding'],
    ['000000 00 08 00000001', 'padding'],
    ['000001 00 00 00000000 61', 'stream-zero'],
    ['000004 01 20 00000001 00000000', 'frame-size'],
    ['000004 02 00 00000001 00000000', 'frame-size'],
    ['000005 04 00 00000000 0002000000', 'frame-size'],
    ['000006 04 01 00000000 000200000000', 'frame-size'],
    ['000000 04 00 00000001', 'stream-not-zero'],
    ['000006 04 00 00000000 0002 00000002', 'setting-value'],
    ['000006 04 00 00000000 0004 80000000', 'window-large'],
    ['000006 04 00 00000000 0005 00003fff', 'setting-value'],
    ['000006 04 00 00000000 0005 01000000', 'setting-value'],
    ['000006 04 00 00000000 0008 00000002', 'setting-value'],
    ['000007 06 00 00000000 00000000000000', 'frame-size'],
    ['000007 07 00 00000000 00000000000000', 'frame-size'],
    ['000004 08 00 00000001 80000000', 'window-zero'],
    ['000003 05 00 00000001 000000', 'frame-size'],
  ])('%s is refused: %s', (hex, code) => expect(frame(hex)).toMatchObject({ok: false, error: {code}}));
});

/** What must not depend on how the octets come: neighbouring content is one. */
const told = (parts: readonly FramePart[]): readonly string[] =>
  parts.flatMap((part) => {
    if (part.kind === 'missing') return [`${part.octets} missing`];
    if (part.kind === 'content') return [...part.bytes].map((octet) => `${part.header.stream} ${octet}`);
    return part.kind === 'preface'
      ? [`preface ${part.start} ${part.right}`]
      : [`${part.start} ${JSON.stringify(part.header)} ${part.payload?.join()}`];
  });

const header = (length: number, type: number, flags: number): readonly number[] => [
  ...[length >> 16, length >> 8, length, type, flags, 0, 0, 0, 1].map((octet) => octet & 0xff),
];
const shortFrame = fc
  .tuple(fc.uint8Array({maxLength: 12}), fc.nat(12), fc.constantFrom(0, 1, 4, 8, 0x2d))
  .map(([payload, type, flags]) => [...header(payload.length, type, flags), ...payload]);

test('whatever the octets, and in whatever pieces, the same is read, and each frame decodes to a value', () => {
  const stream = fc.oneof(
    fc.uint8Array({maxLength: 200}),
    fc.array(shortFrame, {maxLength: 8}).map((frames) => Uint8Array.from(frames.flat())),
  );
  fc.assert(
    fc.property(stream, fc.boolean(), fc.integer({min: 1, max: 30}), (octets, fromClient, size) => {
      const whole = new FrameReader(0, fromClient);
      const parts = whole.feed(octets);
      const pieces = new FrameReader(0, fromClient);
      const cut = Array.from({length: Math.ceil(octets.length / size)}, (_, at) =>
        pieces.feed(octets.subarray(at * size, at * size + size)),
      );
      expect(told(cut.flat())).toEqual(told(parts));
      expect(whole.offset).toBe(octets.length);
      for (const part of parts)
        if (part.kind === 'frame' && part.payload)
          expect(decodeFrame(part.header, part.payload)).toHaveProperty('ok');
    }),
    {numRuns: runs(4000)},
  );
});

test('a client that says something else first is found out', () => {
  const wrong = preface.with(3, 0x58);
  expect(new FrameReader(0, true).feed(wrong)).toEqual([{kind: 'preface', start: 0, right: false}]);
});

test('of a frame that is too long nothing is kept, and the next one is read', () => {
  const length = mostPayload + 1;
  const long = Uint8Array.from([...header(length, 1, 4), ...new Uint8Array(length), ...header(0, 4, 1)]);
  const parts = new FrameReader(0, false).feed(long);
  expect(parts.map((part) => part.kind === 'frame' && [part.header.type, part.payload?.length])).toEqual([
    [1, undefined],
    [4, 0],
  ]);
});

test('of DATA the first octet is kept, where the length of its padding stands; no octets are no content', () => {
  const reader = new FrameReader(0, false);
  const kinds = (octets: readonly number[]) =>
    reader
      .feed(Uint8Array.from(octets))
      .map((part) => (part.kind === 'frame' ? part.payload?.length : part.kind));
  expect(kinds(header(5, 0, 8))).toEqual([]);
  expect(kinds([2])).toEqual([]);
  expect(kinds([7, 7, 0])).toEqual(['content']);
  expect(kinds([0])).toEqual([1]);
  expect(kinds(header(0, 0, 1))).toEqual([0]);
});

test('of padding and its length nothing is missing (§6.1)', () => {
  const reader = new FrameReader(0, false);
  reader.feed(Uint8Array.from(header(6, 0, 8)));
  expect(reader.room).toBe(0);
  reader.feed(Uint8Array.of(2, 7));
  expect(reader.room).toBe(4);
  expect(reader.skip(3)).toMatchObject([{kind: 'missing', octets: 2}]);
  expect(reader.offset).toBe(14);
  expect(reader.skip(1)).toMatchObject([{kind: 'missing', octets: 0}, {kind: 'frame'}]);
});

test('content that was not captured is skipped, up to the end of its frame', () => {
  const reader = new FrameReader(0, false);
  reader.feed(Uint8Array.from([...header(5, 0, 1), 1]));
  expect(reader.room).toBe(4);
  expect(reader.skip(4)).toMatchObject([{kind: 'missing', octets: 4}, {kind: 'frame'}]);
  expect(reader.feed(Uint8Array.from(header(0, 4, 1)))).toHaveLength(1);
  expect(reader.room).toBe(0);
});
