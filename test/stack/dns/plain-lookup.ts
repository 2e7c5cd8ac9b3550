// The same questions answered from a bare list of records, by the definitions and not by the algorithm: an oracle for small zones.
// Names here have neither escapes nor capitals.

import type {ZoneData} from '../../../source/stack/dns/zone-check.ts';
import type {DnsRecord} from '../../../source/wire/dns/message.ts';
import {RecordType} from '../../../source/wire/dns/registry.ts';
import {recordText, type Told} from './words.ts';

const within = (name: string, above: string): boolean => name === above || name.endsWith(`.${above}`);

const ancestors = (name: string): readonly string[] => {
  const up = name.slice(name.indexOf('.') + 1);
  return up === '' ? [name] : [name, ...ancestors(up)];
};

const ofType = (records: readonly DnsRecord[], name: string, type: number): readonly DnsRecord[] =>
  records.filter((record) => record.name === name && record.type === type);

type Plain = Pick<Told, 'rcode' | 'aa'> & {
  readonly answer: readonly DnsRecord[];
  readonly authority: readonly DnsRecord[];
};

const nearest = (zones: readonly ZoneData[], name: string): ZoneData | undefined =>
  ancestors(name)
    .map((up) => zones.find(({origin}) => origin === up))
    .find((zone) => zone !== undefined);

const negative = ({origin, records}: ZoneData, rcode: string): Plain => {
  const soa = ofType(records, origin, RecordType.SOA).map((record) => {
    const minimum = record.data.kind === 'SOA' ? record.data.minimum : 0;
    return {...record, ttl: Math.min(record.ttl, minimum)};
  });
  return {rcode, aa: true, answer: [], authority: soa};
};

const plain = (zones: readonly ZoneData[], name: string, type: number): Plain => {
  const zone = nearest(zones, name);
  if (!zone) return {rcode: 'REFUSED', aa: false, answer: [], authority: []};
  const {origin, records} = zone;
  const inZone = ancestors(name).filter((up) => within(up, origin));
  const cut = inZone
    .filter((up) => up !== origin)
    .findLast((up) => ofType(records, up, RecordType.NS).length > 0);
  if (cut) return {rcode: 'NOERROR', aa: false, answer: [], authority: ofType(records, cut, RecordType.NS)};
  const exists = (one: string): boolean => records.some((record) => within(record.name, one));
  const encloser = inZone.find(exists) ?? origin;
  const source = encloser === name ? name : `*.${encloser}`;
  if (!exists(source)) return negative(zone, 'NXDOMAIN');
  const named = (found: readonly DnsRecord[]) => found.map((record) => ({...record, name}));
  const wanted = named(ofType(records, source, type));
  if (wanted.length > 0) return {rcode: 'NOERROR', aa: true, answer: wanted, authority: []};
  const alias = named(ofType(records, source, RecordType.CNAME));
  return alias.length > 0
    ? {rcode: 'NOERROR', aa: true, answer: alias, authority: []}
    : negative(zone, 'NOERROR');
};

const chased = (zones: readonly ZoneData[], name: string, type: number): Plain => {
  let found = plain(zones, name, type);
  const seen = [name];
  for (;;) {
    const data = found.answer.at(-1)?.data;
    if (data?.kind !== 'CNAME' || type === RecordType.CNAME) return found;
    if (seen.includes(data.name) || !nearest(zones, data.name)) return found;
    seen.push(data.name);
    const next = plain(zones, data.name, type);
    found = {...next, aa: true, answer: [...found.answer, ...next.answer]};
    if (next.answer.length === 0) return found;
  }
};

const additional = (zones: readonly ZoneData[], {answer, authority}: Plain): readonly string[] => {
  const referred = authority.find(({type}) => type === RecordType.NS)?.name;
  const targets = [...answer, ...authority].flatMap(({data}) =>
    data.kind === 'NS' ? [data.name] : data.kind === 'MX' ? [data.exchange] : [],
  );
  const held = targets.flatMap((target) => {
    const of = (zone: ZoneData | undefined): readonly DnsRecord[] =>
      ofType(zone?.records ?? [], target, RecordType.A);
    const parent = referred === undefined ? [] : of(nearest(zones, referred));
    return parent.length > 0 ? parent : of(nearest(zones, target));
  });
  const told = new Set(answer.map(recordText));
  return [...new Set(held.map(recordText))].filter((record) => !told.has(record));
};

/** Each section in alphabetical order. */
export const plainAnswer = (zones: readonly ZoneData[], name: string, type: number): Told => {
  const found = chased(zones, name, type);
  const sorted = (records: readonly DnsRecord[]) => [...new Set(records.map(recordText))].toSorted();
  return {
    rcode: found.rcode,
    aa: found.aa,
    answer: sorted(found.answer),
    authority: sorted(found.authority),
    additional: additional(zones, found).toSorted(),
  };
};
