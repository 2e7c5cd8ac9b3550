// Gives rooms that may not import the stack access to the DNS programs of simulated hosts: their settings, caches and zones.
import type {DnsState} from '../stack/dns/any-role.ts';
import {type CacheRow, cacheRows} from '../stack/dns/cache-rows.ts';
import type {HostsEntry} from '../stack/dns/call.ts';
import {type ResolverSettings, resolverDefaults} from '../stack/dns/resolver-settings.ts';
import {type StubSettings, stubDefaults} from '../stack/dns/stub-settings.ts';
import type {ZoneData} from '../stack/dns/zone-check.ts';
import {parseRecords, parseZone} from '../stack/dns/zone-file.ts';
import type {ZoneProblem} from '../stack/dns/zone-problem.ts';
import type {DnsRecord} from '../wire/dns/message.ts';
import {type DnsName, labelsOf, sameName} from '../wire/dns/name.ts';
import {RecordType} from '../wire/dns/registry.ts';
import type {Result} from '../wire/result.ts';
import type {AppSpec} from './apps.ts';
import type {Host} from './world.ts';

export const stubApp = (changes: Partial<StubSettings>): AppSpec => ({
  app: 'dns',
  spec: {role: 'stub', settings: {...stubDefaults, ...changes}},
});

export const recursiveApp = (changes: Partial<ResolverSettings>): AppSpec => ({
  app: 'dns',
  spec: {role: 'recursive', settings: {...resolverDefaults, ...changes}},
});

export const authorityApp = (zones: readonly ZoneData[]): AppSpec => ({
  app: 'dns',
  spec: {role: 'authority', settings: {zones}},
});

/** Parses a whole zone file; names are relative to `origin` until the file sets another by $ORIGIN. */
export const readZone = (text: string, origin?: DnsName): Result<ZoneData, readonly ZoneProblem[]> =>
  parseZone(text, origin);

/** Parses records in the form of a zone file, without requiring a complete zone. */
export const readRecords = (
  text: string,
  origin?: DnsName,
): Result<readonly DnsRecord[], readonly ZoneProblem[]> => parseRecords(text, {origin});

export type DnsRole = 'stub' | 'resolver' | 'root' | 'tld' | 'authoritative';

/**
 * Returns the role of the host's DNS program. A server's role follows from the depth of its zone, and is `authoritative` if it has
 * several. Undefined if the host runs no DNS.
 */
export const dnsRoleOn = ({apps}: Host): DnsRole | undefined => {
  const state = apps.get('dns')?.state;
  if (state === undefined) return undefined;
  if (state.role !== 'authority') return state.role === 'stub' ? 'stub' : 'resolver';
  const [zone, ...others] = state.server.zones;
  if (!zone || others.length > 0) return 'authoritative';
  const depth = labelsOf(zone.origin).length;
  return depth === 0 ? 'root' : depth === 1 ? 'tld' : 'authoritative';
};

/** Returns the SOA record as the zone has it; undefined if the host does not serve the zone. */
export const soaOn = ({apps}: Host, origin: DnsName): DnsRecord | undefined => {
  const state = apps.get('dns')?.state;
  if (state?.role !== 'authority') return undefined;
  const zone = state.server.zones.find((each) => sameName(each.origin, origin));
  return zone?.records.find(({type}) => type === RecordType.SOA);
};

/** Returns the state of the DNS stub or recursive resolver on a host; undefined if the host resolves no names. */
export const resolverOn = ({apps}: Host): Exclude<DnsState, {role: 'authority'}> | undefined => {
  const app = apps.get('dns');
  return app?.app === 'dns' && app.state.role !== 'authority' ? app.state : undefined;
};

/** Returns the rows of the host's DNS cache; undefined if nothing on the host has one. */
export const cacheOn = (host: Host, nowUs: number): readonly CacheRow[] | undefined => {
  const resolver = resolverOn(host);
  return resolver && cacheRows(resolver, nowUs);
};

/** Returns the entries of the hosts file on a host; undefined if the host has no resolver, which would read it. */
export const hostsFileOn = (host: Host): readonly HostsEntry[] | undefined => resolverOn(host)?.hosts;
