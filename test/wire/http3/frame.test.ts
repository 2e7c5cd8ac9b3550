// RFC 9114 §6.2, §7: streams written out by hand, as the figures draw them; and that it does not matter in which pieces they come.
import {describe, expect, it} from 'vitest';
import {
  Http3FrameReader,
  http3FrameName,
  http3Rows,
  isReserved,
  settingName,
  settingsIn,
} from '../../../source/wire/http3/frame.ts';
import {hexOf, octetsOf} from '../../../source/wire/octets.ts';
import {varint} from '../../../source/wire/quic/varint.ts';
import {joinBytes} from '../../../source/wire/tls/presentation.ts';

const octets = (hex: string): Uint8Array => octetsOf(hex.replaceAll(' ', ''));

/** What a stream is read as that comes in pieces of `size` octets. */
const read = (bytes: Uint8Array, size = bytes.length) => {
  const reader = new Http3FrameReader();
  const parts = [];
  for (let at = 0; at < bytes.length; at += size) parts.push(...reader.feed(bytes.subarray(at, at + size)));
  const content = parts.flatMap((part) => (part.kind === 'content' ? [hexOf(part.bytes)] : [])).join('');
  const frames = parts.flatMap((part) =>
    part.kind === 'frame' ? [[part.type, part.size, part.payload && hexOf(part.payload)]] : [],
  );
  return {content, frames, inside: reader.inside};
};

describe('frames (§7.1)', () => {
  // HEADERS; DATA, twice, the second with its length in two octets; an empty SETTINGS; a type of eight octets.
  const stream = octets('01 02 aabb  00 03 010203  00 4002 0405  04 00  c0000000000f0700 01 ee');

  it.each([1, 2, 3, 5, 100])('in pieces of %i', (size) => {
    expect(read(stream, size)).toEqual({
      content: '0102030405',
      frames: [
        [0x01, 2, 'aabb'],
        [0x00, 3, undefined],
        [0x00, 2, undefined],
        [0x04, 0, ''],
        [0xf0700, 1, 'ee'],
      ],
      inside: false,
    });
  });

  it.each(['01', '0140', '0102aa', '0003aa'])('%s is not whole', (hex) => {
    expect(read(octets(hex))).toMatchObject({frames: [], inside: true});
  });

  it('one that is too long to keep is passed over, the next is read', () => {
    const kept = (size: number) =>
      new Http3FrameReader()
        .feed(joinBytes([octets('01'), varint.write(size), new Uint8Array(size), octets('07 01 05')]))
        .map((part) => part.kind === 'frame' && [part.type, part.size, part.payload?.length]);
    const most = 1 << 18;
    expect(kept(most)).toEqual([
      [1, most, most],
      [7, 1, 1],
    ]);
    expect(kept(most + 1)).toEqual([
      [1, most + 1, undefined],
      [7, 1, 1],
    ]);
  });
});

describe('names', () => {
  it('reserved are 0x1f * N + 0x21 (§7.2.8)', () => {
    expect([0x02, 0x20, 0x21, 0x22, 0x40, 0x5f, 0x60].map(isReserved)).toEqual([
      ...[false, false, true, false, true, true, false],
    ]);
    expect([0x0d, 0x21, 0x02, 0xf0700].map(http3FrameName)).toEqual([
      ...['MAX_PUSH_ID', 'GREASE', '0x2', 'PRIORITY_UPDATE'],
    ]);
  });

  it('settings (§7.2.4.1, RFC 9204 §5, RFC 9220 §5, RFC 9297 §5.1)', () => {
    expect([1, 6, 7, 8, 0x33, 0x21].map(settingName)).toEqual([
      ...['QPACK_MAX_TABLE_CAPACITY', 'MAX_FIELD_SECTION_SIZE', 'QPACK_BLOCKED_STREAMS'],
      ...['ENABLE_CONNECT_PROTOCOL', 'H3_DATAGRAM', '0x21'],
    ]);
  });
});

it('settings up to the first that is cut', () => {
  expect(settingsIn(octets('01 5000 07 40'))).toEqual([[1, 4096]]);
  expect(settingsIn(octets('01 5000 06 05'))).toEqual([
    [1, 4096],
    [6, 5],
  ]);
});

describe('rows', () => {
  const rows = (hex: string, stream: number) =>
    http3Rows(octets(hex), stream).map(({name, value, start, end}) => `${name} ${value} ${start}-${end}`);

  it('of a control stream: its type, SETTINGS as octets and by name, other frames as octets', () => {
    expect(rows('00 04 05 01 5000 33 01 07 01 05', 3)).toEqual([
      ...['http3.stream_type 0 0-1', 'http3.frame_type 4 1-2', 'http3.frame_length 5 2-3'],
      'http3.frame_payload 0150003301 3-8',
      ...['http3.settings.id 1 3-4', 'http3.settings.qpack.max_table_capacity 4096 4-6'],
      ...['http3.settings.id 51 6-7', 'http3.settings.value 1 7-8'],
      ...['http3.frame_type 7 8-9', 'http3.frame_length 1 9-10', 'http3.frame_payload 05 10-11'],
    ]);
  });

  it('of a request: frames at once; of one that is cut what is there', () => {
    expect(rows('01 00 01 03 aabb', 0)).toEqual([
      ...['http3.frame_type 1 0-1', 'http3.frame_length 0 1-2'],
      ...['http3.frame_type 1 2-3', 'http3.frame_length 3 3-4', 'http3.frame_payload aabb 4-6'],
    ]);
    expect(rows('01', 0)).toEqual(['http3.frame_type 1 0-1']);
  });

  it('of an encoder stream: its type alone', () => {
    expect(rows('02 3fe11f', 2)).toEqual(['http3.stream_type 2 0-1']);
  });
});
