// What of a response may be used, record by record. Oracles: RFC 2181 §5.4.1 and §10.1, RFC 5452 §6, RFC 2308 §2.
import {describe, expect, test} from 'vitest';
import {hostsAnswer} from '../../../source/stack/dns/hosts.ts';
import {delegatedCut} from '../../../source/stack/dns/own-zones.ts';
import type {Rrset} from '../../../source/stack/dns/rrset.ts';
import {scrub} from '../../../source/stack/dns/scrub.ts';
import type {DnsRecord, RData} from '../../../source/wire/dns/message.ts';
import {RecordType, typeName} from '../../../source/wire/dns/registry.ts';
import {question, record, response, type Sections} from './records.ts';

const dataText = (data: RData): string => {
  if ('address' in data) return data.address;
  if ('name' in data) return data.name;
  if ('exchange' in data) return data.exchange;
  return 'target' in data ? data.target : '';
};

const texts = (records: readonly DnsRecord[]): readonly string[] =>
  records.map(({name, type, data}) => `${name} ${typeName(type)} ${dataText(data)}`.trim());

const setTexts = (sets: readonly Rrset[]): readonly string[] => sets.flatMap(({records}) => texts(records));

const scrubbed = (asked: string, zone: string, sections: Sections, promiscuous = false) => {
  const found = scrub(response(sections), {question: question(asked), zone, promiscuous});
  return {
    answers: setTexts(found.answers),
    authorities: setTexts(found.authorities),
    additionals: setTexts(found.additionals),
    refused: texts(found.refused),
    hadNs: found.hadNs,
  };
};

describe('ANSWER', () => {
  test('the set of the name and type asked for, whatever the case of its letters', () => {
    const answers = [
      'WWW.a.test. A 192.0.2.1',
      'www.a.test. A 192.0.2.2',
      'www.a.test. TXT x',
      'b.test. A 192.0.2.3',
    ];
    const found = scrubbed('www.a.test. A', 'a.test.', {answers});
    expect(found.answers).toEqual(answers.slice(0, 2));
    expect(found.refused).toEqual(['www.a.test. TXT', 'b.test. A 192.0.2.3']);
  });

  test('or its alias, of which a name has one; not what that leads to', () => {
    const answers = ['a.test. CNAME b.test.', 'a.test. CNAME c.test.', 'b.test. A 192.0.2.1'];
    const found = scrubbed('a.test. A', 'test.', {answers});
    expect(found.answers).toEqual(answers.slice(0, 1));
    expect(found.refused).toEqual(answers.slice(1));
  });

  test('of both the one that comes first', () => {
    const [alias, own] = ['a.test. CNAME b.test.', 'a.test. A 192.0.2.1'];
    expect(scrubbed('a.test. A', 'test.', {answers: [own, alias]}).answers).toEqual([own]);
    expect(scrubbed('a.test. A', 'test.', {answers: [alias, own]}).answers).toEqual([alias]);
  });

  test('every set of the name, where any was asked for', () => {
    const answers = ['a.test. A 192.0.2.1', 'a.test. MX mail.test.', 'b.test. A 192.0.2.2'];
    expect(scrubbed('a.test. ANY', 'test.', {answers}).answers).toEqual(answers.slice(0, 2));
  });

  test('nothing that lies beyond the zone that was asked', () => {
    const answers = ['www.b.test. A 192.0.2.1'];
    expect(scrubbed('www.b.test. A', 'a.test.', {answers})).toMatchObject({answers: [], refused: answers});
  });
});

describe('AUTHORITY', () => {
  const ns = 'a.test. NS ns.a.test.';
  const soa = 'a.test. SOA 60';
  const glue = 'ns.a.test. A 192.0.2.53';

  test('a delegation, with the addresses of its servers', () => {
    const found = scrubbed('www.a.test. A', 'test.', {
      authorities: [ns, 'a.test. NS ns.other.example.', 'b.test. NS ns.a.test.', 'a.test. TXT x'],
      additionals: [glue, 'ns.other.example. A 192.0.2.54', 'www.a.test. A 192.0.2.1', 'ns.a.test. TXT x'],
    });
    expect(found.authorities).toEqual([ns, 'a.test. NS ns.other.example.']);
    expect(found.additionals).toEqual([glue]);
    expect(found.hadNs).toBe(true);
    expect(found.refused).toHaveLength(5);
  });

  test('the SOA of a denial; NS beside it says nothing', () => {
    const found = scrubbed('www.a.test. A', 'a.test.', {authorities: [soa, ns], additionals: [glue]});
    expect([found.authorities, found.additionals]).toEqual([['a.test. SOA'], []]);
    expect(scrubbed('www.a.test. A', 'a.test.', {rcode: 3, authorities: [soa, ns]}).authorities).toEqual([
      'a.test. SOA',
    ]);
    expect(scrubbed('www.a.test. A', 'a.test.', {rcode: 3, authorities: [ns]}).authorities).toEqual([]);
  });

  test.each([
    ['beside the name', 'b.test. SOA 60'],
    ['below it', 'x.www.a.test. SOA 60'],
    ['above the zone', 'test. SOA 60'],
  ])('no SOA %s', (_, other) => {
    expect(scrubbed('www.a.test. A', 'a.test.', {authorities: [other]}).authorities).toEqual([]);
  });

  test('an NS set of a zone above shows that the server is lame, where nothing else came', () => {
    const above = 'test. NS ns.test.';
    const answers = ['www.a.test. A 192.0.2.1'];
    expect(scrubbed('www.a.test. A', 'a.test.', {authorities: [above]}).authorities).toEqual([above]);
    expect(scrubbed('www.a.test. A', 'a.test.', {answers, authorities: [above]}).authorities).toEqual([]);
  });

  test('beside an answer the servers of the zone, unless that is thrown away as nobody asked for it', () => {
    const sections = {answers: ['www.a.test. A 192.0.2.1'], authorities: [ns], additionals: [glue]};
    const kept = scrubbed('www.a.test. A', 'a.test.', sections);
    expect([kept.authorities, kept.additionals]).toEqual([[ns], [glue]]);
    const thrown = scrubbed('www.a.test. A', 'a.test.', sections, true);
    expect([thrown.authorities, thrown.additionals, thrown.hadNs]).toEqual([[], [], true]);
    // A delegation is asked for by asking.
    expect(scrubbed('www.a.test. A', 'test.', {authorities: [ns]}, true).authorities).toEqual([ns]);
    expect(scrubbed('www.a.test. A', 'a.test.', {authorities: [ns]}, true).authorities).toEqual([]);
  });
});

test('ADDITIONAL: addresses of what MX and SRV name, inside the zone', () => {
  const additionals = [
    'm.test. A 192.0.2.1',
    'm.test. AAAA 2001:db8::1',
    'n.test. A 192.0.2.2',
    'm.example. A 192.0.2.3',
  ];
  for (const type of ['MX', 'SRV']) {
    const found = scrubbed(`a.test. ${type}`, 'test.', {
      answers: [`a.test. ${type} m.test.`, `a.test. ${type} m.example.`],
      additionals,
    });
    expect(found.additionals).toEqual(additionals.slice(0, 2));
  }
});

test('the hosts file answers for its names alone, by type, without an age (RFC 1123 §6.1.3.8)', () => {
  const hosts = [
    {name: 'a.test.', address: '192.0.2.1'},
    {name: 'b.test.', address: '192.0.2.2'},
    {name: 'A.test.', address: '2001:db8::1'},
    {name: 'a.test.', address: '192.0.2.3'},
  ];
  const asked = (text: string) => hostsAnswer(hosts, question(text));
  expect(asked('a.TEST. A')).toMatchObject({result: 'ok', from: 'hosts', ttl: 0, chain: []});
  expect(texts(asked('a.test. A')?.records ?? [])).toEqual(['a.test. A 192.0.2.1', 'a.test. A 192.0.2.3']);
  expect(texts(asked('a.test. AAAA')?.records ?? [])).toEqual(['A.test. AAAA 2001:db8::1']);
  expect([asked('b.test. AAAA'), asked('c.test. A'), asked('a.test. MX')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('servers of a zone below: the names of its NS records, with the addresses that stand beside them', () => {
  const found = {
    rcode: 0,
    answers: [],
    authorities: ['b.a.test. NS ns1.b.a.test.', 'b.a.test. TXT x', 'b.a.test. NS ns2.test.'].map((text) =>
      record(text),
    ),
    additionals: ['NS1.b.a.test. A 192.0.2.1', 'ns1.b.a.test. AAAA 2001:db8::1', 'other. A 192.0.2.9'].map(
      (text) => record(text),
    ),
    authoritative: false,
    because: '1034:4.3.2/delegation',
  } as const;
  expect(delegatedCut(found)).toMatchObject({
    zone: 'b.a.test.',
    rd: true,
    targets: [
      {name: 'ns1.b.a.test.', addresses: ['192.0.2.1', '2001:db8::1']},
      {name: 'ns2.test.', addresses: []},
    ],
  });
  const soa = {...found, authorities: [record('a.test. SOA 60')]};
  expect(delegatedCut(soa)).toBeUndefined();
  expect(soa.authorities[0]?.type).toBe(RecordType.SOA);
});
