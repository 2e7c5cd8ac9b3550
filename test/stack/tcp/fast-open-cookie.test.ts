// Oracles: RFC 7413 §4.1.1 and RFC 6994 (the option, its old number), Linux's tcp_parse_fastopen_option and tcp_fastopen_key
// (Documentation/networking/ip-sysctl.rst); SipHash over both addresses (tcp_fastopen.c).
import {expect, test} from 'vitest';
import {
  cookieOption,
  cookieOptionIn,
  keysOf,
  keysText,
  makeCookie,
} from '../../../source/stack/tcp/fast-open-cookie.ts';
import {sipHash} from '../../../source/stack/tcp/siphash.ts';
import {hexOf, octetsOf} from '../../../source/wire/octets.ts';
import type {TcpOption} from '../../../source/wire/tcp.ts';
import {optionsLength, writeOptions} from '../../../source/wire/tcp-options.ts';

const written = (options: readonly TcpOption[]): string => {
  const bytes = new Uint8Array(optionsLength(options));
  writeOptions(bytes, 0, options);
  return hexOf(bytes);
};

test.each([
  ['', false, '22020101'],
  ['aabbccdd', false, '2206aabbccdd0101'],
  ['aabbccddeeff', false, '2208aabbccddeeff'],
  ['0011223344556677', false, '220a00112233445566770101'],
  ['', true, 'fe04f989'],
  ['aabbccdd', true, 'fe08f989aabbccdd'],
])('cookie %s, the old number %s', (hex, experimental, octets) => {
  const option = {cookie: octetsOf(hex), experimental};
  expect(written(cookieOption(option))).toBe(octets);
  expect(cookieOptionIn(cookieOption(option))).toEqual(option);
});

const raw = (type: number, hex: string): TcpOption => ({kind: 'raw', type, data: octetsOf(hex)});
const read = (...options: readonly TcpOption[]): string | undefined => {
  const found = cookieOptionIn(options);
  return found && `${hexOf(found.cookie)} ${found.experimental}`;
};

test('sizes: none or 4 to 16; what is no cookie stands for none, an odd one is passed over', () => {
  const good = raw(34, 'aabbccdd');
  expect(read(raw(34, '00'.repeat(16)))).toBe(`${'00'.repeat(16)} false`);
  for (const size of [2, 18]) {
    expect(read(raw(34, '00'.repeat(size)))).toBeUndefined();
    expect(read(good, raw(34, '00'.repeat(size)))).toBeUndefined();
  }
  expect(read(good, raw(34, '00'.repeat(5)))).toBe('aabbccdd false');
  expect(read(good, raw(34, '11223344'))).toBe('11223344 false');
  expect(read({kind: 'nop'}, {kind: 'mss', mss: 1460}, good)).toBe('aabbccdd false');
});

test('under the number of all experiments it is known by its magic', () => {
  expect(read(raw(254, 'f989aabbccdd'))).toBe('aabbccdd true');
  expect(read(raw(254, 'f988aabbccdd'))).toBeUndefined();
  expect(read(raw(254, 'f889aabbccdd'))).toBeUndefined();
  expect(read(raw(253, 'f989aabbccdd'))).toBeUndefined();
  expect(read()).toBeUndefined();
});

const key = '03020100070605040b0a09080f0e0d0c';

test('keys as the kernel prints them, one or two', () => {
  const text = '00010203-04050607-08090a0b-0c0d0e0f';
  expect(keysOf(text)?.map((each) => hexOf(each))).toEqual([key]);
  expect(keysOf(`1-2-3-4, ${text}`)?.map((each) => hexOf(each))).toEqual([
    ...['01000000020000000300000004000000', key],
  ]);
  for (const wrong of [
    '',
    '1-2-3',
    '1-2-3-4-5',
    '1-2-3-g',
    '1-2-3-123456789',
    `${text},${text},${text}`,
    '1-2-3-4,',
  ])
    expect(keysOf(wrong), wrong).toBeUndefined();
  expect(keysText(octetsOf(key))).toBe(text);
  expect(keysText(octetsOf(`${'00'.repeat(16)}${key}`))).toBe(`00000000-00000000-00000000-00000000,${text}`);
  for (const size of [0, 15, 24, 33]) expect(keysText(new Uint8Array(size))).toBeUndefined();
});

test('a cookie is a hash over the addresses, the client first; ports are not in it', () => {
  const cookie = (remote: string, local: string, port = 1) =>
    makeCookie(octetsOf(key), {local: {ip: local, port: 80}, remote: {ip: remote, port}});
  expect(cookie('192.0.2.1', '192.0.2.2')).toEqual(sipHash(octetsOf(key), octetsOf('c0000201c0000202')));
  expect(cookie('192.0.2.1', '192.0.2.2', 9)).toEqual(cookie('192.0.2.1', '192.0.2.2'));
  const six = '20010db8000000000000000000000001' + '20010db8000000000000000000000002';
  expect(cookie('2001:db8::1', '2001:db8::2')).toEqual(sipHash(octetsOf(key), octetsOf(six)));
});

// What the kernel makes, as packetdrill's public suite says it.
const published = 'a0bf63f7-ed803d81-cd641d30-cebc4a90';
test.each([
  [published, '10.248.0.2', '192.168.0.2', '00abaaabe8e954c2'],
  [published, '10.248.0.3', '192.168.0.3', '76d2c1c530f51f79'],
  ['0-0-0-0', '10.248.0.2', '192.168.0.2', '93b7aa4f550f8a1a'],
])('with the key %s, to %s from %s', (text, remote, local, wanted) => {
  const [octets = new Uint8Array()] = keysOf(text) ?? [];
  const ends = {local: {ip: local, port: 80}, remote: {ip: remote, port: 4}};
  expect(hexOf(makeCookie(octets, ends))).toBe(wanted);
});
