// Finds what a resolver remembers at an instant of a Trace, for expressions; or the message that there is no such entry.
import {cacheOn, hostsFileOn} from '../../sim/dns-apps.ts';
import type {CacheRow} from '../../stack/dns/cache-rows.ts';
import {sameName} from '../../wire/dns/name.ts';
import {typeName} from '../../wire/dns/registry.ts';
import {dnsMemoryAtSentences} from '../../words/catalogue/lesson-values.ts';
import {hostAt, type When} from '../host-at.ts';
import {problemWith} from '../problem.ts';
import {noValue, type Value} from '../value.ts';
import {type DnsMemory, hostPropertiesOfDns, partOf} from './memory.ts';

const noResolver = (host: string): never => noValue(problemWith(dnsMemoryAtSentences.noResolver, {host}));

const rowsAt = (host: string, when: When): readonly CacheRow[] =>
  cacheOn(hostAt(host, when), when.atUs) ?? noResolver(host);

/** Tells whether a DNS cache entry answers for the name and the record type; an NXDOMAIN entry answers for every type (RFC 2308 §5). */
const isAbout = (row: CacheRow, {name, type}: Extract<DnsMemory, {table: 'cache'}>): boolean =>
  sameName(row.name, name) && (row.type === type || row.negative === 'NXDOMAIN');

const inCache = (host: string, of: Extract<DnsMemory, {table: 'cache'}>, when: When): Value => {
  const what = `${of.name} ${typeName(of.type)}`;
  const row = rowsAt(host, when).find((each) => isAbout(each, of));
  if (!row) return noValue(problemWith(dnsMemoryAtSentences.inCache.theCacheOfHasNo, {host, what}));
  return (
    partOf(row, of.part) ??
    noValue(problemWith(dnsMemoryAtSentences.inCache.inTheCacheOfHas, {what, host, part: of.part}))
  );
};

const inHosts = (host: string, {name}: DnsMemory, when: When): Value => {
  const lines = hostsFileOn(hostAt(host, when)) ?? noResolver(host);
  const line = lines.find((each) => sameName(each.name, name));
  return line
    ? {kind: 'text', value: line.address}
    : noValue(problemWith(dnsMemoryAtSentences.inHosts, {host, name}));
};

export const remembered = ({host, of}: {readonly host: string; readonly of: DnsMemory}, when: When): Value =>
  of.table === 'cache' ? inCache(host, of, when) : inHosts(host, of, when);

export const dnsPropertyAt = (host: string, property: keyof typeof hostPropertiesOfDns, when: When): Value =>
  hostPropertiesOfDns[property](rowsAt(host, when));
