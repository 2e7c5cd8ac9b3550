// Oracles: RFC 2181 §9, RFC 6891 §7, RFC 9471 §3.1; sizes counted by hand; invariants.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {decodeDns} from '../../../source/wire/dns/decode.ts';
import {ednsOf, optRecord} from '../../../source/wire/dns/edns.ts';
import {encodeDns} from '../../../source/wire/dns/encode.ts';
import type {DnsMessage, DnsRecord} from '../../../source/wire/dns/message.ts';
import {nameKey} from '../../../source/wire/dns/name.ts';
import {encodeDnsWithin} from '../../../source/wire/dns/truncate.ts';
import {runs} from '../../helpers/seeds.ts';
import {messages} from './arbitrary.ts';

const decoded = (bytes: Uint8Array): DnsMessage => {
  const result = decodeDns(bytes);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

const within = (message: DnsMessage, most: number): DnsMessage => decoded(encodeDnsWithin(message, most));

const address = (name: string, last: number): DnsRecord => ({
  ...{name, type: 1, class: 1, ttl: 60},
  data: {kind: 'A', address: `192.0.2.${last}`},
});

const flags = {qr: true, aa: true, tc: false, rd: false, ra: false, ad: false, cd: false};
/** Question at 12: `a.` takes 3 octets and 4; each address 16 more. 19 octets in all. */
const base: DnsMessage = {
  ...{id: 1, opcode: 0, flags, rcode: 0},
  questions: [{name: 'a.', type: 1, class: 1}],
  ...{answers: [], authorities: [], additionals: []},
};
const three = [1, 2, 3].map((last) => address('a.', last));

test('a set that does not fit is left out whole, and TC says so', () => {
  const message = {...base, answers: three};
  expect(encodeDns(message)).toHaveLength(19 + 48);
  expect(within(message, 67)).toEqual(message);
  expect(within(message, 66)).toEqual({...base, flags: {...flags, tc: true}});
});

test('additional records go in silence, the OPT record stays', () => {
  const opt = optRecord({udpSize: 1232});
  const message = {...base, answers: three, additionals: [address('b.', 4), opt, address('c.', 5)]};
  expect(within(message, 67 + 11)).toEqual({...message, additionals: [opt]});
  expect(within(message, 67 + 11 - 1)).toEqual({
    ...{...base, flags: {...flags, tc: true}, additionals: [opt]},
  });
});

test('glue that the referral needs sets TC, other addresses do not', () => {
  const referral = (server: string): DnsMessage => ({
    ...base,
    flags: {...flags, aa: false},
    // Of one server of the two the address is there.
    authorities: [server, 'ns.c.'].map((name) => ({
      ...{name: 'a.', type: 2, class: 1, ttl: 1},
      data: {kind: 'NS', name},
    })),
    additionals: [address(server, 1)],
  });
  const size = (message: DnsMessage): number => encodeDns(message).length;
  for (const [server, tc] of [
    ['ns.A.', true],
    ['ns.b.', false],
  ] as const) {
    const message = referral(server);
    expect(within(message, size(message) - 1)).toEqual({
      ...message,
      flags: {...message.flags, tc},
      additionals: [],
    });
  }
});

const setKey = ({name, type, class: recordClass}: DnsRecord): string =>
  `${nameKey(name)} ${type} ${recordClass}`;

test('never longer than allowed; sets are whole or absent; TC where answer or authority lost one', () => {
  fc.assert(
    fc.property(messages, fc.integer({min: 12, max: 700}), (message, most) => {
      const bytes = encodeDnsWithin(message, most);
      expect(bytes.length).toBeLessThanOrEqual(most);
      const kept = decoded(bytes);
      for (const section of ['answers', 'authorities', 'additionals'] as const) {
        const sets = new Set(kept[section].filter(({type}) => type !== 41).map(setKey));
        const whole = message[section].filter((record) => sets.has(setKey(record)) || record.type === 41);
        const shown = kept[section].filter(({type}) => type !== 41);
        expect(shown).toEqual(whole.filter(({type}) => type !== 41));
      }
      const required = (one: DnsMessage): number => one.answers.length + one.authorities.length;
      if (required(kept) < required(message)) expect(kept.flags.tc).toBe(true);
      if (kept.questions.length > 0 && required(kept) > 0) expect(ednsOf(kept)).toEqual(ednsOf(message));
    }),
    {numRuns: runs(1000)},
  );
});
