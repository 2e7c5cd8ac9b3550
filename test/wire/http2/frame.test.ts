// One frame. Oracles: RFC 9113 §4.1, §5.3.2 and §6 octet by octet, §11.2 and §11.3 (numbers of IANA's registries).
import {describe, expect, test} from 'vitest';
import {decodeFrame, hasFlag, readFrameHeader} from '../../../source/wire/http2/frame.ts';
import {http2Error} from '../../../source/wire/http2/http2-error.ts';
import {FrameType, frameTypeName, settingName} from '../../../source/wire/http2/registry.ts';
import {octetsOf} from '../../../source/wire/octets.ts';

test('a header: length, type, flags, and a stream whose first bit is reserved', () => {
  const header = readFrameHeader(octetsOf('010203' + '04' + '05' + '80000007'));
  expect(header).toEqual({length: 0x010203, type: 4, flags: 5, stream: 7});
  expect(readFrameHeader(octetsOf('000000' + '00' + '00' + 'ffffffff')).stream).toBe(0x7fff_ffff);
  expect(readFrameHeader(new Uint8Array())).toEqual({length: 0, type: 0, flags: 0, stream: 0});
  const flags = ['endStream', 'ack', 'endHeaders', 'padded', 'priority'] as const;
  const set = (octet: number) => flags.filter((flag) => hasFlag({...header, flags: octet}, flag));
  expect([set(1), set(4), set(8), set(0x20), set(0xd2)]).toEqual([
    ...[['endStream', 'ack'], ['endHeaders'], ['padded'], ['priority'], []],
  ]);
});

const decode = (type: keyof typeof FrameType, hex: string, {flags = 0, stream = 1} = {}): unknown => {
  const payload = octetsOf(hex.replaceAll(' ', ''));
  const read = decodeFrame({length: payload.length, type: FrameType[type], flags, stream}, payload);
  if (!read.ok) return read.error.code;
  const {kind: _, ...body} = read.value;
  return body;
};
const [ACK, PADDED, PRIORITY] = [1, 8, 0x20];
const connection = {stream: 0};

describe('DATA (§6.1)', () => {
  test.each([
    ['', 0, {content: {start: 0, end: 0}}],
    ['6162', 0, {content: {start: 0, end: 2}}],
    ['01 61 00', PADDED, {content: {start: 1, end: 2}}],
    ['02 00 00', PADDED, {content: {start: 1, end: 1}}],
    ['00', PADDED, {content: {start: 1, end: 1}}],
    ['03 00 00', PADDED, 'padding'],
    ['', PADDED, 'padding'],
  ])('%j, flags %i', (hex, flags, told) => expect(decode('DATA', hex, {flags})).toEqual(told));
});

describe('HEADERS (§6.2) and PUSH_PROMISE (§6.6)', () => {
  const priority = {exclusive: true, dependency: 5, weight: 256};
  test.each([
    ['8284', 0, {fragment: {start: 0, end: 2}, priority: undefined}],
    ['80000005 ff 82', PRIORITY, {fragment: {start: 5, end: 6}, priority}],
    [
      '00000005 00',
      PRIORITY,
      {fragment: {start: 5, end: 5}, priority: {exclusive: false, dependency: 5, weight: 1}},
    ],
    ['01 80000005 ff 82 00', PADDED | PRIORITY, {fragment: {start: 6, end: 7}, priority}],
    ['00000005', PRIORITY, 'frame-size'],
    ['01 00000005 00', PADDED | PRIORITY, 'frame-size'],
    ['02 82', PADDED, 'padding'],
  ])('%j, flags %i', (hex, flags, told) => expect(decode('HEADERS', hex, {flags})).toEqual(told));

  test.each([
    ['80000002 82', 0, {fragment: {start: 4, end: 5}, promised: 2}],
    ['01 00000002 82 00', PADDED, {fragment: {start: 5, end: 6}, promised: 2}],
    ['00000002', 0, {fragment: {start: 4, end: 4}, promised: 2}],
    ['000000', 0, 'frame-size'],
    ['01 000000 02', PADDED, 'frame-size'],
    ['09 00000002', PADDED, 'padding'],
  ])('a promise %j, flags %i', (hex, flags, told) =>
    expect(decode('PUSH_PROMISE', hex, {flags})).toEqual(told),
  );

  test('CONTINUATION (§6.10)', () =>
    expect(decode('CONTINUATION', '8284')).toEqual({fragment: {start: 0, end: 2}}));
});

describe('SETTINGS (§6.5)', () => {
  test.each([
    ['', 0, {settings: []}],
    ['', ACK, {settings: []}],
    [
      '0001 00001000 0003 ffffffff',
      0,
      {
        settings: [
          [1, 4096],
          [3, 0xffff_ffff],
        ],
      },
    ],
    ['0001 00001000', ACK, 'frame-size'],
    ['0001 000010', 0, 'frame-size'],
    ['0002 00000001', 0, {settings: [[2, 1]]}],
    ['0002 00000002', 0, 'setting-value'],
    ['0008 00000001', 0, {settings: [[8, 1]]}],
    ['0008 00000002', 0, 'setting-value'],
    ['0004 7fffffff', 0, {settings: [[4, 0x7fff_ffff]]}],
    ['0004 80000000', 0, 'window-large'],
    ['0005 00004000', 0, {settings: [[5, 16_384]]}],
    ['0005 00003fff', 0, 'setting-value'],
    ['0005 00ffffff', 0, {settings: [[5, 0xff_ffff]]}],
    ['0005 01000000', 0, 'setting-value'],
    ['0001 00000000 0002 00000007', 0, 'setting-value'],
  ])('%j, flags %i', (hex, flags, told) =>
    expect(decode('SETTINGS', hex, {flags, ...connection})).toEqual(told),
  );
});

test('frames of one size', () => {
  expect(decode('PRIORITY', '80000005 0f')).toEqual({priority: {exclusive: true, dependency: 5, weight: 16}});
  expect(decode('RST_STREAM', '00000008')).toEqual({error: 8});
  expect(decode('PING', '0001020304050607', connection)).toEqual({data: octetsOf('0001020304050607')});
  expect(decode('WINDOW_UPDATE', '80000001')).toEqual({increment: 1});
  expect(decode('WINDOW_UPDATE', '7fffffff', connection)).toEqual({increment: 0x7fff_ffff});
  expect(decode('WINDOW_UPDATE', '80000000')).toBe('window-zero');
  for (const [type, size, stream] of [
    ['PRIORITY', 5, 1],
    ['RST_STREAM', 4, 1],
    ['PING', 8, 0],
    ['WINDOW_UPDATE', 4, 1],
  ] as const)
    for (const other of [size - 1, size + 1])
      expect(decode(type, '01'.repeat(other), {stream}), type).toBe('frame-size');
});

test('GOAWAY (§6.8): eight octets at least', () => {
  const told = {lastStream: 5, error: 1, debug: {start: 8, end: 10}};
  expect(decode('GOAWAY', '80000005 00000001 6869', connection)).toEqual(told);
  expect(decode('GOAWAY', '00000005 00000001', connection)).toEqual({...told, debug: {start: 8, end: 8}});
  expect(decode('GOAWAY', '00000005 000000', connection)).toBe('frame-size');
});

test('what is about a stream, and what about the connection (§6)', () => {
  for (const type of ['DATA', 'HEADERS', 'PRIORITY', 'RST_STREAM', 'PUSH_PROMISE', 'CONTINUATION'] as const)
    expect(decode(type, '0000000501', connection), type).toBe('stream-zero');
  for (const type of ['SETTINGS', 'PING', 'GOAWAY'] as const)
    expect(decode(type, '0000000500000001'), type).toBe('stream-not-zero');
  // Extensions may be about either.
  for (const stream of [0, 1]) expect(decode('ALTSVC', 'ff', {stream})).toEqual({});
});

test('types and settings by name', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 11].map(frameTypeName)).toEqual([
    ...['DATA', 'HEADERS', 'PRIORITY', 'RST_STREAM', 'SETTINGS', 'PUSH_PROMISE', 'PING', 'GOAWAY'],
    ...['WINDOW_UPDATE', 'CONTINUATION', 'ALTSVC', 'ORIGIN', 'PRIORITY_UPDATE', '0xb'],
  ]);
  expect([1, 2, 3, 4, 5, 6, 8, 9, 7].map(settingName)).toEqual([
    ...[
      'HEADER_TABLE_SIZE',
      'ENABLE_PUSH',
      'MAX_CONCURRENT_STREAMS',
      'INITIAL_WINDOW_SIZE',
      'MAX_FRAME_SIZE',
    ],
    ...['MAX_HEADER_LIST_SIZE', 'ENABLE_CONNECT_PROTOCOL', 'NO_RFC7540_PRIORITIES', '0x7'],
  ]);
});

test.each([
  ['frame-size', 'RFC 9113 §4.2', 'FRAME_SIZE_ERROR'],
  ['block-large', 'RFC 9113 §10.5.1', 'ENHANCE_YOUR_CALM'],
  ['stream-ended', 'RFC 9113 §5.1', 'STREAM_CLOSED'],
  ['window-large', 'RFC 9113 §6.9.1', 'FLOW_CONTROL_ERROR'],
  ['window-zero', 'RFC 9113 §6.9', 'PROTOCOL_ERROR'],
  ['hpack-size', 'RFC 7541 §6.3', 'COMPRESSION_ERROR'],
] as const)('%s is %s, %s', (code, clause, error) => expect(http2Error(code)).toEqual({code, clause, error}));
