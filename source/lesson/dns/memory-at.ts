// What a resolver remembers at an instant of a Trace, and what to say where it remembers nothing of the kind.
import {cacheOn, hostsFileOn} from '../../sim/dns-apps.ts';
import type {CacheRow} from '../../stack/dns/cache-rows.ts';
import {sameName} from '../../wire/dns/name.ts';
import {typeName} from '../../wire/dns/registry.ts';
import {hostAt, type When} from '../host-at.ts';
import type {DnsProperty} from '../host-property.ts';
import {noValue, type Value} from '../value.ts';
import {type DnsMemory, hostPropertiesOfDns, partOf} from './memory.ts';

const noResolver = (host: string): never =>
  noValue(
    `nothing on ${host} resolves names`,
    `${host} 上没有解析器`,
    'ask a host that runs dns: {stub: …} or dns: {recursive: …}',
    '换一台运行 dns: {stub: …} 或 dns: {recursive: …} 的主机',
  );

const otherInstant = ['ask at another event, with at(…)', '用 at(…) 换一个时刻'] as const;

const rowsAt = (host: string, when: When): readonly CacheRow[] =>
  cacheOn(hostAt(host, when), when.atUs) ?? noResolver(host);

/** NXDOMAIN speaks for every type (RFC 2308 §5). */
const isAbout = (row: CacheRow, {name, type}: Extract<DnsMemory, {table: 'cache'}>): boolean =>
  sameName(row.name, name) && (row.type === type || row.negative === 'NXDOMAIN');

const inCache = (host: string, of: Extract<DnsMemory, {table: 'cache'}>, when: When): Value => {
  const what = `${of.name} ${typeName(of.type)}`;
  const row = rowsAt(host, when).find((each) => isAbout(each, of));
  if (!row)
    return noValue(
      `the cache of ${host} has no ${what} at this instant`,
      `${host} 的缓存里此时没有 ${what}`,
      ...otherInstant,
    );
  return (
    partOf(row, of.part) ??
    noValue(
      `${what} in the cache of ${host} has no ${of.part}`,
      `${host} 缓存里的 ${what} 没有 ${of.part}`,
      'ask for another part: ttl, count',
      '换一项：ttl、count',
    )
  );
};

const inHosts = (host: string, {name}: DnsMemory, when: When): Value => {
  const lines = hostsFileOn(hostAt(host, when)) ?? noResolver(host);
  const line = lines.find((each) => sameName(each.name, name));
  return line
    ? {kind: 'text', value: line.address}
    : noValue(
        `the hosts file of ${host} has no ${name} at this instant`,
        `${host} 的 hosts 文件里此时没有 ${name}`,
        ...otherInstant,
      );
};

export const remembered = ({host, of}: {readonly host: string; readonly of: DnsMemory}, when: When): Value =>
  of.table === 'cache' ? inCache(host, of, when) : inHosts(host, of, when);

export const dnsPropertyAt = (host: string, property: DnsProperty, when: When): Value =>
  hostPropertiesOfDns[property](rowsAt(host, when));
