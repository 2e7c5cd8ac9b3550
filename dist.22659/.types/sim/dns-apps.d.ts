import type { DnsState } from '../stack/dns/any-role.ts';
import { type CacheRow } from '../stack/dns/cache-rows.ts';
import type { HostsEntry } from '../stack/dns/call.ts';
import { type ResolverSettings } from '../stack/dns/resolver-settings.ts';
import { type StubSettings } from '../stack/dns/stub-settings.ts';
import type { ZoneData } from '../stack/dns/zone-check.ts';
import type { ZoneProblem } from '../stack/dns/zone-problem.ts';
import type { DnsRecord } from '../wire/dns/message.ts';
import { type DnsName } from '../wire/dns/name.ts';
import type { Result } from '../wire/result.ts';
import type { AppSpec } from './apps.ts';
import type { Host } from './world.ts';
export declare const stubApp: (changes: Partial<StubSettings>) => AppSpec;
export declare const recursiveApp: (changes: Partial<ResolverSettings>) => AppSpec;
export declare const authorityApp: (zones: readonly ZoneData[]) => AppSpec;
/** A whole zone file; `origin` holds until the file says another. */
export declare const readZone: (text: string, origin?: DnsName) => Result<ZoneData, readonly ZoneProblem[]>;
/** Lines of a zone file. */
export declare const readRecords: (text: string, origin?: DnsName) => Result<readonly DnsRecord[], readonly ZoneProblem[]>;
export type DnsRole = 'stub' | 'resolver' | 'root' | 'tld' | 'authoritative';
/** A server that has several zones stands for all of its levels. Undefined: the host runs no DNS. */
export declare const dnsRoleOn: ({ apps }: Host) => DnsRole | undefined;
/** Undefined: the host resolves no names. */
export declare const resolverOn: ({ apps }: Host) => Exclude<DnsState, {
    role: 'authority';
}> | undefined;
/** Undefined: nothing on the host has a cache. */
export declare const cacheOn: (host: Host, nowUs: number) => readonly CacheRow[] | undefined;
/** Undefined: nothing on the host reads a hosts file. */
export declare const hostsFileOn: (host: Host) => readonly HostsEntry[] | undefined;
