// Parameters of services. Oracle: the test vectors of RFC 9460 appendix D.2 and D.3, RFC 9461 §5 and RFC 9540 §4.
import {describe, expect, test} from 'vitest';
import {svcText, svcValue} from '../../../source/wire/dns/svc-value.ts';

describe('appendix D', () => {
  test.each([
    // Figure 3 and 4: port=53, and a key that nobody knows.
    [3, '0035', 53, 'port=53'],
    [667, '68656c6c6f', '68656c6c6f', 'key667=68656c6c6f'],
    // Figure 7: two addresses; figure 8: IPv4-mapped is left as it is in the octets.
    [
      6,
      '20010db800000000000000000000000120010db8000000000000000000530001',
      ['2001:db8::1', '2001:db8::53:1'],
      'ipv6hint=2001:db8::1,2001:db8::53:1',
    ],
    // Figure 9: alpn, ipv4hint, mandatory.
    [0, '00010004', ['alpn', 'ipv4hint'], 'mandatory=alpn,ipv4hint'],
    [1, '0268320868332d3139626973', ['h2', 'h3-19bis'], 'alpn=h2,h3-19bis'],
    [4, 'c0000201', ['192.0.2.1'], 'ipv4hint=192.0.2.1'],
    [4, 'c0000201cb007102', ['192.0.2.1', '203.0.113.2'], 'ipv4hint=192.0.2.1,203.0.113.2'],
    [2, '', true, 'no-default-alpn'],
    [8, '', true, 'ohttp'],
    [5, 'deadbeef', '3q2+7w==', 'ech=3q2+7w=='],
    [7, Buffer.from('/dns-query{?dns}').toString('hex'), '/dns-query{?dns}', 'dohpath=/dns-query{?dns}'],
    [9, '', '', 'key9'],
  ])('key %i, %s', (key, value, read, text) => {
    expect(svcValue({key, value})).toEqual(read);
    expect(svcText({key, value})).toBe(text);
  });
});

test.each([
  ['half a key', 0, '000100'],
  ['name beyond the rest', 1, '04683268'],
  ['a port of one octet', 3, '35'],
  ['a port of three', 3, '003500'],
  ['part of an address', 4, 'c00002'],
  ['half an address', 6, '20010db800000000'],
  ['value not allowed', 2, '00'],
  ['value not allowed', 8, '01'],
])('%s: its octets', (_, key, value) => expect(svcValue({key, value})).toBe(value));
