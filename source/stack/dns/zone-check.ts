// Checks the records of a DNS zone together, such as a CNAME beside other records (RFC 1034 §3.6.2, §4.2.1; RFC 1035 §5.2; RFC 2181 §5.2).
import type {DnsRecord} from '../../wire/dns/message.ts';
import {type DnsName, isAtOrBelow, labelsOf, nameKey, sameName} from '../../wire/dns/name.ts';
import {RecordType} from '../../wire/dns/registry.ts';
import type {ZoneFault} from './zone-problem.ts';

/** The data of a zone; `origin` is its apex, the name of its SOA record. */
export type ZoneData = {readonly origin: DnsName; readonly records: readonly DnsRecord[]};

/** A fault of a DNS zone; `index` is that of the faulty record among the zone's records. */
type Found = {readonly index: number; readonly fault: ZoneFault};

const addressTypes: readonly number[] = [RecordType.A, RecordType.AAAA];

/** Returns the apex of a DNS zone, which is the name of its first SOA record; undefined if there is none. */
export const apexOf = (records: readonly DnsRecord[]): DnsName | undefined =>
  records.find(({type}) => type === RecordType.SOA)?.name;

const isWildcard = (name: DnsName): boolean => labelsOf(name)[0] === '*';

/**
 * Returns the fault of a DNS record at its place in the zone: outside it, below a delegation, or NS at a wildcard; undefined if it has
 * none.
 */
const faultOf = (record: DnsRecord, origin: DnsName, cuts: readonly DnsName[]): ZoneFault | undefined => {
  const {name, type} = record;
  if (!isAtOrBelow(name, origin)) return {code: 'outside', name, zone: origin};
  // The meaning of NS at a wildcard is undefined (RFC 4592 §4.2).
  if (type === RecordType.NS && isWildcard(name)) return {code: 'wildcardNs', name};
  const marksCut = (cut: DnsName): boolean => type === RecordType.NS && sameName(name, cut);
  const cut = cuts.find((each) => isAtOrBelow(name, each) && !marksCut(each));
  return cut === undefined || addressTypes.includes(type) ? undefined : {code: 'belowCut', name, cut};
};

/**
 * Returns the faults of the records of one name in a DNS zone: a CNAME must be the only record, and records of one type have the same TTL.
 */
const faultsAtName = (held: readonly (readonly [number, DnsRecord])[]): readonly Found[] => {
  const [, alias] = held.find(([, {type}]) => type === RecordType.CNAME) ?? [];
  return held.flatMap(([index, record]): Found[] => {
    const {name, type} = record;
    if (alias !== undefined && record !== alias) return [{index, fault: {code: 'alias', name}}];
    const [, first] = held.find(([, other]) => other.type === type) ?? [];
    return first === undefined || first.ttl === record.ttl
      ? []
      : [{index, fault: {code: 'ttlDiffers', name, type}}];
  });
};

/** Returns the faults of a zone that has an SOA record. */
export const zoneFaults = ({origin, records}: ZoneData): readonly Found[] => {
  const atApex = ({name}: DnsRecord): boolean => sameName(name, origin);
  const cuts = records.filter((each) => each.type === RecordType.NS && !atApex(each)).map(({name}) => name);
  const byName = new Map<string, (readonly [number, DnsRecord])[]>();
  const found: Found[] = [];
  let soaSeen = false;
  for (const [index, record] of records.entries()) {
    const key = nameKey(record.name);
    byName.set(key, [...(byName.get(key) ?? []), [index, record]]);
    const isSoa = record.type === RecordType.SOA;
    const fault: ZoneFault | undefined =
      isSoa && soaSeen ? {code: 'soaTwice', zone: origin} : faultOf(record, origin, cuts);
    soaSeen ||= isSoa;
    if (fault) found.push({index, fault});
  }
  for (const held of byName.values()) found.push(...faultsAtName(held));
  const hasNs = records.some((each) => each.type === RecordType.NS && atApex(each));
  const soaIndex = records.findIndex(({type}) => type === RecordType.SOA);
  return hasNs ? found : [...found, {index: soaIndex, fault: {code: 'nsMissing', zone: origin}}];
};
