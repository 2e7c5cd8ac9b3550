// EDNS between a resolver and its clients. Oracles: RFC 6891 §6.1.1 (OPT in, OPT out), §6.1.3 (BADVERS), RFC 3225 §3 (DO is copied).
import {describe, expect, test} from 'vitest';
import {type Edns, ednsOf, fullRcode, optRecord} from '../../../source/wire/dns/edns.ts';
import type {DnsMessage} from '../../../source/wire/dns/message.ts';
import {Opcode, Rcode, rcodeName} from '../../../source/wire/dns/registry.ts';
import {must, OneResolver} from '../../helpers/dns/one-resolver.ts';
import {tree} from '../../helpers/dns/tree.ts';
import {query} from './words.ts';

const flags = {qr: false, aa: false, tc: false, rd: true, ra: false, ad: false, cd: false};

const ask = (name: string, change: Partial<DnsMessage>): DnsMessage => {
  const net = new OneResolver(tree());
  net.ask(query(name, 'A', {flags, ...change}));
  net.run();
  return must(net.responses[0]).message;
};

const withOpt = (opt: Partial<Edns> = {}): Partial<DnsMessage> => ({
  additionals: [optRecord({udpSize: 4096, ...opt})],
});

describe('who sends an OPT record gets one', () => {
  test.each<[string, string, Partial<DnsMessage>]>([
    ['an answer', 'NOERROR', {}],
    ['another operation', 'NOTIMP', {opcode: Opcode.NOTIFY}],
    ['no question', 'FORMERR', {questions: []}],
    ['another class', 'REFUSED', {questions: [{name: 'y.abc.com.', type: 1, class: 3}]}],
    ['RD=0', 'REFUSED', {flags: {...flags, rd: false}}],
  ])('%s: %s', (_, rcode, change) => {
    const response = ask('y.abc.com.', {...change, ...withOpt()});
    expect([rcodeName(response.rcode), ednsOf(response)?.version]).toEqual([rcode, 0]);
    expect(ednsOf(ask('y.abc.com.', change))).toBeUndefined();
  });
});

test.each([false, true])('DO is %s in the response as in the query', (doBit) => {
  expect(ednsOf(ask('y.abc.com.', withOpt({doBit})))?.doBit).toBe(doBit);
});

test('a version that nobody knows: BADVERS', () => {
  expect(fullRcode(ask('y.abc.com.', withOpt({version: 1})))).toBe(Rcode.BADVERS);
});

test.each([
  ['two', {additionals: [optRecord({udpSize: 512}), optRecord({udpSize: 512})]}],
  ['not the root’s', {additionals: [{...optRecord({udpSize: 512}), name: 'com.'}]}],
])('OPT records, %s: FORMERR', (_, change) => {
  expect(ask('y.abc.com.', change).rcode).toBe(Rcode.FORMERR);
});
