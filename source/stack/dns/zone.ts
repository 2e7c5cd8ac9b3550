// A zone as a server keeps it (RFC 1034 §4.2): an immutable tree of names, including empty ones, each with its sets of records.
import type {DnsRecord, RData} from '../../wire/dns/message.ts';
import {type DnsName, isAtOrBelow, nameKey, parentName, sameName} from '../../wire/dns/name.ts';
import {RecordType} from '../../wire/dns/registry.ts';
import {sameRData} from './rrset.ts';
import {type ZoneData, zoneFaults} from './zone-check.ts';

/** The records of one type at a name of a DNS zone (an RRset, RFC 2181 §5), in the order of the zone file. */
export type RRset = {readonly type: number; readonly ttl: number; readonly data: readonly RData[]};

/** A name of a DNS zone with its RRsets; without any, it exists only because there are names below it (RFC 4592 §2.2.2). */
export type ZoneNode = {readonly name: DnsName; readonly sets: readonly RRset[]};

export type Zone = ZoneData & {readonly nodes: ReadonlyMap<string, ZoneNode>};

type Soa = Extract<RData, {readonly kind: 'SOA'}>;

/** Returns the RRsets of a name in a zone with a record added to the one of its type; a duplicate changes nothing (RFC 2181 §5). */
const withRecord = (sets: readonly RRset[], {type, ttl, data}: DnsRecord): readonly RRset[] => {
  if (!sets.some((set) => set.type === type)) return [...sets, {type, ttl, data: [data]}];
  return sets.map((set) =>
    set.type !== type || set.data.some((each) => sameRData(each, data))
      ? set
      : {...set, data: [...set.data, data]},
  );
};

/** Builds a DNS zone's tree of names from data in which `zoneFaults` has found no fault. */
export const zoneOf = ({origin, records}: ZoneData): Zone => {
  const nodes = new Map<string, ZoneNode>();
  for (const record of records) {
    const {name} = record;
    const node = nodes.get(nameKey(name)) ?? {name, sets: []};
    nodes.set(nameKey(name), {...node, sets: withRecord(node.sets, record)});
    for (let up = parentName(name); up !== undefined && isAtOrBelow(up, origin); up = parentName(up))
      if (!nodes.has(nameKey(up))) nodes.set(nameKey(up), {name: up, sets: []});
  }
  return {origin, records, nodes};
};

export const setOf = (node: ZoneNode | undefined, type: number): RRset | undefined =>
  node?.sets.find((set) => set.type === type);

/** Returns the data and the TTL of a DNS zone's SOA record. */
export const soaOf = ({origin, nodes}: Zone): {readonly ttl: number; readonly data: Soa} => {
  const set = setOf(nodes.get(nameKey(origin)), RecordType.SOA);
  const data = set?.data[0];
  if (data?.kind !== 'SOA') throw new Error(`zone ${origin} without SOA`);
  return {ttl: set?.ttl ?? 0, data};
};

const sameSet = (a: DnsRecord, b: DnsRecord): boolean => a.type === b.type && sameName(a.name, b.name);

/** Returns a DNS record with the serial increased by one if it is an SOA record; serials wrap around (RFC 1982 §3.1). */
const advanced = (record: DnsRecord): DnsRecord =>
  record.data.kind === 'SOA'
    ? {...record, data: {...record.data, serial: (record.data.serial + 1) >>> 0}}
    : record;

/**
 * Returns the zone with each set of `records` in place of its old one, or added at the end, and with the next serial unless the SOA record
 * itself is among them; undefined if the result would be no valid zone.
 */
export const editZone = (zone: Zone, records: readonly DnsRecord[]): Zone | undefined => {
  const kept = zone.records.filter((old) => !records.some((each) => sameSet(each, old)));
  const at = zone.records.findIndex((old) => records.some((each) => sameSet(each, old)));
  const place = at < 0 ? kept.length : at;
  const edited = [...kept.slice(0, place), ...records, ...kept.slice(place)];
  const ownSoa = records.some(({type}) => type === RecordType.SOA);
  const data = {origin: zone.origin, records: ownSoa ? edited : edited.map(advanced)};
  return records.length === 0 || zoneFaults(data).length > 0 ? undefined : zoneOf(data);
};
