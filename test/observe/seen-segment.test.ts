// A segment of a capture by the places of RFC 9293 §3.1, its options by RFC 9293 §3.2, RFC 7323 §2.2, §3.2 and RFC 2018 §2, §3.
import {describe, expect, test} from 'vitest';
import {type OpeningOptions, readSegment, spaceOf} from '../../source/observe/seen-segment.ts';
import {ACK, FIN, SYN} from './segments.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

/** Behind 3 octets that are none of it. `offset`: of the data, in words. */
const segment = (
  options: string,
  {flags = Number(ACK), payload = '', offset = 5 + hex(options).length / 4} = {},
) =>
  hex(
    `aaaaaa c350 0050 80000001 f0000002 ${offset.toString(16)}0 ${flags.toString(16).padStart(2, '0')} fde8 0000 0000 ${options} ${payload}`,
  );

const read = (bytes: Uint8Array, wireEnd = bytes.length) =>
  readSegment(bytes, 3, wireEnd, {frame: 7, atUs: 70});

test('each number from its place', () => {
  expect(read(segment('', {payload: '616263'}))).toEqual({
    frame: 7,
    atUs: 70,
    seq: 0x8000_0001,
    ack: 0xf000_0002,
    flags: ACK,
    window: 0xfde8,
    length: 3,
    data: hex('616263'),
    opening: undefined,
    sack: [],
    sacks: false,
  });
});

test('without ACK the acknowledgment number says nothing', () => {
  expect(read(segment('', {flags: FIN}))?.ack).toBe(0);
});

test.each([
  [0, 0, 0],
  [SYN, 0, 1],
  [FIN, 2, 3],
  [SYN | FIN, 2, 4],
  [ACK, 5, 5],
])('flags %i, %i octets: %i', (flags, length, space) => {
  expect(spaceOf({flags, length})).toBe(space);
});

const none: OpeningOptions = {sackPermitted: false, timestamps: false};
/** Options that could not all be read, so that a missing one may be among the unread ones. */
const torn: OpeningOptions = {...none, unread: true};

test.each<[string, string, OpeningOptions]>([
  ['none', '', none],
  ['MSS 1460', '020405b4', {...none, mss: 1460}],
  ['shift count 7 behind a NOP', '01 030307', {...none, windowScale: 7}],
  ['SACK permitted', '0101 0402', {...none, sackPermitted: true}],
  ['timestamps', '0101 080a 00000001 00000000', {...none, timestamps: true}],
  ['behind the list’s end', '00 030307', none],
  ['an unknown one', 'fe04beef 020405b4', {...none, mss: 1460}],
  ['MSS, wrong length', '020505b400 010101', torn],
  ['shift count, wrong length', '0304070a', torn],
  ['SACK permitted, wrong length', '04030101', torn],
  ['timestamps, wrong length', '0808000000000000', torn],
  ['an impossible length', '0401 0402', torn],
  ['beyond the header', '0204 05b4 0305 0707', {...torn, mss: 1460}],
])('options of a SYN: %s', (_name, options, opening) => {
  expect(read(segment(options, {flags: SYN}))?.opening).toEqual(opening);
});

test('options that a short snapshot cut off do not count as missing', () => {
  const options = '020405b4 0402 080a 00000001 00000000 01 030307';
  const syn = segment(options, {flags: SYN});
  const lacking = (octets: number) => read(syn.subarray(0, syn.length - octets), syn.length)?.opening;
  const all = {mss: 1460, sackPermitted: true, timestamps: true};
  expect(lacking(0)).toEqual({...all, windowScale: 7});
  for (const octets of [1, 2, 3, 4]) expect(lacking(octets)).toEqual({...all, unread: true});
  expect(lacking(15)).toEqual({...none, mss: 1460, unread: true});
});

// RFC 7413 §4.1.1: a cookie is as long as two edges.
test('an option of another kind names no blocks', () => {
  const cookie = '220a 0000000100000009 0101';
  expect(read(segment(cookie))?.sack).toEqual([]);
  expect(read(segment('050a 0000000100000009 0101'))?.sack).toEqual([{left: 1, right: 9}]);
});

// RFC 7323 §3.2, appendix A; RFC 9293 §3.1: what is behind the end of the list is padding, a length that cannot be ends it, too.
test.each([
  ['two NOPs before them', '0101 080a', {stamp: 7, echo: 9}],
  ['end of list, NOP', '0001 080a', {}],
  ['NOP, end of list', '0100 080a', {}],
  ['one octet too many', '0101 080b', {}],
  ['one octet too few', '0101 0809', {}],
])('timestamps in twelve octets: %s', (_name, head, stamps) => {
  expect(read(segment(`${head} 00000007 00000009`))).toMatchObject({
    ...{stamp: undefined, echo: undefined},
    ...stamps,
  });
});

describe('SACK', () => {
  const two = '0101 0512 00000001 00000005 fffffff0 00000000';
  test('two blocks', () => {
    const seen = read(segment(two));
    expect(seen?.sack).toEqual([
      {left: 1, right: 5},
      {left: 0xffff_fff0, right: 0},
    ]);
    expect(seen?.sacks).toBe(true);
    expect(seen?.opening).toBeUndefined();
  });

  test('an option without blocks has none', () => {
    expect(read(segment('0502 0101'))).toMatchObject({sack: [], sacks: false});
  });

  test('behind the timestamps, too: only where nothing else is are options passed over', () => {
    const both = `0101080a0000000100000000 0101050a 00000001 00000005`;
    expect(read(segment(both))?.sack).toEqual([{left: 1, right: 5}]);
    expect(read(segment('0101 050a 00000001 00000005'))?.sacks).toBe(true);
  });

  test('that was not captured is there all the same', () => {
    const bytes = segment(two, {payload: '6162'});
    const seen = read(bytes.subarray(0, 3 + 30), bytes.length);
    expect(seen).toMatchObject({sack: [], sacks: true, length: 2, data: new Uint8Array()});
    const syn = segment('080a0000000100000000 0101', {flags: SYN});
    expect(read(syn.subarray(0, 3 + 24), syn.length)?.opening?.timestamps).toBe(true);
    // As long, and of another kind: a cookie of RFC 7413; of that kind, and of a length that it never has.
    for (const other of ['220a0000000100000009 0101', '08080000000100000009 0101']) {
      const without = segment(other, {flags: SYN});
      expect(read(without.subarray(0, 3 + 24), without.length)?.opening?.timestamps, other).toBe(false);
    }
  });
});

describe('too little of it', () => {
  test('up to the window has to be captured', () => {
    const bytes = segment('');
    expect(read(bytes.subarray(0, 3 + 16), bytes.length)?.window).toBe(0xfde8);
    expect(read(bytes.subarray(0, 3 + 15), bytes.length)).toBeUndefined();
  });

  test('a header is 5 words at least, and not longer than its packet', () => {
    expect(read(segment('', {offset: 4}))).toBeUndefined();
    expect(read(segment('01010101'))?.length).toBe(0);
    expect(read(segment('', {offset: 6}))).toBeUndefined();
  });

  test('of data those are there that were captured', () => {
    const bytes = segment('', {payload: '61626364'});
    expect(read(bytes.subarray(0, bytes.length - 1), bytes.length)).toMatchObject({
      length: 4,
      data: hex('616263'),
    });
    // Padding of the frame is none of it.
    expect(read(bytes, bytes.length - 1)).toMatchObject({length: 3, data: hex('616263')});
  });
});
