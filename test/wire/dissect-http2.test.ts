// Rows of frames of HTTP/2, each where its octets stand. Oracle: the pictures of RFC 9113 §4.1 and §6; names are Wireshark's.
import {expect, test} from 'vitest';
import {http2FrameBegun, http2FrameLayer} from '../../source/wire/dissect-http2.ts';
import {decodeFrame, readFrameHeader} from '../../source/wire/http2/frame.ts';
import {HpackDecoder} from '../../source/wire/http2/hpack.ts';
import {octetsOf} from '../../source/wire/octets.ts';

/** Behind the nine octets of the header, without `http2.`: `9-13 rst_stream.error = 8`. */
const rows = (hex: string): readonly string[] => {
  const bytes = octetsOf(hex.replaceAll(' ', ''));
  const body = decodeFrame(readFrameHeader(bytes), bytes.subarray(9));
  if (!body.ok) throw new Error(body.error.code);
  return http2FrameLayer(bytes, {body: body.value, block: undefined})
    .fields.filter(({start}) => start >= 9)
    .map(({name, value, start, end}) => `${start}-${end} ${name.replace('http2.', '')} = ${value}`);
};

test.each<[what: string, hex: string, expected: readonly string[]]>([
  ['DATA', '000002 00 00 00000001 6162', ['9-9 pad_length = 0', '9-11 data.data = 6162']],
  [
    'DATA with padding',
    '000005 00 08 00000001 02 6162 0000',
    ['9-10 pad_length = 2', '10-12 data.data = 6162', '12-14 data.padding = 0000'],
  ],
  [
    'HEADERS with a priority',
    '000007 01 24 00000003 80000005 0f 8284',
    [
      ...['9-9 pad_length = 0', '9-13 exclusive = 1', '9-13 stream_dependency = 5'],
      ...['13-14 headers.weight = 15', '13-13 headers.weight_real = 16', '14-16 headers = 8284'],
    ],
  ],
  [
    'HEADERS with padding and a priority',
    '000009 01 2c 00000003 01 00000005 0f 8284 00',
    [
      ...['9-10 pad_length = 1', '10-14 exclusive = 0', '10-14 stream_dependency = 5'],
      ...['14-15 headers.weight = 15', '14-14 headers.weight_real = 16', '15-17 headers = 8284'],
    ],
  ],
  ['CONTINUATION', '000002 09 04 00000003 8284', ['9-11 headers = 8284']],
  ['RST_STREAM', '000004 03 00 00000001 00000008', ['9-13 rst_stream.error = 8']],
  [
    'SETTINGS',
    '000012 04 00 00000000 0002 00000000 0003 00000064 00ff 00000007',
    [
      ...['9-11 settings.id = 2', '11-15 settings.enable_push = 0', '15-17 settings.id = 3'],
      ...[
        '17-21 settings.max_concurrent_streams = 100',
        '21-23 settings.id = 255',
        '23-27 settings.unknown = 7',
      ],
    ],
  ],
  ['PING', '000008 06 00 00000000 0001020304050607', ['9-17 ping = 0001020304050607']],
  ['PING, answered', '000008 06 01 00000000 0001020304050607', ['9-17 pong = 0001020304050607']],
])('%s', (_, hex, expected) => expect(rows(hex)).toEqual(expected));

test('of a stream identifier and a window increment the first bit is reserved', () => {
  expect(rows('000004 08 00 00000001 80000010').map((row) => row.replace(/ .*=/, ''))).toEqual(
    expect.arrayContaining(['9-13 16']),
  );
  const promise = rows('000006 05 04 00000001 80000002 8284');
  expect(promise).toContain('13-15 push_promise.header = 8284');
  expect(promise.some((row) => row.endsWith('push_promise.promised_stream_id = 2'))).toBe(true);
  const goaway = rows('00000a 07 00 00000000 80000005 00000001 6869');
  expect(goaway.some((row) => row.endsWith('goaway.last_stream_id = 5'))).toBe(true);
  expect(goaway).toContain('13-17 goaway.error = 1');
});

// The four kinds of RFC 7541, in the words of its appendix C.2, and a change of the table's size (§6.3).
test('fields of a header block: how each is written, and where', () => {
  const octets = octetsOf(
    '82 400a637573746f6d2d6b65790d637573746f6d2d686561646572 040c2f73616d706c652f70617468'.replaceAll(
      ' ',
      '',
    ),
  );
  const never = octetsOf('100870617373776f726406736563726574');
  const update = octetsOf('3fe11f');
  const block = Uint8Array.from([...update, ...octets, ...never]);
  const read = new HpackDecoder().decode(block);
  const bytes = Uint8Array.from([...octetsOf(`0000${block.length.toString(16)}010400000001`), ...block]);
  const body = decodeFrame(readFrameHeader(bytes), block);
  if (!read.ok || !body.ok) throw new Error('cannot be read');
  const {fields} = http2FrameLayer(bytes, {body: body.value, block: {read: read.value, octets: block}});
  const listed = fields.filter(({name}) => /header\.|header_table/.test(name));
  expect(listed.map(({name, value, start, end}) => `${start}-${end} ${name.slice(6)} = ${value}`)).toEqual([
    ...['9-9 header.count = 5', '9-12 header_table_size_update.header_table_size = 4096'],
    ...[
      '12-13 header.name = :method',
      '12-13 header.value = GET',
      '12-13 header.repr = Indexed Header Field',
    ],
    ...['12-13 header.index = 2', '13-39 header.name = custom-key', '13-39 header.value = custom-header'],
    '13-39 header.repr = Literal Header Field with Incremental Indexing - New Name',
    ...['39-53 header.name = :path', '39-53 header.value = /sample/path'],
    '39-53 header.repr = Literal Header Field without Indexing - Indexed Name',
    ...['39-53 header.index = 4', '53-70 header.name = password', '53-70 header.value = secret'],
    '53-70 header.repr = Literal Header Field never Indexed - New Name',
  ]);
});

test('of a frame that goes on behind what is there its header is read, once all nine octets have come', () => {
  const begun = octetsOf('000002000000000001 61'.replaceAll(' ', ''));
  for (const octets of [9, 10]) {
    const layer = http2FrameBegun(begun.subarray(0, octets));
    expect(layer).toMatchObject({protocol: 'http2', start: 0, end: octets});
    expect(layer?.fields.map(({name, value}) => [name, value])).toContainEqual(['http2.length', '2']);
  }
  expect(http2FrameBegun(begun.subarray(0, 8))).toBeUndefined();
});
