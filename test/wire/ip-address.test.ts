// Oracles: the examples of RFC 5952 and RFC 4291, node:net for what is an address, WHATWG URL for canonical IPv6.
import {isIPv4, isIPv6} from 'node:net';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {formatIpAddress, formatMac, parseIpAddress, writeMac} from '../../source/wire/ip-address.ts';
import {runs} from '../helpers/seeds.ts';

const canonical = (text: string): string | undefined => {
  const parsed = parseIpAddress(text);
  return parsed.ok ? formatIpAddress(parsed.value) : undefined;
};

describe('IPv6 is written as RFC 5952 says', () => {
  test.each([
    ['§1', '2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['§1', '2001:0db8::1:0:0:1', '2001:db8::1:0:0:1'],
    ['§4.1 no leading zeros', '2001:0db8::0001', '2001:db8::1'],
    ['§4.2.1 as short as possible', '2001:db8:0:0:0:0:2:1', '2001:db8::2:1'],
    ['§4.2.2 not for one group', '2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['§4.2.3 the longest run', '2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['§4.2.3 the first of equals', '2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['§4.3 lower case', '2001:DB8::ABCD', '2001:db8::abcd'],
    ['§5 mapped IPv4', '::ffff:c000:0201', '::ffff:192.0.2.1'],
    ['RFC 4291 §2.2 with a dotted quad', 'fe80::192.0.2.1', 'fe80::c000:201'],
    ['unspecified', '0:0:0:0:0:0:0:0', '::'],
    ['loopback', '0::1', '::1'],
    ['a run at the end', 'ff02:0:0:0:0:0:0:0', 'ff02::'],
  ])('%s: %s', (_, text, expected) => {
    expect(canonical(text)).toBe(expected);
  });

  test('for any address, as a browser writes it', () => {
    const groups = fc.array(fc.oneof(fc.constant(0), fc.nat(0xffff)), {minLength: 8, maxLength: 8});
    fc.assert(
      fc.property(groups, (list) => {
        const text = list.map((group) => group.toString(16)).join(':');
        const mapped = text.startsWith('0:0:0:0:0:ffff:');
        if (!mapped) expect(`[${canonical(text)}]`).toBe(new URL(`http://[${text}]/`).hostname);
      }),
      {numRuns: runs(1000)},
    );
  });
});

test('what is an address and what is none', () => {
  const almost = fc.stringMatching(/^[0-9a-fA-F:.]{0,20}$/);
  const quad = fc.array(fc.nat(300), {minLength: 3, maxLength: 5}).map((list) => list.join('.'));
  const texts = fc.oneof(almost, quad, fc.ipV4(), fc.ipV6(), fc.string());
  fc.assert(
    fc.property(texts, (text) => {
      expect(parseIpAddress(text).ok, text).toBe(isIPv4(text) || (isIPv6(text) && !text.includes('%')));
    }),
    {numRuns: runs(3000)},
  );
});

test.each([
  ...[
    '',
    '.',
    '1',
    '1.2.3',
    '1.2.3.',
    '.1.2.3',
    '1..2.3',
    '1.2.3.4.',
    '1.2.3.4.5',
    '1.2.3.256',
    '1.2.3.00',
    '1.2.3.04',
  ],
  ...[
    '1.2.3.a',
    '1.2.3.4 ',
    '-1.2.3.4',
    '1.2.3.4/8',
    ':',
    ':::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    '12345::',
  ],
  ...['::g', ':1::', '1::2:', '1:2:3:4:5:6:7::8:9', '::1.2.3', '::1.2.3.4.5', '1.2.3.4::'],
])('%j is no address', (text) => {
  expect(isIPv4(text) || isIPv6(text)).toBe(false);
  expect(parseIpAddress(text)).toEqual({ok: false, error: {code: 'address', text}});
});

test('IPv4 there and back', () => {
  fc.assert(fc.property(fc.ipV4(), (text) => canonical(text) === text));
  expect(parseIpAddress('010.0.0.1')).toEqual({ok: false, error: {code: 'address', text: '010.0.0.1'}});
});

test('MAC addresses', () => {
  const mac = (text: string): string | undefined => {
    const bytes = new Uint8Array(6);
    return writeMac(bytes, 0, text) ? formatMac(bytes) : undefined;
  };
  expect(mac('02:00:00:00:00:0A')).toBe('02:00:00:00:00:0a');
  expect(mac('02-00-00-00-00-0a')).toBe('02:00:00:00:00:0a');
  for (const text of ['', '02:00:00:00:00', '02:00:00:00:00:0g', '02:00:00:00:00:0a:', '020000000000aaaaa']) {
    expect(mac(text), text).toBeUndefined();
  }
});
