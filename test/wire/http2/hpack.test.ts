// Oracle: RFC 7541 appendix C, octet by octet, and its clauses.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {HpackDecoder, mostList} from '../../../source/wire/http2/hpack.ts';
import {octetsOf} from '../../../source/wire/octets.ts';
import {runs} from '../../helpers/seeds.ts';

type Vector = {
  readonly block: string;
  readonly fields: readonly string[];
  /** Size of the dynamic table behind it. */
  readonly size: number;
};

const requests = [
  [':method: GET', ':scheme: http', ':path: /', ':authority: www.example.com'],
  [':method: GET', ':scheme: http', ':path: /', ':authority: www.example.com', 'cache-control: no-cache'],
  [
    ':method: GET',
    ':scheme: https',
    ':path: /index.html',
    ':authority: www.example.com',
    'custom-key: custom-value',
  ],
] as const;

const [first, second] = ['Mon, 21 Oct 2013 20:13:21 GMT', 'Mon, 21 Oct 2013 20:13:22 GMT'];
const responses = [
  [':status: 302', 'cache-control: private', `date: ${first}`, 'location: https://www.example.com'],
  [':status: 307', 'cache-control: private', `date: ${first}`, 'location: https://www.example.com'],
  [
    ...[':status: 200', 'cache-control: private', `date: ${second}`, 'location: https://www.example.com'],
    'content-encoding: gzip',
    'set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1',
  ],
] as const;

const vectors = (
  blocks: readonly string[],
  fields: readonly (readonly string[])[],
  sizes: readonly number[],
): readonly Vector[] =>
  blocks.map((block, at) => ({
    block: block.replaceAll(' ', ''),
    fields: fields[at] ?? [],
    size: sizes[at] ?? 0,
  }));

const appendix: Readonly<Record<string, readonly Vector[]>> = {
  'C.3': vectors(
    [
      '8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d',
      '8286 84be 5808 6e6f 2d63 6163 6865',
      '8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65',
    ],
    requests,
    [57, 110, 164],
  ),
  'C.4': vectors(
    [
      '8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff',
      '8286 84be 5886 a8eb 1064 9cbf',
      '8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf',
    ],
    requests,
    [57, 110, 164],
  ),
  'C.5': vectors(
    [
      '3fe1 01 4803 3330 3258 0770 7269 7661 7465 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3120 474d 546e 1768 7474 7073 3a2f 2f77 7777 2e65 7861 6d70 6c65 2e63 6f6d',
      '4803 3330 37c1 c0bf',
      '88c1 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3220 474d 54c0 5a04 677a 6970 7738 666f 6f3d 4153 444a 4b48 514b 425a 584f 5157 454f 5049 5541 5851 5745 4f49 553b 206d 6178 2d61 6765 3d33 3630 303b 2076 6572 7369 6f6e 3d31',
    ],
    responses,
    [222, 222, 215],
  ),
  'C.6': vectors(
    [
      '3fe1 01 4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3',
      '4883 640e ffc1 c0bf',
      '88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7 821d d7f2 e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106 3d50 07',
    ],
    responses,
    [222, 222, 215],
  ),
};

describe.each(Object.entries(appendix))('RFC 7541 appendix %s', (_, blocks) => {
  test('is read so, and the table has that size', () => {
    const decoder = new HpackDecoder();
    for (const {block, fields, size} of blocks) {
      const read = decoder.decode(octetsOf(block));
      expect(read.ok && read.value.fields.map(({name, value}) => `${name}: ${value}`)).toEqual(fields);
      expect(decoder.tableSize).toBe(size);
    }
  });
});

/** C.2.1 to C.2.4. */
test.each([
  [
    '400a637573746f6d2d6b65790d637573746f6d2d686561646572',
    'custom-key',
    'custom-header',
    'incremental',
    0,
    55,
  ],
  ['040c2f73616d706c652f70617468', ':path', '/sample/path', 'without', 4, 0],
  ['100870617373776f726406736563726574', 'password', 'secret', 'never', 0, 0],
  ['82', ':method', 'GET', 'indexed', 2, 0],
] as const)('%s is one field', (block, name, value, as, index, size) => {
  const decoder = new HpackDecoder();
  const read = decoder.decode(octetsOf(block));
  expect(read.ok && read.value.fields).toEqual([
    {name, value, as, index, span: {start: 0, end: block.length / 2}},
  ]);
  expect(decoder.tableSize).toBe(size);
});

/** The oracle is the clause. */
test.each([
  ['ff808080808000', 'hpack-integer'],
  ['41', 'hpack-short'],
  // §5.1: the integer goes on behind the end.
  ['ff', 'hpack-short'],
  ['7f80', 'hpack-short'],
  ['410f7777', 'hpack-short'],
  // Padding of eight bits; of zeros; EOS itself.
  ['0081ff817f', 'hpack-huffman'],
  ['008118817f', 'hpack-huffman'],
  ['0084ffffffff00', 'hpack-huffman'],
  ['80', 'hpack-index'],
  ['be', 'hpack-index'],
  ['3fe21f', 'hpack-size'],
  ['8220', 'hpack-size-late'],
] as const)('%s is refused as %s, and all behind it', (block, code) => {
  const decoder = new HpackDecoder();
  expect(decoder.decode(octetsOf(block))).toMatchObject({ok: false, error: {code}});
  expect(decoder.decode(octetsOf('82'))).toMatchObject({ok: false, error: {code}});
});

test.each([
  ['ff808080808000', 'RFC 7541 §5.1'],
  ['41', 'RFC 7541 §5.2'],
  ['0081ff817f', 'RFC 7541 §5.2'],
  ['80', 'RFC 7541 §2.3.3'],
  ['3fe21f', 'RFC 7541 §6.3'],
  ['8220', 'RFC 7541 §4.2'],
])('%s is against %s, and answered by COMPRESSION_ERROR (RFC 9113 §4.3)', (block, clause) => {
  const read = new HpackDecoder().decode(octetsOf(block));
  expect(read).toMatchObject({ok: false, error: {clause, error: 'COMPRESSION_ERROR'}});
});

/** §4.2, §4.3, §6.3: an update empties the table as far as it has to, at once, and may come twice. */
test('a smaller table keeps its newest entries', () => {
  const decoder = new HpackDecoder();
  const sizes = ['40016100', '40016200', '3f23', '3f22', '203fe11f', 'be'].map((block) => {
    const {ok} = decoder.decode(octetsOf(block));
    return [ok, decoder.tableSize, decoder.table.map(({name}) => name).join('')];
  });
  expect(sizes).toEqual([
    ...[
      [true, 33, 'a'],
      [true, 66, 'ba'],
      [true, 66, 'ba'],
    ],
    ...[
      [true, 33, 'b'],
      [true, 0, ''],
      [false, 0, ''],
    ],
  ]);
});

/** §4.4: it is no error, and leaves nothing behind. */
test('an entry that is larger than the table empties it', () => {
  const decoder = new HpackDecoder();
  expect(decoder.decode(octetsOf('400161003f01')).ok).toBe(false);
  const other = new HpackDecoder();
  other.decode(octetsOf('3f02'));
  const sizes = ['40016100', '4002616200'].map((block) => {
    const {ok} = other.decode(octetsOf(block));
    return [ok, other.tableSize];
  });
  expect(sizes).toEqual([
    [true, 33],
    [true, 0],
  ]);
});

/** An entry of the table costs four kilobytes, naming it one octet. */
test('a list that one octet for each of its fields makes large is kept up to a bound, and the table goes on', () => {
  const decoder = new HpackDecoder();
  const value = 'x'.repeat(3000);
  const entry = `400161${'7fb916'}${'78'.repeat(3000)}`;
  const read = decoder.decode(octetsOf(entry + 'be'.repeat(20_000)));
  expect(read).toMatchObject({ok: true, value: {cut: true, listSize: 20_001 * 3033}});
  expect(read.ok && read.value.fields.length).toBe(Math.floor(mostList / 3033));
  expect(decoder.decode(octetsOf('be'))).toMatchObject({ok: true, value: {fields: [{name: 'a', value}]}});
});

test('whatever the octets, reading ends, and what is kept is bounded', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({maxLength: 300}), {maxLength: 6}), (blocks) => {
      const decoder = new HpackDecoder();
      for (const block of blocks) {
        const read = decoder.decode(block);
        expect(decoder.tableSize).toBeLessThanOrEqual(4096);
        if (!read.ok) continue;
        const spans = [...read.value.fields, ...read.value.updates].map(({span}) => span);
        const total = spans.reduce((sum, {start, end}) => sum + end - start, 0);
        expect(total).toBe(block.length);
      }
    }),
    {numRuns: runs(4000)},
  );
});
