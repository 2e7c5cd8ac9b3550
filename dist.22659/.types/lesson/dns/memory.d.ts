import type { CacheRow } from '../../stack/dns/cache-rows.ts';
import type { DnsName } from '../../wire/dns/name.ts';
import type { Value } from '../value.ts';
/** Of a cache's entry. */
export declare const cacheParts: readonly ['ttl', 'address', 'data', 'count', 'negative'];
export type DnsMemory = {
    readonly table: 'cache';
    readonly name: DnsName;
    readonly type: number;
    readonly part: (typeof cacheParts)[number];
} | {
    readonly table: 'hosts';
    readonly name: DnsName;
    readonly part: 'address';
};
/** Undefined: the entry has no such part. */
export declare const partOf: ({ records, ttl, negative }: CacheRow, part: (typeof cacheParts)[number]) => Value | undefined;
export declare const hostPropertiesOfDns: {
    /** Entries that are still good. */
    'cache.size': (rows: readonly CacheRow[]) => Value;
};
/** As an expression writes it. */
export declare const dnsMemoryText: ({ host, of }: {
    readonly host: string;
    readonly of: DnsMemory;
}) => string;
