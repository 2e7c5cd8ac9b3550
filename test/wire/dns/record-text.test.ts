// Records as zone files write them. Oracles: the examples of RFC 4034 §2.3, §3.3, §4.3, §5.4, RFC 5155 appendix A, RFC 9460 appendix D
// and RFC 3597 §5; RFC 1035 §5.1 for what has to be quoted; the limits of RFC 4034 §3.1.5.
import {expect, test} from 'vitest';
import type {DnsRecord, RData} from '../../../source/wire/dns/message.ts';
import {rdataText, recordText, secondsText} from '../../../source/wire/dns/record-text.ts';
import {typeNumber} from '../../../source/wire/dns/registry.ts';
import {hexOf} from '../../../source/wire/octets.ts';

const hexText = (text: string): string => Buffer.from(text, 'latin1').toString('hex');
const utc = (year: number, month: number, ...rest: readonly [number, number, number, number]): number =>
  Date.UTC(year, month - 1, ...rest) / 1000;
const types = (...names: readonly string[]): readonly number[] => names.map((name) => typeNumber(name) ?? 0);
const octets = '';

const key = 'AQPSKmynfzW4kyBv015MUG2DeIQ3Cbl+BBZH4b/0PY1kxkmvHjcZc8nokfzj31GajIQKY+5CptLr3buXA10h';

test.each<[string, RData]>([
  [
    'A 5 3 86400 20030322173103 20030220173103 2642 example.com.',
    {
      ...{kind: 'RRSIG', octets, typeCovered: 1, algorithm: 5, labels: 3, originalTtl: 86_400, keyTag: 2642},
      ...{expiration: utc(2003, 3, 22, 17, 31, 3), inception: utc(2003, 2, 20, 17, 31, 3)},
      signer: 'example.com.',
    },
  ],
  [
    `256 3 5 ${key}`,
    {
      ...{kind: 'DNSKEY', flags: 256, protocol: 3, algorithm: 5, keyTag: 60_485},
      octets: `01000305${Buffer.from(key, 'base64').toString('hex')}`,
    },
  ],
  [
    'host.example.com. A MX RRSIG NSEC TYPE1234',
    {kind: 'NSEC', octets, next: 'host.example.com.', types: types('A', 'MX', 'RRSIG', 'NSEC', 'TYPE1234')},
  ],
  [
    '60485 5 1 2bb183af5f22588179a53b0a98631fad1a292118',
    {
      ...{kind: 'DS', octets, keyTag: 60_485, algorithm: 5, digestType: 1},
      digest: '2bb183af5f22588179a53b0a98631fad1a292118',
    },
  ],
  [
    '1 1 12 aabbccdd 2t7b4g4vsa5smi47k61mv5bv1a22bojr MX NS RRSIG',
    {
      ...{kind: 'NSEC3', octets, hashAlgorithm: 1, flags: 1, iterations: 12, salt: 'aabbccdd'},
      ...{nextHashed: '2t7b4g4vsa5smi47k61mv5bv1a22bojr', types: types('MX', 'NS', 'RRSIG')},
    },
  ],
  // RFC 5155 §3.3: no salt is a hyphen.
  [
    '1 0 0 - 2t7b4g4vsa5smi47k61mv5bv1a22bojr A',
    {
      ...{kind: 'NSEC3', octets, hashAlgorithm: 1, flags: 0, iterations: 0, salt: ''},
      ...{nextHashed: '2t7b4g4vsa5smi47k61mv5bv1a22bojr', types: types('A')},
    },
  ],
  ['0 foo.example.com.', {kind: 'SVCB', octets, priority: 0, target: 'foo.example.com.', params: []}],
  [
    '16 foo.example.com. port=53',
    {kind: 'SVCB', octets, priority: 16, target: 'foo.example.com.', params: [{key: 3, value: '0035'}]},
  ],
  ['10 mail.example.com.', {kind: 'MX', preference: 10, exchange: 'mail.example.com.'}],
  ['1 2 53 dns.example.com.', {kind: 'SRV', priority: 1, weight: 2, port: 53, target: 'dns.example.com.'}],
  [
    'ns. root.ns. 1 2 3 4 5',
    {
      ...{kind: 'SOA', mname: 'ns.', rname: 'root.ns.', serial: 1, refresh: 2, retry: 3, expire: 4},
      minimum: 5,
    },
  ],
  // RFC 1035 §5.1: a quote and a backslash after a backslash, what is no printable character as its number.
  [
    String.raw`"one \"two\" \\ \031 ~\127\255" "three"`,
    {kind: 'TXT', strings: ['one "two" \\ \x1f ~\x7f\xff', 'three'].map(hexText)},
  ],
  [String.raw`\# 4 0a000001`, {kind: 'raw', octets: '0a000001'}],
  [String.raw`\# 0`, {kind: 'raw', octets: ''}],
])('%s', (text, data) => expect(rdataText(data)).toBe(text));

test.each([
  [0, '19700101000000'],
  [0x7fff_ffff, '20380119031407'],
  [0xffff_ffff, '21060207062815'],
])('%i s is %s', (seconds, text) => expect(secondsText(seconds)).toBe(text));

test('a record: owner, TTL and type go before it', () => {
  const record: DnsRecord = {
    ...{name: 'y.abc.com.', type: 1, class: 1, ttl: 300},
    data: {kind: 'A', address: '203.0.113.80'},
  };
  expect(recordText(record)).toBe('y.abc.com. 300 A 203.0.113.80');
  const empty: DnsRecord = {...record, type: 41, data: {kind: 'OPT', options: []}};
  expect(recordText(empty)).toBe('y.abc.com. 300 OPT');
  const cookie: DnsRecord = {
    ...empty,
    data: {
      kind: 'OPT',
      options: [
        {code: 10, data: hexOf(Uint8Array.of(1, 2))},
        {code: 12, data: ''},
      ],
    },
  };
  expect(recordText(cookie)).toBe('y.abc.com. 300 OPT 10:0102 12:');
});
