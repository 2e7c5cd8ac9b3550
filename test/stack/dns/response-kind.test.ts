// What a response is, and which of its records may be used. Oracles: RFC 1034 §5.3.3 step 4, RFC 2181 §5.4.1, §10.1, RFC 2308 §2,
// RFC 4697 §2, RFC 5452 §6.
import {describe, expect, test} from 'vitest';
import {responseKind} from '../../../source/stack/dns/response-kind.ts';
import {scrub} from '../../../source/stack/dns/scrub.ts';
import {Rcode} from '../../../source/wire/dns/registry.ts';
import {question, record, response, type Sections} from './records.ts';
import {recordTexts} from './words.ts';

const aa = {aa: true};
const ra = {ra: true};

type Asked = {
  readonly asks?: string;
  readonly zone?: string;
  readonly rd?: boolean;
  readonly promiscuous?: boolean;
};

/** Of the servers of example.: what `www.example. A` is answered. */
const heard = (
  sections: Sections,
  {asks = 'www.example. A', zone = 'example.', rd = false, promiscuous = true}: Asked = {},
) => {
  const message = response(sections);
  const scrubbed = scrub(message, {question: question(asks), zone, promiscuous});
  const texts = (sets: typeof scrubbed.answers) => sets.flatMap(({records}) => recordTexts(records));
  return {
    kind: responseKind(message, scrubbed, {question: question(asks), zone, rd}).kind,
    used: [...texts(scrubbed.answers), ...texts(scrubbed.authorities), ...texts(scrubbed.additionals)],
    refused: scrubbed.refused.length,
  };
};

const own = 'www.example. A 192.0.2.1';
const alias = 'www.example. CNAME other.example.';
const soa = 'example. SOA 60';
const below = 'www.example. NS ns.www.example.';

describe('kinds', () => {
  test.each<[string, string, Sections, Asked?]>([
    ['an answer', 'answer', {flags: aa, answers: [own]}],
    ['one out of a cache', 'recursion-lame', {flags: ra, answers: [own]}],
    ['from a recursive resolver', 'answer', {flags: ra, answers: [own]}, {rd: true}],
    ['without authority', 'answer', {answers: [own]}],
    ['an alias', 'alias', {flags: aa, answers: [alias]}],
    ['an alias of nothing', 'alias', {rcode: Rcode.NXDOMAIN, flags: aa, answers: [alias]}],
    ['the alias itself', 'answer', {flags: aa, answers: [alias]}, {asks: 'www.example. CNAME'}],
    ['anything', 'answer', {flags: aa, answers: [alias]}, {asks: 'www.example. ANY'}],
    ['no such name', 'NXDOMAIN', {rcode: Rcode.NXDOMAIN, flags: aa, authorities: [soa]}],
    ['no name, from a cache', 'recursion-lame', {rcode: Rcode.NXDOMAIN, flags: ra, authorities: [soa]}],
    ['no name, from a resolver', 'NXDOMAIN', {rcode: Rcode.NXDOMAIN, flags: ra}, {rd: true}],
    ['no data', 'NODATA', {flags: aa, authorities: [soa]}],
    ['nothing at all', 'empty', {flags: aa}],
    ['nothing of use', 'empty', {flags: aa, answers: ['stranger. A 192.0.2.9']}],
    ['a referral', 'referral', {authorities: [below]}],
    ['referral, NS asked for', 'referral', {answers: [below]}, {asks: 'www.example. NS'}],
    ['own servers, with authority', 'answer', {flags: aa, answers: [below]}, {asks: 'www.example. NS'}],
    ['itself, without authority', 'lame', {authorities: ['example. NS ns.example.']}, {promiscuous: false}],
    [
      'itself, with authority',
      'NODATA',
      {flags: aa, authorities: ['example. NS ns.example.']},
      {promiscuous: false},
    ],
    [
      'itself, from a cache',
      'recursion-lame',
      {flags: ra, authorities: ['example. NS ns.example.']},
      {promiscuous: false},
    ],
    ['the zone itself, scrubbed', 'lame', {authorities: ['example. NS ns.example.']}],
    ['upwards', 'lame', {authorities: ['. NS ns.root.']}],
    ['upwards, from a resolver', 'error', {authorities: ['. NS ns.root.']}, {rd: true}],
    ['another rcode', 'error', {rcode: Rcode.SERVFAIL, answers: [own]}],
    ['refused', 'error', {rcode: Rcode.REFUSED}],
  ])('%s: %s', (_name, kind, sections, asked) => {
    expect(heard(sections, asked).kind).toBe(kind);
  });
});

describe('records that are used', () => {
  test.each<[string, readonly string[], Sections, Asked?]>([
    [
      'the set in any case',
      ['www.EXAMPLE. A 192.0.2.1'],
      {answers: ['www.EXAMPLE. A 192.0.2.1', 'www.example. TXT 61']},
    ],
    ['of two aliases one', [alias], {answers: [alias, 'www.example. CNAME third.example.']}],
    ['not the alias’s target', [alias], {answers: [alias, 'other.example. A 192.0.2.1']}],
    [
      'everything for ANY',
      [own, 'www.example. TXT 61'],
      {answers: [own, 'www.example. TXT 61', 'x.example. A 192.0.2.1']},
      {asks: 'www.example. ANY'},
    ],
    ['none outside the zone', [], {answers: ['www.other. A 192.0.2.1']}, {asks: 'www.other. A'}],
    [
      'addresses of servers below',
      [below, 'ns.www.example. A 192.0.2.5', 'ns.www.example. AAAA 2001:db8::5'],
      {
        authorities: [below],
        additionals: [
          'ns.www.example. A 192.0.2.5',
          'ns.www.example. AAAA 2001:db8::5',
          'ns.www.example. TXT 61',
          'elsewhere.example. A 192.0.2.6',
        ],
      },
    ],
    [
      'none of foreign zones',
      ['www.example. NS ns.other.'],
      {authorities: ['www.example. NS ns.other.'], additionals: ['ns.other. A 192.0.2.7']},
    ],
    [
      'exchanges’ and services’ addresses',
      ['example. MX mx.example.', 'mx.example. A 192.0.2.8'],
      {answers: ['example. MX mx.example.'], additionals: ['mx.example. A 192.0.2.8']},
      {asks: 'example. MX'},
    ],
    [
      'of services, too',
      ['example. SRV s.example.', 's.example. A 192.0.2.8'],
      {answers: ['example. SRV s.example.'], additionals: ['s.example. A 192.0.2.8']},
      {asks: 'example. SRV'},
    ],
    [
      'no unnamed addresses',
      ['www.example. TXT 61'],
      {answers: ['www.example. TXT 61'], additionals: ['www.example. A 192.0.2.8']},
      {asks: 'www.example. TXT'},
    ],
    ['the zone’s SOA', [soa], {authorities: [soa, 'example. NS ns.example.']}],
    ['no other zone’s SOA', [], {authorities: ['other.example. SOA 60']}],
    ['no SOA from above', [], {authorities: ['. SOA 60']}],
    ['no NS from beside', [], {authorities: ['other.example. NS ns.example.']}],
    ['no NS with NXDOMAIN', [soa], {rcode: Rcode.NXDOMAIN, authorities: [soa, below]}],
    ['an unasked NS set', [own], {answers: [own], authorities: ['example. NS ns.example.']}],
    [
      'unless such are taken',
      [own, 'example. NS ns.example.'],
      {answers: [own], authorities: ['example. NS ns.example.']},
      {promiscuous: false},
    ],
    [
      'one NS set',
      [below],
      {authorities: [below, 'www.example. NS b.example.'].slice(0, 1).concat('example. NS ns.example.')},
    ],
  ])('%s', (_name, used, sections, asked) => {
    const found = heard(sections, asked);
    expect(found.used).toEqual(recordTexts(used.map((text) => record(text))));
  });

  test('all others are refused, but OPT', () => {
    expect(
      heard({answers: [own, 'x. A 192.0.2.1'], authorities: ['y. NS z.'], additionals: ['z. A 192.0.2.2']})
        .refused,
    ).toBe(3);
    const chaos = response({answers: [own]});
    const other = {...chaos, answers: chaos.answers.map((each) => ({...each, class: 3}))};
    expect(
      scrub(other, {question: question('www.example. A'), zone: 'example.', promiscuous: true}),
    ).toMatchObject({answers: [], hadNs: false});
  });
});
