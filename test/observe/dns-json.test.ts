// What `inspect --json` tells of DNS, message by message in octets (RFC 1035 §3.3, RFC 2782, RFC 6672, RFC 6891, RFC 7873, RFC 8914).
import {describe, expect, test} from 'vitest';
import {dnsEntries, dnsJson} from '../../source/observe/dns-json.ts';
import {DnsTransactions} from '../../source/observe/dns-transactions.ts';
import {octetsOf} from '../../source/wire/octets.ts';

const octets = (hex: string) => octetsOf(hex.replaceAll(/\s/g, ''));
const [client, server] = ['192.0.2.1:40000', '192.0.2.53:53'];
const question = '01 61 03 636f6d 00 0001 0001';
const count = (n: number) => n.toString(16).padStart(4, '0');

type Parts = {
  readonly flags?: string;
  readonly answers?: readonly string[];
  readonly authority?: readonly string[];
  readonly additional?: readonly string[];
};

const message = ({flags = '0100', answers = [], authority = [], additional = []}: Parts = {}) =>
  `0007 ${flags} 0001 ${[answers, authority, additional].map(({length}) => count(length)).join(' ')} ${question}
   ${[...answers, ...authority, ...additional].join(' ')}`;

/** Of the name asked for; a minute. */
const record = (type: number, data: string) =>
  `c00c ${count(type)} 0001 0000003c ${count(octets(data).length)} ${data}`;
const opt = (size: string, flags: string, options = '') =>
  `00 0029 ${size} ${flags} ${count(octets(options).length)} ${options}`;

const heard = (...said: readonly (readonly [by: 'client' | 'server', hex: string])[]) => {
  const dns = new DnsTransactions();
  for (const [index, [by, hex]] of said.entries()) {
    const [from, to] = by === 'client' ? [client, server] : [server, client];
    dns.take(octets(hex), {transport: 'udp', from, to, frame: index + 1, atUs: index});
  }
  return dnsEntries({dns: dns.all, unasked: dns.unasked}).map(dnsJson);
};

const plain = {
  ...{id: 7, qname: 'a.com', qtype: 'A', answers: [], authority: [], additional: []},
  ...{ra: false, aa: false, tc: false, ad: false, rd: true, cd: false, do: false, edns: false},
  ...{transport: 'udp', client, server, queryFrame: 1},
};

test('a question without an answer', () => {
  expect(heard(['client', message()])).toEqual([{...plain, rcode: null, responseFrame: null}]);
});

test.each([
  ['8400', {aa: true}],
  ['8200', {tc: true}],
  ['8080', {ra: true}],
  ['8020', {ad: true}],
  ['8003', {rcode: 'NXDOMAIN'}],
])('flags %s of the answer', (flags, expected) => {
  expect(heard(['client', message()], ['server', message({flags})])).toEqual([
    {...plain, rcode: 'NOERROR', responseFrame: 2, ...expected},
  ]);
});

test('flags of the question', () => {
  expect(heard(['client', message({flags: '0010'})])[0]).toMatchObject({rd: false, cd: true});
});

describe('records', () => {
  const name = '01 62 00';
  test.each<readonly [type: number, data: string, told: object]>([
    [1, 'c0000201', {type: 'A', data: '192.0.2.1'}],
    [28, '20010db8000000000000000000000001', {type: 'AAAA', data: '2001:db8::1'}],
    [2, name, {type: 'NS', data: 'b'}],
    [5, '00', {type: 'CNAME', data: '.'}],
    [12, '03 61 2e 62 00', {type: 'PTR', data: 'a.b'}],
    [6, `${name} 00 00000001 00000002 00000003 00000004 00000005`, {type: 'SOA', data: 'b', minimum: 5}],
    [15, `000a ${name}`, {type: 'MX', data: 'b', preference: 10}],
    [16, '02 6869 01 21', {type: 'TXT', data: 'hi!'}],
    [33, `0001 0002 0003 ${name}`, {type: 'SRV', data: 'b', priority: 1, weight: 2, port: 3}],
    [39, name, {type: 'DNAME', data: 'b'}],
    [65, `0001 00 0001 0003 02 6832`, {type: 'HTTPS', priority: 1, target: '.', params: {alpn: ['h2']}}],
    [43, '0001 0d 02 aabb', {type: 'DS', keyTag: 1, algorithm: 13, digestType: 2}],
    [47, `${name} 00 01 40`, {type: 'NSEC', next: 'b', types: ['A']}],
    [
      46,
      `0001 0d 02 0000003c 00000000 00000000 0005 ${name} aa`,
      {
        ...{
          type: 'RRSIG',
          typeCovered: 'A',
          algorithm: 13,
          labels: 2,
          originalTtl: 60,
          keyTag: 5,
          signer: 'b',
        },
        ...{expiration: expect.stringContaining('1970'), inception: expect.stringContaining('1970')},
      },
    ],
    [4242, 'abcd', {type: 'TYPE4242', data: 'abcd'}],
  ])('type %i', (type, data, told) => {
    const [entry] = heard(
      ['client', message()],
      ['server', message({flags: '8000', answers: [record(type, data)]})],
    );
    expect(entry).toMatchObject({
      answers: [{name: 'a.com', ttl: 60, ...told}],
      authority: [],
      additional: [],
    });
  });

  test('by section; OPT is none', () => {
    const hex = message({
      ...{flags: '8000', answers: [record(1, 'c0000201')], authority: [record(1, 'c0000202')]},
      additional: [opt('04d0', '00000000'), record(1, 'c0000203')],
    });
    const data = (last: number) => [{name: 'a.com', type: 'A', ttl: 60, data: `192.0.2.${last}`}];
    expect(heard(['client', message()], ['server', hex])[0]).toMatchObject({
      ...{answers: data(1), authority: data(2), additional: data(3)},
    });
  });
});

describe('EDNS', () => {
  const asked = (options = '', flags = '00000000') => message({additional: [opt('04d0', flags, options)]});
  const cookie = '000a 0008 0102030405060708';

  test('of the question: its size, DO, its options', () => {
    const [entry] = heard(['client', asked(cookie, '00008000')]);
    expect(entry).toMatchObject({
      ...{edns: true, udpSize: 1232, do: true, queryOptions: ['COOKIE']},
      queryCookie: {client: '0102030405060708', server: null},
    });
    expect(entry).not.toHaveProperty('responseOptions');
    expect(heard(['client', asked()])[0]).not.toHaveProperty('queryOptions');
  });

  test('of the answer: twelve bits of RCODE, the cookie of the server, why it failed', () => {
    const options = `000a 0010 0102030405060708 1112131415161718 000f 0005 0016 6e6574`;
    const answer = message({flags: '8002', additional: [opt('04d0', '01000000', options)]});
    expect(heard(['client', message()], ['server', answer])[0]).toMatchObject({
      ...{rcode: 'BADTIME', edns: false, responseOptions: ['COOKIE', 'EDE']},
      responseCookie: {client: '0102030405060708', server: '1112131415161718'},
      ede: [{code: 22, text: 'net'}],
    });
  });
});

test('replies that nobody waited for, each in the order of its frame', () => {
  const [first, second] = heard(['server', message({flags: '8400'})], ['client', message()]);
  expect(first).toEqual({
    ...{id: 7, qname: 'a.com', qtype: 'A', rcode: 'NOERROR', answers: [], authority: [], additional: []},
    ...{ra: false, aa: true, tc: false, ad: false, transport: 'udp', client, server},
    ...{queryFrame: null, responseFrame: 1, edns: null},
  });
  expect(second).toMatchObject({queryFrame: 2, responseFrame: null});
});

test('odd replies', () => {
  const other = message({flags: '8000'}).replace('0007', '0008');
  expect(heard(['client', message()], ['server', other])[0]).toMatchObject({
    oddReplies: [{kind: 'id', frame: 2, from: server, to: client, count: 1}],
  });
});
