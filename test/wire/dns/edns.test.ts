// Oracles: RFC 6891 §6.1.2, §6.1.3 (the OPT record), RFC 3225 §3 (DO), RFC 8914 §2 (extended errors), RFC 1035 §4.1; octets by hand.
import {describe, expect, test} from 'vitest';
import {ednsOf, extendedErrors, fullRcode, optRecord, skimDns} from '../../../source/wire/dns/edns.ts';
import type {DnsMessage, DnsRecord} from '../../../source/wire/dns/message.ts';
import {octetsOf} from '../../../source/wire/octets.ts';

const message = (additionals: readonly DnsRecord[], rcode = 0): DnsMessage => ({
  ...{id: 1, opcode: 0, rcode, questions: [], answers: [], authorities: [], additionals},
  flags: {qr: true, aa: false, tc: false, rd: false, ra: false, ad: false, cd: false},
});

test('the TTL of OPT: eight bits of the RCODE, the version, DO', () => {
  const opt = optRecord({udpSize: 1232, extendedRcode: 0x12, version: 0x34, doBit: true});
  expect(opt).toMatchObject({
    name: '.',
    type: 41,
    class: 1232,
    ttl: 0x1234_8000,
    data: {kind: 'OPT', options: []},
  });
  expect(optRecord({udpSize: 512}).ttl).toBe(0);
  expect(optRecord({udpSize: 512, extendedRcode: 0xff, version: 0xff}).ttl).toBe(0xffff_0000);
  for (const edns of [
    {udpSize: 1232, extendedRcode: 0x12, version: 0x34, doBit: true, options: [{code: 10, data: 'ab'}]},
    {udpSize: 512, extendedRcode: 0xff, version: 0, doBit: false, options: []},
  ])
    expect(ednsOf(message([optRecord(edns)]))).toEqual(edns);
});

test('the first OPT record counts; without one there is no EDNS', () => {
  const a: DnsRecord = {name: 'a.', type: 1, class: 1, ttl: 1, data: {kind: 'A', address: '192.0.2.1'}};
  expect(ednsOf(message([a, optRecord({udpSize: 1}), optRecord({udpSize: 2})]))?.udpSize).toBe(1);
  expect(ednsOf(message([a]))).toBeUndefined();
  expect(ednsOf(message([{...a, type: 41}]))).toBeUndefined();
});

test('all twelve bits of the RCODE', () => {
  expect(fullRcode(message([optRecord({udpSize: 512, extendedRcode: 1})], 7))).toBe(23);
  expect(fullRcode(message([], 7))).toBe(7);
});

test('extended errors: a number and a text; of fewer than two octets none', () => {
  const options = ['0012', '00126869', '00', ''].map((data) => ({code: 15, data}));
  const edns = ednsOf(message([optRecord({udpSize: 1, options: [...options, {code: 10, data: '0001'}]})]));
  expect(extendedErrors(edns)).toEqual([
    {code: 18, text: ''},
    {code: 18, text: 'hi'},
  ]);
  expect(extendedErrors(undefined)).toEqual([]);
});

describe('what a message tells without being read', () => {
  const header = (...counts: readonly number[]): string =>
    `00018000${counts.map((count) => count.toString(16).padStart(4, '0')).join('')}`;
  const question = '0161' + '00' + '0001' + '0001';
  const record = (name: string, type: string, ttl = '00000000', data = ''): string =>
    `${name}${type}0001${ttl}${(data.length / 2).toString(16).padStart(4, '0')}${data}`;
  const [pointer, written] = ['c00c', '03777777016100'];
  const skim = (...hex: readonly string[]) => skimDns(octetsOf(hex.join('')));

  test('the upper bits of the RCODE, in OPT among the additional records', () => {
    const opt = record('00', '0029', '17000000');
    expect(skim(header(1, 0, 0, 1), question, opt)).toEqual({extendedRcode: 0x17, signed: false});
    expect(
      skim(
        header(2, 1, 1, 2),
        question,
        question,
        record(pointer, '0001', '05000000', '01020304'),
        record(written, '0002', '06000000', 'c00c'),
        record('00', '0001'),
        opt,
      ),
    ).toEqual({
      ...{extendedRcode: 0x17, signed: false},
    });
    // Anywhere else it is none.
    expect(skim(header(0, 1, 0, 0), opt).extendedRcode).toBe(0);
    expect(skim(header(0, 0, 1, 0), opt).extendedRcode).toBe(0);
  });

  test('signatures in any section', () => {
    const signature = record(pointer, '002e', '00000000', 'aabb');
    for (const counts of [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ])
      expect(skim(header(1, ...counts), question, signature).signed).toBe(true);
    expect(skim(header(1, 2, 0, 0), question, signature, record(written, '0001')).signed).toBe(true);
    expect(skim(header(1, 1, 0, 0), question, record(written, '002f')).signed).toBe(false);
  });

  test('a message that is cut anywhere', () => {
    const whole = header(1, 1, 0, 1) + question + record(written, '002e') + record('00', '0029', '17000000');
    for (let length = 0; length < whole.length; length += 2) skim(whole.slice(0, length));
    expect(skim(whole)).toEqual({extendedRcode: 0x17, signed: true});
    expect(skim(header(0xffff, 0xffff, 0xffff, 0xffff))).toEqual({extendedRcode: 0, signed: false});
  });
});
