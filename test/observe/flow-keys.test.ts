// Who sends to whom, in octets: the key of one way is that of the other turned round.
import {expect, test} from 'vitest';
import {backOf, endsOf, flowOf, portsAt, unitsAt} from '../../source/observe/flow-keys.ts';
import {LinkTypes, readFrameHeaders} from '../../source/wire/frame-headers.ts';
import {octetsOf} from '../../source/wire/octets.ts';

const octets = (hex: string) => octetsOf(hex.replaceAll(' ', ''));
const [a4, b4] = ['c0000201', 'c6336402'];
const a6 = '20010db8 00000000 00000000 00010002';
const b6 = '20010db8 00010000 00000000 00030004';
const ports = (from: string, to: string) => `${from} ${to} 0008 0000`;
const ip4 = (from: string, to: string, rest: string) =>
  octets(`4500001c 00010000 40110000 ${from} ${to} ${rest}`);
const ip6 = (from: string, to: string, rest: string) => octets(`60000000 0008 11 40 ${from} ${to} ${rest}`);

const read = (bytes: Uint8Array) => {
  const headers = readFrameHeaders(bytes, LinkTypes.raw, bytes.length);
  const at = headers.transportAt;
  return {flow: flowOf(headers, bytes, bytes, at), ends: endsOf(headers, bytes, bytes, at)};
};

test('units of two octets', () => {
  expect(unitsAt(octets('00010203 0405'), 1, 5)).toEqual([0x0102, 0x0304]);
  expect(portsAt(octets('00 c350 0035'), 1)).toEqual([50_000, 53]);
});

test.each([
  ['4', ip4(a4, b4, ports('c350', '0035')), ip4(b4, a4, ports('0035', 'c350')), '192.0.2.1', '198.51.100.2'],
  [
    '6',
    ip6(a6, b6, ports('c350', '0035')),
    ip6(b6, a6, ports('0035', 'c350')),
    '2001:db8::1:2',
    '2001:db8:1::3:4',
  ],
])('version %s: the key turned', (_, there, back, from, to) => {
  const [way, other] = [read(there), read(back)];
  expect(way.ends).toEqual([
    {address: from, port: 50_000},
    {address: to, port: 53},
  ]);
  expect(backOf(way.flow)).toBe(other.flow);
  expect(backOf(other.flow)).toBe(way.flow);
  expect(way.flow).not.toBe(other.flow);
});

test('each octet of addresses and ports counts', () => {
  for (const whole of [ip4(a4, b4, ports('c350', '0035')), ip6(a6, b6, ports('c350', '0035'))]) {
    const {flow} = read(whole);
    const from = whole.length === 28 ? 12 : 8;
    const flows = Array.from({length: whole.length - from - 4}, (_, at) => {
      const other = whole.slice();
      other[from + at] = (other[from + at] ?? 0) ^ 0x10;
      return read(other).flow;
    });
    expect(new Set([flow, ...flows]).size).toBe(flows.length + 1);
    const rest = whole.slice();
    rest[whole.length - 1] = 1;
    expect(read(rest).flow).toBe(flow);
  }
});
