// Oracles: what capinfos and tcpdump said when the captures were recorded, and files built here byte by byte.
import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {CaptureReader} from '../../../source/wire/pcap/reader.ts';
import {runs} from '../../helpers/seeds.ts';
import {captureFiles, captureFolder, type ReadCapture, readBytes, readCapture} from '../captures.ts';
import {type Endian, ngBlock, ngOption, pcapFile, section} from './bytes.ts';

const counts: Readonly<Record<string, number>> = {
  '00a-handshake-only.pcap': 6,
  '00b-handshake-small-mss.pcapng': 9,
  '18d-vlan-tagged.pcap': 15,
  '18h-short-snap-length.pcap': 26,
  '19e-unknown-blocks.pcapng': 15,
  '19k-unsupported-link-type.pcap': 4,
};

test.each(Object.entries(counts))('%s has %i packets', (name, count) => {
  const {records, error} = readCapture(name);
  expect(error).toBeUndefined();
  expect(records.map(({frameNumber}) => frameNumber)).toEqual(
    Array.from({length: count}, (_, index) => index + 1),
  );
});

test('file offsets lead to the bytes', () => {
  for (const name of captureFiles) {
    const file = readFileSync(captureFolder + name);
    for (const {bytes, fileOffset} of readCapture(name).records) {
      expect(file.subarray(fileOffset, fileOffset + bytes.length).equals(bytes)).toBe(true);
    }
  }
});

test('chunks of any size give the same records', () => {
  const name = fc.constantFrom(
    '19e-unknown-blocks.pcapng',
    '18h-short-snap-length.pcap',
    '19i-ng-cut-inside-block.pcapng',
  );
  fc.assert(
    fc.property(
      name,
      fc.array(fc.integer({min: 1, max: 400}), {minLength: 1, maxLength: 20}),
      (one, sizes) => {
        const file = readFileSync(captureFolder + one);
        const reader = new CaptureReader();
        const records = [];
        for (let at = 0, turn = 0; at < file.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          records.push(...reader.push(file.subarray(at, at + size)).records);
          at += size;
        }
        const whole = readCapture(one);
        expect(records).toEqual(whole.records);
        expect(reader.end()).toEqual(whole.error);
      },
    ),
    {numRuns: runs(100)},
  );
});

describe('files that are damaged', () => {
  test.each([
    ['19a-bad-magic.pcap', {code: 'not-a-capture', offset: 0}, 0],
    ['19c-empty-file.pcap', {code: 'empty', offset: 0}, 0],
    ['19g-cut-inside-record-header.pcap', {code: 'cut', offset: 402, frameNumber: 6}, 5],
  ])('%s', (name, error, count) => {
    const {records, error: found} = readCapture(name);
    expect(found).toEqual(error);
    expect(records).toHaveLength(count);
  });

  test('19i: cut inside a block, the records before it are whole', () => {
    const {records, error} = readCapture('19i-ng-cut-inside-block.pcapng');
    expect(records).toHaveLength(6);
    expect(error).toMatchObject({code: 'cut', frameNumber: 7});
  });

  test('19k: a link type that is not known is told', () => {
    expect(readCapture('19k-unsupported-link-type.pcap').reader.interfaces).toMatchObject([
      {linkType: 195, supported: false},
    ]);
  });

  test('text is no capture', () => {
    const text = (value: string) => readBytes(Buffer.from(value)).error;
    expect(text('\x89PNG\r\n\x1a\n')).toEqual({code: 'not-a-capture', offset: 0});
    expect(text('ab')).toEqual({code: 'not-a-capture', offset: 0});
  });

  test('half a file header is cut', () => {
    expect(readBytes(pcapFile('little', 1).subarray(0, 23)).error).toEqual({
      code: 'cut',
      offset: 0,
      frameNumber: 1,
    });
  });

  test('a header without packets is a capture of nothing', () => {
    expect(readBytes(pcapFile('little', 1))).toMatchObject({records: [], error: undefined});
  });

  test('a length that lies is refused at once, without waiting for its bytes', () => {
    const record = Buffer.alloc(16);
    record.writeUInt32LE(0x7fffffff, 8);
    const file = Buffer.concat([pcapFile('little', 1), record]);
    const limit = 16 * 1024 * 1024;
    expect(readBytes(file).error).toEqual({code: 'too-long', offset: 24, length: 0x7fffffff, limit});
    const block = Buffer.concat([
      section('big'),
      Buffer.from('00000006 fffffffc'.replace(' ', ''), 'hex'),
      Buffer.alloc(4),
    ]);
    expect(readBytes(block).error).toMatchObject({code: 'too-long', offset: 28, length: 0xfffffffc});
  });

  test('after an error nothing is read, and the error stays', () => {
    const reader = new CaptureReader();
    const {error} = reader.push(Buffer.from('nonsense'));
    expect(reader.push(pcapFile('little', 1))).toEqual({records: [], error});
    expect(reader.end()).toEqual(error);
  });

  test('any bytes behind a good beginning: records or an error', () => {
    const starts = fc.constantFrom(pcapFile('big', 1), section('little'), section('big'), Buffer.alloc(0));
    fc.assert(
      fc.property(starts, fc.uint8Array({maxLength: 300}), (start, bytes) => {
        expect(Array.isArray(readBytes(Buffer.concat([start, bytes])).records)).toBe(true);
      }),
      {numRuns: runs(2000)},
    );
  });
});

describe('classic pcap', () => {
  const frame = Uint8Array.of(1, 2, 3);

  test.each<[Endian, 1 | 1000]>([
    ['little', 1],
    ['big', 1],
    ['little', 1000],
    ['big', 1000],
  ])('%s-endian, %i units to a microsecond', (endian, units) => {
    const fraction = units === 1 ? 654_321 : 654_321_987;
    const file = pcapFile(endian, units, {
      seconds: 1_700_000_000,
      fraction,
      originalLength: 60,
      bytes: frame,
    });
    expect(readBytes(file).records).toEqual([
      {
        frameNumber: 1,
        atUs: 1_700_000_000_654_321,
        nanoseconds: units === 1 ? 0 : 987,
        linkType: 1,
        originalLength: 60,
        bytes: frame,
        fileOffset: 40,
        comments: [],
      },
    ]);
  });
});

test('the link type is the lower half of its word; raw IP has had other numbers', () => {
  const linkTypeOf = (word: number): number | undefined => {
    const file = pcapFile('little', 1);
    file.writeUInt32LE(word, 20);
    return readBytes(file).reader.interfaces[0]?.linkType;
  };
  expect([0x24000001, 12, 14, 101].map(linkTypeOf)).toEqual([1, 101, 101, 101]);
});

describe.each<Endian>(['little', 'big'])('pcapng, %s-endian', (endian) => {
  const uint = (...words: readonly number[]): Buffer =>
    Buffer.concat(
      words.map((word) => {
        const buffer = Buffer.alloc(4);
        if (endian === 'little') buffer.writeUInt32LE(word);
        else buffer.writeUInt32BE(word);
        return buffer;
      }),
    );
  const short = (word: number): Buffer =>
    endian === 'little' ? Buffer.from([word, 0]) : Buffer.from([0, word]);
  const option = (code: number, value: Uint8Array): Buffer => ngOption(endian, code, value);
  const block = (type: number, ...body: readonly Uint8Array[]): Buffer => ngBlock(endian, type, ...body);
  const interfaceOf = (linkType: number, ...options: readonly Uint8Array[]): Buffer =>
    block(1, short(linkType), short(0), uint(64), ...options);
  const packet = (id: number, high: number, low: number, ...options: readonly Uint8Array[]): Buffer =>
    block(6, uint(id, high, low, 3, 60), Buffer.from([7, 8, 9, 0]), ...options);
  const readAll = (...blocks: readonly Uint8Array[]): ReadCapture =>
    readBytes(Buffer.concat([section(endian), ...blocks]));

  test('a packet with comments', () => {
    const comments = [option(1, Buffer.from('erster')), option(1, Buffer.from('第二'))];
    expect(readAll(interfaceOf(1), packet(0, 0, 5, ...comments)).records).toEqual([
      {
        frameNumber: 1,
        atUs: 5,
        nanoseconds: 0,
        linkType: 1,
        originalLength: 60,
        bytes: Uint8Array.of(7, 8, 9),
        fileOffset: 28 + 20 + 28,
        comments: ['erster', '第二'],
      },
    ]);
  });

  test.each<[string, readonly number[], bigint, number, number]>([
    ['microseconds by default', [], 1_700_000_000_123_456n, 1_700_000_000_123_456, 0],
    ['nanoseconds', [9], 1_700_000_000_123_456_789n, 1_700_000_000_123_456, 789],
    ['milliseconds', [3], 7n, 7000, 0],
    ['halves of seconds', [0x81], 3n, 1_500_000, 0],
    ['2^-10 seconds', [0x8a], 1n, 976, 562],
  ])('time in %s', (_, resolution, units, atUs, nanoseconds) => {
    const options = resolution.map((value) => option(9, Uint8Array.of(value)));
    const stamp = [Number(units >> 32n), Number(units & 0xffffffffn)] as const;
    expect(readAll(interfaceOf(1, ...options), packet(0, ...stamp)).records).toMatchObject([
      {atUs, nanoseconds},
    ]);
  });

  test('an offset of whole seconds, negative too', () => {
    const minusOne = option(14, new Uint8Array(8).fill(0xff));
    expect(readAll(interfaceOf(1, minusOne), packet(0, 0, 2_000_001)).records).toMatchObject([
      {atUs: 1_000_001},
    ]);
    const five = [5, 0, 0, 0, 0, 0, 0, 0];
    const plusFive = option(14, Uint8Array.from(endian === 'little' ? five : five.toReversed()));
    expect(readAll(interfaceOf(1, plusFive), packet(0, 0, 1)).records).toMatchObject([{atUs: 5_000_001}]);
  });

  test('several interfaces and sections, each with its own numbering', () => {
    const first = [interfaceOf(1), interfaceOf(101, option(2, Buffer.from('tun0'))), packet(1, 0, 1)];
    const second = [section(endian === 'little' ? 'big' : 'little')];
    const {records, reader} = readAll(...first, ...second);
    expect(records).toMatchObject([{linkType: 101}]);
    expect(reader.interfaces).toMatchObject([
      {linkType: 1, supported: true, snapLength: 64, name: ''},
      {linkType: 101, supported: true, name: 'tun0'},
    ]);
    const again = readAll(interfaceOf(113), packet(0, 0, 1), section(endian), packet(0, 0, 1));
    expect(again.records).toMatchObject([{linkType: 113}]);
    expect(again.error).toMatchObject({code: 'malformed', field: 'interface'});
  });

  test('simple and obsolete packet blocks', () => {
    const simple = block(3, uint(100), Buffer.alloc(64, 5));
    const obsolete = block(2, short(0), short(0), uint(0, 9, 3, 60), Buffer.from([1, 2, 3, 0]));
    expect(readAll(interfaceOf(1), obsolete, simple).records).toMatchObject([
      {atUs: 9, originalLength: 60, bytes: Uint8Array.of(1, 2, 3)},
      {atUs: 9, originalLength: 100, bytes: new Uint8Array(64).fill(5)},
    ]);
  });

  // draft-ietf-opsawg-pcapng §4.4: as much of the packet as the block has, at most the interface's snap length.
  test('a simple block of a packet that was cut, and one with padding', () => {
    const cut = block(3, uint(100), Buffer.alloc(8, 5));
    const padded = block(3, uint(5), Buffer.alloc(8, 5));
    const {records} = readAll(interfaceOf(1), cut, padded);
    const file = Buffer.concat([section(endian), interfaceOf(1), cut, padded]);
    for (const {fileOffset, bytes} of records)
      expect(new Uint8Array(file.subarray(fileOffset, fileOffset + bytes.length))).toEqual(
        new Uint8Array(bytes),
      );
    expect(records).toMatchObject([
      // Such blocks have no time.
      {atUs: 0, nanoseconds: 0, originalLength: 100, bytes: new Uint8Array(8).fill(5)},
      {atUs: 0, nanoseconds: 0, originalLength: 5, bytes: new Uint8Array(5).fill(5)},
    ]);
    expect(readAll(interfaceOf(1), block(3)).error).toMatchObject({code: 'malformed', field: 'block length'});
  });

  test('secrets are kept; names, statistics and unknown blocks are skipped', () => {
    const secrets = block(10, uint(0x544c534b, 5), Buffer.from('CLIEN\0\0\0'));
    const others = [4, 5, 0xbad, 0x40000bad, 99].map((type) => block(type, Buffer.alloc(8)));
    const {records, reader, error} = readAll(interfaceOf(1), secrets, ...others, packet(0, 0, 1));
    expect(error).toBeUndefined();
    expect(records).toHaveLength(1);
    expect(reader.secrets).toEqual([{type: 0x544c534b, bytes: Uint8Array.from(Buffer.from('CLIEN'))}]);
  });

  test.each([
    ['block length', () => block(0x0a0d0d0a, uint(0x1a2b3c4d), short(1), short(0), uint(0))],
    ['version', () => block(0x0a0d0d0a, uint(0x1a2b3c4d), short(2), short(0), uint(0, 0))],
    ['byte-order magic', () => block(0x0a0d0d0a, uint(0x1a2b3c4e), short(1), short(0), uint(0, 0))],
    ['block length', () => block(1, uint(0))],
    ['block length', () => block(3)],
    ['block length', () => block(10, uint(0))],
    ['captured length', () => block(6, uint(0, 0, 0, 99, 99), Buffer.alloc(4))],
    ['interface', () => packet(1, 0, 0)],
    ['block length', () => block(6, uint(0))],
    ['secrets length', () => block(10, uint(1, 99), Buffer.alloc(4))],
    ['block length', () => Buffer.concat([uint(6, 13, 0, 0)])],
    ['block length', () => Buffer.concat([uint(99, 16, 0, 12)])],
    ['block length', () => Buffer.concat([uint(99, 14), Buffer.alloc(2), uint(14)])],
  ])('a wrong %s is refused', (field, make) => {
    const {error} = readAll(interfaceOf(1), make());
    expect(error).toEqual({code: 'malformed', offset: 28 + 20, field});
  });
});
