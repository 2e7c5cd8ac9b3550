// RFC 9204 appendix B, from field lines to the tables that they leave; and that nothing makes the decoder throw.
import {describe, expect, it} from 'vitest';
import {QpackDecoder} from '../../../source/wire/http3/qpack.ts';
import {staticTable} from '../../../source/wire/http3/static-table.ts';
import {octetsOf} from '../../../source/wire/octets.ts';
import {joinBytes} from '../../../source/wire/tls/presentation.ts';

const octets = (hex: string): Uint8Array => octetsOf(hex.replaceAll(' ', ''));

it('reads the examples of appendix B one behind the other', () => {
  const qpack = new QpackDecoder();
  qpack.maxCapacity = 220;
  // B.1: a literal with a name of the static table.
  expect(qpack.decode(octets('0000 510b 2f69 6e64 6578 2e68 746d 6c'))).toEqual([
    {name: ':path', value: '/index.html'},
  ]);
  // B.2: the section overtakes what it refers to.
  const section = octets('0381 10 11');
  expect(qpack.decode(section)).toBe('blocked');
  const inserts = octets(
    '3fbd01 c00f 7777 772e 6578 616d 706c 652e 636f 6d c10c 2f73 616d 706c 652f 7061 7468',
  );
  for (const octet of inserts) qpack.takeInstructions(Uint8Array.of(octet));
  expect(qpack.tableSize).toBe(106);
  expect(qpack.decode(section)).toEqual([
    {name: ':authority', value: 'www.example.com'},
    {name: ':path', value: '/sample/path'},
  ]);
  // B.3
  qpack.takeInstructions(octets('4a63 7573 746f 6d2d 6b65 790c 6375 7374 6f6d 2d76 616c 7565'));
  expect(qpack.tableSize).toBe(160);
  expect(qpack.table.at(-1)).toEqual({name: 'custom-key', value: 'custom-value'});
  // B.4
  qpack.takeInstructions(octets('02'));
  expect(qpack.tableSize).toBe(217);
  expect(qpack.decode(octets('0500 80 c1 81'))).toEqual([
    {name: ':authority', value: 'www.example.com'},
    {name: ':path', value: '/'},
    {name: 'custom-key', value: 'custom-value'},
  ]);
  // B.5: the oldest has to go.
  qpack.takeInstructions(octets('810d 6375 7374 6f6d 2d76 616c 7565 32'));
  expect(qpack.tableSize).toBe(215);
  expect(qpack.inserted).toBe(5);
  expect(qpack.table).toEqual([
    {name: ':path', value: '/sample/path'},
    {name: 'custom-key', value: 'custom-value'},
    {name: ':authority', value: 'www.example.com'},
    {name: 'custom-key', value: 'custom-value2'},
  ]);
});

it('has the 99 fields of appendix A', () => {
  expect(staticTable).toHaveLength(99);
  expect([0, 17, 25, 52, 62, 71, 85, 98].map((index) => staticTable[index])).toEqual([
    {name: ':authority', value: ''},
    {name: ':method', value: 'GET'},
    {name: ':status', value: '200'},
    {name: 'content-type', value: 'text/html; charset=utf-8'},
    {name: 'x-xss-protection', value: '1; mode=block'},
    {name: ':status', value: '500'},
    {
      name: 'content-security-policy',
      value: "script-src 'none'; object-src 'none'; base-uri 'none'",
    },
    {name: 'x-frame-options', value: 'sameorigin'},
  ]);
});

it('refuses what refers to nothing', () => {
  const qpack = new QpackDecoder();
  for (const wrong of ['0200 80', '0000 80', '0000 ff40', '0000 10', '0000 5f', '00'])
    expect(qpack.decode(octets(wrong)), wrong).toBe('wrong');
});

/** §4.1.1 with a prefix of so many bits, behind the bits before it. */
const integer = (prefixBits: number, value: number, before = 0): readonly number[] => {
  const most = (1 << prefixBits) - 1;
  if (value < most) return [before | value];
  const octetsOf: number[] = [before | most];
  let rest = value - most;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) octetsOf.push(0x80 | (rest % 0x80));
  return [...octetsOf, rest];
};

const capacity = (size: number): readonly number[] => integer(5, size, 0x20);
const word = (text: string): readonly number[] => [...text].map((each) => each.charCodeAt(0));
/** §4.3.3: a name of its own, of one octet, and a value. */
const insert = (name: string, value: string): readonly number[] => [
  ...[0x41, ...word(name)],
  ...[...integer(7, value.length), ...word(value)],
];

/** What a table of 64 octets is after these instructions; and whether it goes on to listen. */
const told = (...instructions: readonly (readonly number[])[]) => {
  const qpack = new QpackDecoder();
  qpack.maxCapacity = 4096;
  for (const each of instructions) qpack.takeInstructions(Uint8Array.from(each));
  const names = qpack.table.map(({name}) => name).join('');
  const {inserted} = qpack;
  qpack.takeInstructions(Uint8Array.from([...capacity(0), ...capacity(4096), ...insert('z', '')]));
  return [names, inserted, qpack.inserted > inserted ? 'listens' : 'deaf'];
};

describe('encoder instructions (§4.3)', () => {
  it('an entry is as large as its octets and 32 (§3.2.1); what does not fit is an error (§3.2.2)', () => {
    expect(told(capacity(34), insert('a', 'b'))).toEqual(['a', 1, 'listens']);
    expect(told(capacity(33), insert('a', 'b'))).toEqual(['', 0, 'deaf']);
    expect(told(capacity(66), insert('a', ''), insert('b', ''))).toEqual(['ab', 2, 'listens']);
    expect(told(capacity(65), insert('a', ''), insert('b', ''))).toEqual(['b', 2, 'listens']);
    expect(told(capacity(66), insert('a', ''), insert('b', ''), capacity(65))).toEqual(['b', 2, 'listens']);
  });

  it('by a name of the table, and a duplicate (§4.3.2, §4.3.4)', () => {
    const two = [capacity(4096), insert('a', 'x'), insert('b', 'y')];
    const named = told(...two, [0x81, 1, 0x71], [0x80, 1, 0x72], [0xc1, 1, 0x73]);
    expect(named).toEqual(['abaa:path', 5, 'listens']);
    expect(told(...two, [0x01], [0x00])).toEqual(['abaa', 4, 'listens']);
    expect(told(...two, [0x82, 0])).toEqual(['ab', 2, 'deaf']);
    expect(told(...two, [0x02])).toEqual(['ab', 2, 'deaf']);
  });

  it('a table of a mebioctet is followed, a larger one is not', () => {
    expect(told(capacity(1 << 20), insert('a', ''))).toEqual(['a', 1, 'listens']);
    expect(told(capacity((1 << 20) + 1))).toEqual(['', 0, 'deaf']);
  });

  it('an instruction that does not end is waited for up to 128 KiB', () => {
    const begun = [0x41, 0x61, ...integer(7, 500_000)];
    const most = 1 << 17;
    const held = (size: number) => {
      const qpack = new QpackDecoder();
      qpack.takeInstructions(Uint8Array.from([...capacity(1 << 20), ...begun]));
      qpack.takeInstructions(new Uint8Array(size - begun.length));
      qpack.takeInstructions(new Uint8Array(500_000 + begun.length - size));
      return qpack.inserted;
    };
    expect([held(most), held(most + 1)]).toEqual([1, 0]);
  });
});

describe('field sections (§4.5)', () => {
  const two = () => {
    const qpack = new QpackDecoder();
    qpack.maxCapacity = 4096;
    qpack.takeInstructions(Uint8Array.from([...capacity(4096), ...insert('a', 'x'), ...insert('b', 'y')]));
    return qpack;
  };
  const lines = (section: ReturnType<QpackDecoder['decode']>) =>
    typeof section === 'string' ? section : section.map(({name, value}) => `${name}=${value}`);

  it.each([
    ['03 00 80 81', ['b=y', 'a=x']],
    // Before and behind the base (§4.5.1.2).
    ['03 80 80 10', ['a=x', 'b=y']],
    ['03 81 10 11', ['a=x', 'b=y']],
    ['02 01 80', ['b=y']],
    // A name of the table: the dynamic one before the base, the static one, the dynamic one behind the base; a name of its own.
    ['03 00 40 01 71', ['b=q']],
    ['03 00 41 01 71', ['a=q']],
    ['00 00 51 01 71', [':path=q']],
    ['03 81 01 01 71', ['b=q']],
    ['00 00 21 63 01 71', ['c=q']],
    ['00 00 c0 d1', [':authority=', ':method=GET']],
    ['04 00 80', 'blocked'],
    ['03 00 82', 'wrong'],
    ['03 00 10', 'wrong'],
    ['00 00 21', 'wrong'],
  ])('%s', (hex, read) => {
    expect(lines(two().decode(octets(hex)))).toEqual(read);
  });

  // 4096 octets hold 128 entries: the count is sent modulo 256 (§4.5.1.1).
  it('the insert count that it needs comes round', () => {
    const qpack = new QpackDecoder();
    qpack.maxCapacity = 4096;
    qpack.takeInstructions(Uint8Array.from(capacity(4096)));
    const needs = (count: number) =>
      qpack.decode(Uint8Array.from([...integer(8, (count % 256) + 1), 0, 0x80]));
    for (let count = 1; count <= 600; count++) {
      qpack.takeInstructions(Uint8Array.from(insert('a', String(count))));
      expect(needs(count)).toEqual([{name: 'a', value: String(count)}]);
      expect(needs(count + 1)).toBe('blocked');
      expect(needs(count + 128)).toBe('blocked');
    }
    expect(needs(600 + 129)).not.toBe('blocked');
    expect(qpack.decode(Uint8Array.from([...integer(8, 257), 0, 0x80]))).toBe('wrong');
  });

  it('of ten thousand fields, or a mebioctet, the rest is left out', () => {
    const qpack = new QpackDecoder();
    const section = (count: number, line: Uint8Array) =>
      qpack.decode(joinBytes([octets('0000'), ...Array.from({length: count}, () => line)])).length;
    const short = octets('d1');
    expect([section(10_000, short), section(10_001, short)]).toEqual([10_000, 10_000]);
    // 32,768 octets each.
    const long = joinBytes([Uint8Array.of(0x21, 0x61, ...integer(7, 32_735)), new Uint8Array(32_735)]);
    expect([section(32, long), section(33, long)]).toEqual([32, 32]);
  });
});
