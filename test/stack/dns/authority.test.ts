// Answers of an authoritative server. Oracles: the messages that RFC 1034 §6.2, RFC 2308 §2 and RFC 4592 §2.2.1 print.
import {describe, expect, test} from 'vitest';
import {answerFrom} from '../../../source/stack/dns/authority.ts';
import type {Zone} from '../../../source/stack/dns/zone.ts';
import {ruleOf} from '../../../source/stack/reason.ts';
import {ednsOf, fullRcode, optRecord} from '../../../source/wire/dns/edns.ts';
import {Opcode, RecordClass, rcodeName} from '../../../source/wire/dns/registry.ts';
import {servers, zoneFrom} from './rfc1034-zones.ts';
import {query, type Told, told} from './words.ts';

const udpSize = 1232;
const ask = (zones: readonly Zone[], name: string, type: string): Told =>
  told(answerFrom(zones, query(name, type)).response);

const authoritative = (answer: readonly string[], additional: readonly string[] = []): Told => ({
  rcode: 'NOERROR',
  aa: true,
  answer,
  authority: [],
  additional,
});

describe('RFC 1034 §6.2', () => {
  const c = servers['C.ISI.EDU.'];
  const a = servers['A.ISI.EDU.'];
  const sriNic = ['SRI-NIC.ARPA. 86400 A 26.0.0.73', 'SRI-NIC.ARPA. 86400 A 10.0.0.51'];

  test('§6.2.1: addresses', () => {
    expect(ask(c, 'SRI-NIC.ARPA.', 'A')).toEqual(authoritative(sriNic));
  });

  test('§6.2.2: of QTYPE=* one set of those that the RFC shows (RFC 8482 §4.1)', () => {
    expect(ask(c, 'SRI-NIC.ARPA.', 'ANY')).toEqual(authoritative(sriNic));
    expect(answerFrom(c, query('SRI-NIC.ARPA.', 'ANY')).because).toBe('8482:4.1/any');
  });

  test('§6.2.3: MX, and the address of the exchange', () => {
    expect(ask(c, 'SRI-NIC.ARPA.', 'MX')).toEqual(
      authoritative(['SRI-NIC.ARPA. 86400 MX 0 SRI-NIC.ARPA.'], sriNic),
    );
  });

  const soa = '. 86400 SOA SRI-NIC.ARPA. HOSTMASTER.SRI-NIC.ARPA. 870611 1800 300 604800 86400';

  test('§6.2.4: no such type; the SOA record is what RFC 2308 §3 has added', () => {
    expect(ask(c, 'SRI-NIC.ARPA.', 'NS')).toEqual({...authoritative([]), authority: [soa]});
  });

  test('§6.2.5: no such name', () => {
    expect(ask(c, 'SIR-NIC.ARPA.', 'A')).toEqual({...authoritative([]), rcode: 'NXDOMAIN', authority: [soa]});
  });

  test('§6.2.6: a referral is not authoritative', () => {
    const {additional, ...rest} = ask(c, 'BRL.MIL.', 'A');
    expect(rest).toEqual({
      rcode: 'NOERROR',
      aa: false,
      answer: [],
      authority: ['MIL. 86400 NS SRI-NIC.ARPA.', 'MIL. 86400 NS A.ISI.EDU.'],
    });
    expect(additional.toSorted()).toEqual(['A.ISI.EDU. 86400 A 26.3.0.103', ...sriNic].toSorted());
  });

  const alias = 'USC-ISIC.ARPA. 86400 CNAME C.ISI.EDU.';

  test('§6.2.7: an alias, with what it stands for', () => {
    expect(ask(a, 'USC-ISIC.ARPA.', 'A')).toEqual(authoritative([alias, 'C.ISI.EDU. 86400 A 10.0.0.52']));
  });

  test('§6.2.7: an alias, with a referral', () => {
    expect(ask(c, 'USC-ISIC.ARPA.', 'A')).toEqual({
      ...authoritative([alias]),
      authority: ['VAXA', 'A', 'VENERA'].map((host) => `ISI.EDU. 172800 NS ${host}.ISI.EDU.`),
      additional: [
        'VAXA.ISI.EDU. 172800 A 10.2.0.27',
        'VAXA.ISI.EDU. 172800 A 128.9.0.33',
        'A.ISI.EDU. 172800 A 26.3.0.103',
        'VENERA.ISI.EDU. 172800 A 10.1.0.52',
        'VENERA.ISI.EDU. 172800 A 128.9.0.32',
      ],
    });
  });

  test.each([a, c])('§6.2.8: the alias itself', (...zones) => {
    expect(ask(zones, 'USC-ISIC.ARPA.', 'CNAME')).toEqual(authoritative([alias]));
  });

  test('§6.3.1: MX of ISI.EDU; the referral before it', () => {
    const {authority, aa} = ask(c, 'ISI.EDU.', 'MX');
    expect({authority, aa}).toEqual({
      authority: ['VAXA', 'A', 'VENERA'].map((host) => `ISI.EDU. 172800 NS ${host}.ISI.EDU.`),
      aa: false,
    });
    expect(ask(a, 'ISI.EDU.', 'MX').additional).toEqual([
      'VENERA.ISI.EDU. 172800 A 10.1.0.52',
      'VENERA.ISI.EDU. 172800 A 128.9.0.32',
      'VAXA.ISI.EDU. 172800 A 10.2.0.27',
      'VAXA.ISI.EDU. 172800 A 128.9.0.33',
    ]);
  });

  test('§6.3.2: PTR', () => {
    expect(ask(c, '65.0.6.26.IN-ADDR.ARPA.', 'PTR').answer).toEqual([
      '65.0.6.26.IN-ADDR.ARPA. 86400 PTR ACC.ARPA.',
    ]);
  });
});

describe('RFC 4592 §2.2.1', () => {
  const zone = zoneFrom(`
$ORIGIN example.
example.                 3600 IN  SOA   ns.example.com. hostmaster.example. 1 3600 600 86400 300
example.                 3600     NS    ns.example.com.
example.                 3600     NS    ns.example.net.
*.example.               3600     TXT   "this is a wildcard"
*.example.               3600     MX    10 host1.example.
sub.*.example.           3600     TXT   "this is not a wildcard"
host1.example.           3600     A     192.0.2.1
_ssh._tcp.host1.example. 3600     SRV   0 0 22 host1.example.
_ssh._tcp.host2.example. 3600     SRV   0 0 22 host2.example.
subdel.example.          3600     NS    ns.example.com.
subdel.example.          3600     NS    ns.example.net.
`);
  const soa = 'example. 300 SOA ns.example.com. hostmaster.example. 1 3600 600 86400 300';

  test.each([
    ['host3.example.', 'MX', 'host3.example. 3600 MX 10 host1.example.'],
    ['foo.bar.example.', 'TXT', 'foo.bar.example. 3600 TXT "this is a wildcard"'],
  ])('%s %s is synthesised', (name, type, answer) => {
    expect(ask([zone], name, type)).toMatchObject({
      rcode: 'NOERROR',
      aa: true,
      answer: [answer],
      authority: [],
    });
  });

  test('host3.example. A: the wildcard exists, A does not', () => {
    expect(ask([zone], 'host3.example.', 'A')).toEqual({...authoritative([]), authority: [soa]});
  });

  test.each([
    ['host1.example.', 'MX', 'NOERROR', 'host1.example. exists'],
    ['sub.*.example.', 'MX', 'NOERROR', 'sub.*.example. exists'],
    ['_telnet._tcp.host1.example.', 'SRV', 'NXDOMAIN', '_tcp.host1.example. exists, without data'],
    ['ghost.*.example.', 'MX', 'NXDOMAIN', '*.example. exists'],
    ['_tcp.host1.example.', 'A', 'NOERROR', 'it is an empty non-terminal'],
  ])('%s %s is not synthesised: %s, as %s', (name, type, rcode) => {
    expect(ask([zone], name, type)).toEqual({...authoritative([]), rcode, authority: [soa]});
  });

  test('host.subdel.example. A: a referral', () => {
    expect(ask([zone], 'host.subdel.example.', 'A')).toEqual({
      rcode: 'NOERROR',
      aa: false,
      answer: [],
      authority: ['subdel.example. 3600 NS ns.example.com.', 'subdel.example. 3600 NS ns.example.net.'],
      additional: [],
    });
  });
});

describe('RFC 2308 §2', () => {
  const example = zoneFrom(
    '@ 3600 SOA ns1.xx. hostmaster.ns1.xx. 1 2 3 4 5\n NS ns1.xx.\nan CNAME tripple.xx.\nanother A 127.0.0.9',
    'example.',
  );
  const xx = zoneFrom(
    '@ 60 SOA ns1 hostmaster.ns1 1 1800 300 604800 900\n NS ns1\n NS ns2\nns1 A 127.0.0.2\nns2 A 127.0.0.3',
    'xx.',
  );
  const soa = 'xx. 60 SOA ns1.xx. hostmaster.ns1.xx. 1 1800 300 604800 900';

  test('§2.1: type 2, the name behind the alias does not exist', () => {
    expect(ask([example, xx], 'an.example.', 'A')).toEqual({
      ...authoritative(['an.example. 3600 CNAME tripple.xx.']),
      rcode: 'NXDOMAIN',
      authority: [soa],
    });
  });

  test('§2.2: no data, of the alias and of a name', () => {
    const {rcode, authority} = ask([example], 'another.example.', 'MX');
    expect({rcode, authority}).toEqual({
      rcode: 'NOERROR',
      authority: ['example. 5 SOA ns1.xx. hostmaster.ns1.xx. 1 2 3 4 5'],
    });
  });
});

describe('what is not answered', () => {
  const zones = servers['C.ISI.EDU.'];

  const rules: Readonly<Record<string, string>> = {
    REFUSED: '1035:4.1.1/refused',
    NOTIMP: '1035:4.1.1/notimp',
    FORMERR: '1035:4.1.1/formerr',
    BADVERS: '6891:6.1.3/badvers',
  };

  test.each([
    ['another zone', query('example.com.', 'A'), 'REFUSED'],
    [
      'another class',
      query('EDU.', 'A', {questions: [{name: 'EDU.', type: 1, class: RecordClass.CH}]}),
      'REFUSED',
    ],
    ['a transfer', query('EDU.', 'AXFR'), 'REFUSED'],
    ['another opcode', query('EDU.', 'A', {opcode: Opcode.NOTIFY}), 'NOTIMP'],
    ['no question', query('EDU.', 'A', {questions: []}), 'FORMERR'],
    [
      'two questions',
      query('EDU.', 'A', {questions: [1, 2].map((type) => ({name: 'EDU.', type, class: RecordClass.IN}))}),
      'FORMERR',
    ],
    [
      'two OPT records',
      query('EDU.', 'A', {additionals: [optRecord({udpSize}), optRecord({udpSize})]}),
      'FORMERR',
    ],
    ['EDNS version 1', query('EDU.', 'A', {additionals: [optRecord({udpSize, version: 1})]}), 'BADVERS'],
  ])('%s: %s', (_, message, rcode) => {
    const {response, because} = answerFrom([zones[1]], message);
    expect(rcodeName(fullRcode(response))).toBe(rcode);
    expect(ruleOf(because)).toBe(rules[rcode]);
    expect([response.flags.aa, response.answers, response.authorities]).toEqual([false, [], []]);
  });
});

test('id, RD, the name as it was written and EDNS come back (RFC 1035 §4.1.1, RFC 4343 §4.1, RFC 6891 §6.1.1)', () => {
  const flags = {...query('.', 'A').flags, rd: true, cd: true};
  const asked = query('sri-NIC.arpa.', 'A', {flags, additionals: [optRecord({udpSize: 4096, doBit: true})]});
  const {response} = answerFrom(servers['C.ISI.EDU.'], asked);
  expect(response).toMatchObject({id: 0x1a2b, questions: asked.questions});
  expect(response.flags).toEqual({qr: true, aa: true, tc: false, rd: true, ra: false, ad: false, cd: false});
  expect(response.answers.map(({name}) => name)).toEqual(['sri-NIC.arpa.', 'sri-NIC.arpa.']);
  expect(ednsOf(response)).toEqual({udpSize, extendedRcode: 0, version: 0, doBit: true, options: []});
  const plain = answerFrom(servers['C.ISI.EDU.'], query('SRI-NIC.ARPA.', 'A'));
  expect(ednsOf(plain.response)).toBe(undefined);
});

test('aliases that lead back end (RFC 1034 §3.6.2)', () => {
  const zone = zoneFrom('@ 60 SOA ns h 1 2 3 4 5\n NS ns\na CNAME b\nb CNAME c\nc CNAME a', 'x.');
  expect(ask([zone], 'a.x.', 'A')).toEqual(
    authoritative(['a.x. 60 CNAME b.x.', 'b.x. 60 CNAME c.x.', 'c.x. 60 CNAME a.x.']),
  );
});

test('a row of aliases is followed for sixteen steps', () => {
  const aliases = Array.from({length: 20}, (_, n) => `a${n} CNAME a${n + 1}`).join('\n');
  const zone = zoneFrom(`@ 60 SOA ns h 1 2 3 4 5\n NS ns\n${aliases}\na20 A 192.0.2.1`, 'x.');
  expect(ask([zone], 'a0.x.', 'A').answer.at(-1)).toBe('a15.x. 60 CNAME a16.x.');
  expect(ask([zone], 'a5.x.', 'A').answer.at(-1)).toBe('a20.x. 60 A 192.0.2.1');
});
