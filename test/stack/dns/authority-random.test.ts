// Random zones: the server's answer is the one that the definitions give (plain-lookup.ts), and survives the wire.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {answerFrom} from '../../../source/stack/dns/authority.ts';
import {type Zone, zoneOf} from '../../../source/stack/dns/zone.ts';
import {type ZoneData, zoneFaults} from '../../../source/stack/dns/zone-check.ts';
import {ruleOf} from '../../../source/stack/reason.ts';
import {decodeDns} from '../../../source/wire/dns/decode.ts';
import {encodeDns} from '../../../source/wire/dns/encode.ts';
import type {DnsRecord, RData} from '../../../source/wire/dns/message.ts';
import {RecordType} from '../../../source/wire/dns/registry.ts';
import {asksOthers, runs} from '../../helpers/seeds.ts';
import {plainAnswer} from './plain-lookup.ts';
import {query, type Told, told} from './words.ts';

/** Few labels, so that names meet. */
const label = fc.constantFrom('a', 'b', 'c', '*');
const origins = ['x.', 'b.x.', 'y.'];
const nameBelow = (origin: string) =>
  fc.array(label, {maxLength: 3}).map((labels) => [...labels, origin].join('.'));
const anyName = fc.oneof(...[...origins, 'z.'].map(nameBelow));

const alias = anyName.map((name) => [RecordType.CNAME, {kind: 'CNAME', name}] as const);

const data: fc.Arbitrary<readonly [number, RData]> = fc.oneof(
  fc.nat(3).map((n) => [RecordType.A, {kind: 'A', address: `192.0.2.${n}`}] as const),
  fc.nat(2).map((n) => [RecordType.TXT, {kind: 'TXT', strings: [`6${n}`]}] as const),
  anyName.map((exchange) => [RecordType.MX, {kind: 'MX', preference: 10, exchange}] as const),
  alias,
  alias,
  anyName.map((name) => [RecordType.NS, {kind: 'NS', name}] as const),
);

const recordOf = (name: string, [type, rdata]: readonly [number, RData]): DnsRecord => ({
  name,
  type,
  class: 1,
  ttl: 300 + type,
  data: rdata,
});

const soa = (origin: string, minimum: number): RData => {
  const mailbox = {mname: origin, rname: origin};
  return {kind: 'SOA', ...mailbox, serial: 1, refresh: 2, retry: 3, expire: 4, minimum};
};

/** The records, less those that make it no zone. */
const sound = (zone: ZoneData): ZoneData => {
  const faults = new Set(zoneFaults(zone).map(({index}) => index));
  if (faults.size === 0) return zone;
  return sound({...zone, records: zone.records.filter((_, index) => !faults.has(index))});
};

const zoneAt = (origin: string): fc.Arbitrary<ZoneData> =>
  fc
    .record({
      records: fc.array(fc.tuple(nameBelow(origin), data), {maxLength: 14}),
      minimum: fc.constantFrom(60, 3600),
    })
    .map(({records, minimum}) => {
      const apex: DnsRecord[] = [
        recordOf(origin, [RecordType.SOA, soa(origin, minimum)]),
        recordOf(origin, [RecordType.NS, {kind: 'NS', name: `a.${origin}`}]),
      ];
      const others = records.filter(([name, [type]]) => name !== origin || type !== RecordType.CNAME);
      return sound({origin, records: [...apex, ...others.map(([name, each]) => recordOf(name, each))]});
    });

const network = fc
  .tuple(...origins.map((origin) => fc.option(zoneAt(origin), {nil: undefined, freq: 3})))
  .map((zones) => zones.filter((zone) => zone !== undefined));

type Asked = readonly [name: string, type: (typeof types)[number]];

const types = ['A', 'TXT', 'MX', 'CNAME', 'NS', 'SOA', 'SRV'] as const;

const inOrder = ({answer, authority, additional, ...rest}: Told): Told => ({
  ...rest,
  answer: answer.toSorted(),
  authority: authority.toSorted(),
  additional: additional.toSorted(),
});

/** A name on its own, or that of one of the records, so that there are answers too. */
const question = fc.tuple(fc.nat(40), anyName, fc.constantFrom(...types));

test('the answer is that of the definitions', () => {
  const seen = new Map<string, number>();
  const check = (data: readonly ZoneData[], zones: readonly Zone[], [name, type]: Asked): void => {
    const {response, because} = answerFrom(zones, query(name, type));
    expect(inOrder(told(response)), `${name} ${type}`).toEqual(plainAnswer(data, name, RecordType[type]));
    expect(decodeDns(encodeDns(response))).toEqual({ok: true, value: response});
    const shouted = answerFrom(zones, query(name.toUpperCase(), type));
    expect(JSON.stringify(shouted.response).toLowerCase()).toBe(JSON.stringify(response).toLowerCase());
    const rule = ruleOf(because);
    seen.set(rule, (seen.get(rule) ?? 0) + 1);
  };
  fc.assert(
    fc.property(network, fc.array(question, {minLength: 12, maxLength: 12}), (data, questions) => {
      const owners = data.flatMap(({records}) => records.map(({name}) => name));
      const zones = data.map(zoneOf);
      for (const [index, name, type] of questions) check(data, zones, [owners[index] ?? name, type]);
    }),
    {seed: 1034, numRuns: runs(400, 100)},
  );
  // Each way of answering has been tried often enough to mean something: all of the networks do so, some of them at least once.
  const least = asksOthers() ? 30 : 1;
  const tried = [
    '1034:4.3.2/answer',
    '1034:4.3.2/cname',
    '1034:4.3.2/delegation',
    '1035:4.1.1/refused',
    '2308:3/negative/nodata',
    '2308:3/negative/nxdomain',
    '4592:2.2.2/empty-non-terminal',
    '4592:3.3.1/wildcard',
  ];
  expect(tried.filter((rule) => (seen.get(rule) ?? 0) < least)).toEqual([]);
});
