// Oracles: RFC 2308 §2 (what is a referral, what is no data); the side files of the captures.
import {describe, expect, test} from 'vitest';
import {dnsParts} from '../../source/account/dns-parts.ts';
import {partsText, plainHand} from '../../source/account/notation.ts';
import {summaryOf} from '../../source/account/summary.ts';
import {optRecord} from '../../source/wire/dns/edns.ts';
import type {DnsMessage, DnsRecord, RData} from '../../source/wire/dns/message.ts';
import {RecordType} from '../../source/wire/dns/registry.ts';
import {capturedTrace} from '../helpers/captured.ts';

const flags = {qr: true, aa: false, tc: false, rd: false, ra: false, ad: false, cd: false};

const message = (changes: Partial<DnsMessage>): DnsMessage => ({
  ...{id: 7, opcode: 0, flags, rcode: 0, answers: [], authorities: [], additionals: []},
  questions: [{name: 'y.abc.com.', type: RecordType.A, class: 1}],
  ...changes,
});

const record = (name: string, type: keyof typeof RecordType, data: RData): DnsRecord => ({
  ...{name, type: RecordType[type], class: 1, ttl: 60, data},
});

const address = (name: string) => record(name, 'A', {kind: 'A', address: '203.0.113.53'});
const server = record('com.', 'NS', {kind: 'NS', name: 'dns.com.'});
const soa = record('abc.com.', 'SOA', {
  ...{kind: 'SOA', mname: 'dns.abc.com.', rname: 'a.abc.com.'},
  ...{serial: 5, refresh: 1, retry: 1, expire: 1, minimum: 1},
});
const cname = record('y.abc.com.', 'CNAME', {kind: 'CNAME', name: 'x.abc.com.'});
const text = (letters: string): DnsRecord =>
  record('a.', 'TXT', {kind: 'TXT', strings: [Buffer.from(letters).toString('hex')]});

const authority = {...flags, aa: true};

test.each<readonly [string, Partial<DnsMessage>]>([
  ['y.abc.com A ? RD=1', {flags: {...flags, qr: false, rd: true}}],
  ['. NS ? RD=0', {flags: {...flags, qr: false}, questions: [{name: '.', type: 2, class: 1}]}],
  ['referral com NS dns.com + glue AA=0', {authorities: [server], additionals: [address('dns.com.')]}],
  ['referral com NS dns.com AA=0', {authorities: [server], additionals: [optRecord({udpSize: 1232})]}],
  ['referral com NS dns.com +1 AA=0', {authorities: [server, server]}],
  ['y.abc.com A 203.0.113.53 AA=1', {flags: authority, answers: [address('y.abc.com.')]}],
  ['y.abc.com CNAME x.abc.com +1 AA=0', {answers: [cname, address('x.abc.com.')]}],
  ['NODATA y.abc.com A AA=1', {flags: authority, authorities: [soa]}],
  ['NODATA y.abc.com A AA=0', {authorities: [soa, server]}],
  ['NXDOMAIN y.abc.com A AA=1', {flags: authority, rcode: 3, authorities: [soa]}],
  ['BADVERS y.abc.com A AA=0', {additionals: [optRecord({udpSize: 512, extendedRcode: 1})]}],
  ['truncated y.abc.com A AA=0 TC=1', {flags: {...flags, tc: true}}],
  ['abc.com SOA dns.abc.com 5 AA=0', {answers: [soa]}],
  ['a TXT "v=spf1 -all" AA=0', {answers: [text('v=spf1 -all')]}],
  ['a TXT 30 B AA=0', {answers: [text('x'.repeat(30))]}],
  ['a TXT 1 B AA=0', {answers: [text('\x1b')]}],
  ['FORMERR AA=0', {rcode: 1, questions: []}],
])('%s', (expected, changes) => {
  expect(partsText(dnsParts(message(changes)), plainHand)).toBe(`DNS ${expected}`);
});

describe('packets of captures', () => {
  const summaries = (name: string): readonly string[] => {
    const trace = capturedTrace(name);
    return Array.from({length: trace.packetCount}, (_, index) => {
      const {frame} = trace.packet(index + 1);
      return frame ? summaryOf(frame) : '';
    });
  };

  test('a datagram is told by its message, a segment by its numbers', () => {
    const [asked, told] = summaries('13g-dns-authoritative-direct.pcap').slice(2);
    expect(asked).toBe('DNS example.com MX ? RD=0');
    expect(told).toBe('DNS example.com MX 20 mail2.example.com +1 AA=1');
    expect(
      summaries('13m-dns-over-tcp.pcapng')
        .filter((one) => one.includes('len='))
        .join(),
    ).not.toContain('DNS');
  });
});
