// DNS in selectors, condition by condition, on messages made by hand (RFC 1035 §4.1, RFC 2308 §5, RFC 6891 §6.1.3).
import {describe, expect, test} from 'vitest';
import {
  type DnsConditions,
  type DnsMatch,
  describeDnsConditions,
  describeDnsMatch,
  fulfilsDns,
  isDnsMatch,
} from '../../../source/lesson/dns/match.ts';
import type {PacketRecord, TraceEvent} from '../../../source/sim/trace.ts';
import type {DnsNote} from '../../../source/stack/dns/note.ts';
import {type DnsName, nameOf} from '../../../source/wire/dns/name.ts';
import type {Frame} from '../../../source/wire/frame.ts';
import {octetsOf} from '../../../source/wire/octets.ts';
import {ropeFromBytes} from '../../../source/wire/rope.ts';

const name = (written: string): DnsName => nameOf(written.split('.').slice(0, -1));

const question = '01 61 03 636f6d 00 0001 0001';
const record = 'c00c 0001 0001 0000003c 0004 c0000201';
const opt = '00 0029 04d0 00000000 0000';
/** Twelve bits of RCODE: BADVERS is 16. */
const badVersion = '00 0029 04d0 01000000 0000';

const frameOf = (hex: string): Frame => ({
  ...{src: '02:00:00:00:00:01', dst: '02:00:00:00:00:02'},
  payload: {
    kind: 'ip',
    packet: {
      ...{
        version: 4,
        src: '192.0.2.1',
        dst: '192.0.2.2',
        ttl: 64,
        id: 1,
        dontFragment: false,
        trafficClass: 0,
      },
      transport: {
        kind: 'udp',
        datagram: {srcPort: 53, dstPort: 53, payload: ropeFromBytes(octetsOf(hex.replaceAll(' ', '')))},
      },
    },
  },
});

const facts = (hex: string) => ({
  ...{frame: frameOf(hex) satisfies PacketRecord['frame'], retransmission: false},
  ...{httpHeads: () => [], tlsParts: () => []},
});

const query = `0007 0100 0001 0000 0000 0000 ${question}`;
const answer = `0007 8180 0001 0001 0000 0000 ${question} ${record}`;
const referral = `0007 8100 0001 0000 0001 0001 ${question} ${record} ${record}`;
const glue = `0007 8100 0001 0000 0000 0001 ${question} ${record}`;
const nothing = `0007 8183 0001 0000 0000 0001 ${question} ${opt}`;
const truncated = `0007 8380 0001 0000 0000 0000 ${question}`;
const bad = `0007 8180 0001 0000 0000 0001 ${question} ${badVersion}`;

const all = {query, answer, referral, glue, nothing, truncated, bad};

test.each<readonly [NonNullable<DnsConditions['dns']>, readonly (keyof typeof all)[]]>([
  [{}, ['query', 'answer', 'referral', 'glue', 'nothing', 'truncated', 'bad']],
  [{response: false}, ['query']],
  [{response: true}, ['answer', 'referral', 'glue', 'nothing', 'truncated', 'bad']],
  // Those of a query say nothing: it has neither.
  [{rcode: 0}, ['answer', 'referral', 'glue', 'truncated']],
  [{rcode: 3}, ['nothing']],
  [{rcode: 16}, ['bad']],
  [{rcode: 0, response: false}, ['query']],
  [{section: 'answer'}, ['answer']],
  [{section: 'authority'}, ['referral']],
  [{section: 'additional'}, ['glue']],
  [{section: 'none'}, ['nothing', 'truncated', 'bad']],
  [{section: 'none', response: false}, ['query']],
  [{truncated: true}, ['truncated']],
  [{truncated: false, response: true}, ['answer', 'referral', 'glue', 'nothing', 'bad']],
  [{qtype: 1, response: false}, ['query']],
  [{qtype: 28}, []],
  [{name: name('A.com.'), response: false}, ['query']],
  [{name: name('com.')}, []],
])('%j', (dns, expected) => {
  expect(Object.entries(all).flatMap(([what, hex]) => (fulfilsDns({dns}, facts(hex)) ? [what] : []))).toEqual(
    expected,
  );
});

test('what is no DNS fulfils nothing, and everything where nothing is asked', () => {
  expect([fulfilsDns({dns: {}}, facts('00')), fulfilsDns({}, facts('00'))]).toEqual([false, true]);
});

describe('caches', () => {
  const event = (note: DnsNote): TraceEvent => ({
    ...{n: 1, instant: 1, atUs: 0, host: 'a', kind: 'note', note},
  });
  const a = {kind: 'cache', op: 'hit', name: name('a.com.'), type: 1, ttl: 5, records: []} as const;
  const matches = (match: Omit<DnsMatch, 'kind'>, note: DnsNote) =>
    isDnsMatch({kind: 'cache', ...match}, event(note));

  test('what happened, of which name and type', () => {
    expect(matches({op: 'hit'}, a)).toBe(true);
    expect(matches({op: 'miss'}, a)).toBe(false);
    expect([
      matches({op: 'hit', name: name('A.COM.')}, a),
      matches({op: 'hit', name: name('b.')}, a),
    ]).toEqual([...[true, false]]);
    expect([matches({op: 'hit', type: 1}, a), matches({op: 'hit', type: 28}, a)]).toEqual([true, false]);
  });

  test('NXDOMAIN is of every type, NODATA of its own', () => {
    expect(matches({op: 'hit', type: 28}, {...a, negative: 'NXDOMAIN'})).toBe(true);
    expect(matches({op: 'hit', type: 28}, {...a, negative: 'NODATA'})).toBe(false);
    expect(matches({op: 'hit', type: 28, name: name('b.')}, {...a, negative: 'NXDOMAIN'})).toBe(false);
  });

  test('flushed is all of it', () => {
    const flush = {kind: 'cache', op: 'flush', entries: 3} as const;
    expect(matches({op: 'flush'}, flush)).toBe(true);
    expect(matches({op: 'flush', name: name('a.com.')}, flush)).toBe(false);
    expect(matches({op: 'flush', type: 1}, flush)).toBe(false);
  });

  test('other notes are of no cache', () => {
    expect(matches({op: 'hit'}, {kind: 'hosts', name: name('a.com.'), records: []})).toBe(false);
    const action = {call: 'close'} as const;
    const ended: TraceEvent = {
      n: 1,
      instant: 1,
      atUs: 0,
      host: 'a',
      kind: 'call',
      call: 'close',
      action,
      result: 'ok',
    };
    expect(isDnsMatch({kind: 'cache', op: 'hit'}, ended)).toBe(false);
  });
});

test('in words', () => {
  expect(describeDnsConditions({})).toEqual([]);
  expect(describeDnsConditions({dns: {}})).toEqual(['dns message']);
  const full = {rcode: 3, section: 'none', qtype: 28, name: name('a.com.'), truncated: false} as const;
  expect(describeDnsConditions({dns: {response: true, ...full}})).toEqual([
    'dns response NXDOMAIN section none AAAA a.com. truncated false',
  ]);
  expect(describeDnsConditions({dns: {response: false, truncated: true}})).toEqual([
    'dns query truncated true',
  ]);
  const match = {kind: 'cache', op: 'store'} as const;
  expect(describeDnsMatch(match).en).toBe('a host: cache store');
  expect(describeDnsMatch({...match, host: 'm', name: name('a.com.'), type: 5}).en).toBe(
    'm: cache store a.com. CNAME',
  );
});
