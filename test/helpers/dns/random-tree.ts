// Random zones on random servers, and the truth about every name in them by a plain look at the records, without any DNS.
import type {DnsRecord} from '../../../source/wire/dns/message.ts';
import {type DnsName, isAtOrBelow, nameKey, sameName} from '../../../source/wire/dns/name.ts';
import {RecordClass, RecordType} from '../../../source/wire/dns/registry.ts';
import type {IpAddress} from '../../../source/wire/frame.ts';

/** A whole number below `count`. */
export type Pick = (count: number) => number;

export type RandomZone = {
  readonly origin: DnsName;
  readonly records: readonly DnsRecord[];
  readonly servers: readonly {readonly name: DnsName; readonly address: IpAddress}[];
};

export type Truth = {
  readonly result: 'ok' | 'NXDOMAIN' | 'NODATA' | 'loop';
  readonly chain: readonly string[];
  readonly data: readonly string[];
};

const {A, NS, CNAME, SOA, MX} = RecordType;
const labels = ['a', 'b', 'c', 'd', 'e'] as const;
const types = [A, CNAME, MX] as const;

const record = (name: DnsName, ttl: number, data: DnsRecord['data']): DnsRecord => ({
  name,
  type: data.kind === 'raw' ? 0 : RecordType[data.kind],
  class: RecordClass.IN,
  ttl,
  data,
});

const below = (label: string, zone: DnsName): DnsName => (zone === '.' ? `${label}.` : `${label}.${zone}`);

const soa = (origin: DnsName): DnsRecord =>
  record(origin, 60, {
    kind: 'SOA',
    mname: origin,
    rname: origin,
    serial: 1,
    refresh: 1,
    retry: 1,
    expire: 1,
    minimum: 30,
  });

type Builder = {
  origin: DnsName;
  records: DnsRecord[];
  servers: {name: DnsName; address: IpAddress}[];
  parent?: Builder;
};

/** One or two servers: named in the zone with glue, or after a server of a zone that stands already. */
const serve = (zone: Builder, {pick, all}: {pick: Pick; all: readonly Builder[]}): void => {
  const count = 1 + pick(2);
  for (let nth = 0; nth < count; nth++) {
    const other = all[pick(all.length)];
    const borrowed = zone.parent && pick(3) === 0 ? other?.servers[0] : undefined;
    const own = {name: below(`ns${nth}`, zone.origin), address: `10.0.${all.length}.${nth + 1}`};
    const server = borrowed ?? own;
    if (zone.servers.some(({name}) => sameName(name, server.name))) continue;
    zone.servers.push(server);
    const ns = record(zone.origin, 200 + pick(400), {kind: 'NS', name: server.name});
    zone.records.push(ns);
    zone.parent?.records.push(ns);
    if (borrowed) continue;
    const glue = record(server.name, 200 + pick(400), {kind: 'A', address: server.address});
    zone.records.push(glue);
    zone.parent?.records.push(glue);
  }
};

const content = (zone: Builder, {pick, zones}: {pick: Pick; zones: readonly Builder[]}): void => {
  const owners = labels
    .map((label) => below(label, zone.origin))
    .filter((name) => !zones.some(({origin}) => sameName(origin, name)));
  for (const name of owners) {
    const target = zones[pick(zones.length)]?.origin ?? '.';
    const type = types[pick(4)];
    const ttl = 5 + pick(120);
    if (type === A)
      for (let nth = 0; nth <= pick(3); nth++)
        zone.records.push(record(name, ttl, {kind: 'A', address: `172.16.${pick(250)}.${nth + 1}`}));
    if (type === MX)
      zone.records.push(record(name, ttl, {kind: 'MX', preference: 10, exchange: below('a', target)}));
    if (type === CNAME)
      zone.records.push(record(name, ttl, {kind: 'CNAME', name: below(labels[pick(5)] ?? 'a', target)}));
  }
};

/** The root first. Borrowed servers come from zones made before, so every zone can be reached. */
export const randomTree = (pick: Pick): readonly RandomZone[] => {
  const root: Builder = {origin: '.', records: [soa('.')], servers: []};
  const zones: Builder[] = [root];
  serve(root, {pick, all: []});
  const wanted = 2 + pick(6);
  for (let nth = 0; nth < wanted; nth++) {
    const parent = zones[pick(zones.length)] ?? root;
    const origin = below(labels[pick(5)] ?? 'a', parent.origin);
    if (zones.some((zone) => sameName(zone.origin, origin))) continue;
    const zone: Builder = {origin, records: [soa(origin)], servers: [], parent};
    serve(zone, {pick, all: zones});
    zones.push(zone);
  }
  for (const zone of zones) content(zone, {pick, zones});
  return zones;
};

const zoneOf = (zones: readonly RandomZone[], name: DnsName): RandomZone | undefined =>
  zones
    .filter(({origin}) => isAtOrBelow(name, origin))
    .toSorted((a, b) => b.origin.length - a.origin.length)[0];

const dataOf = (records: readonly DnsRecord[]): readonly string[] =>
  records.map(({data}) => JSON.stringify(data)).sort();

/** Follows aliases by hand; nothing here asks anybody. */
export const truthOf = (zones: readonly RandomZone[], question: {name: DnsName; type: number}): Truth => {
  const chain: string[] = [];
  const seen = new Set<string>();
  let {name} = question;
  for (;;) {
    const zone = zoneOf(zones, name);
    if (!zone || seen.has(nameKey(name))) return {result: 'loop', chain, data: []};
    seen.add(nameKey(name));
    const here = zone.records.filter((each) => sameName(each.name, name));
    const found = here.filter(({type}) => type === question.type);
    if (found.length > 0) return {result: 'ok', chain, data: dataOf(found)};
    const alias = here.find(({type}) => type === CNAME);
    if (alias?.data.kind !== 'CNAME') {
      const exists = zone.records.some((each) => isAtOrBelow(each.name, name));
      return {result: exists ? 'NODATA' : 'NXDOMAIN', chain, data: []};
    }
    chain.push(nameKey(alias.data.name));
    name = alias.data.name;
  }
};

export const questionsOf = (zones: readonly RandomZone[]): readonly {name: DnsName; type: number}[] =>
  zones.flatMap(({origin}) => [
    {name: origin, type: NS},
    {name: origin, type: SOA},
    ...[...labels, 'nope'].flatMap((label) =>
      [A, MX, CNAME].map((type) => ({name: below(label, origin), type})),
    ),
  ]);
