import type { DnsRecord } from '../../wire/dns/message.ts';
import type { DnsName } from '../../wire/dns/name.ts';
import { type Cache } from './cache.ts';
import type { NegativeAnswer, Trust } from './note.ts';
export type CacheRow = {
    readonly name: DnsName;
    readonly type: number;
    readonly negative?: NegativeAnswer;
    readonly records: readonly DnsRecord[];
    /** Whole seconds left. */
    readonly ttl: number;
    readonly expiresUs: number;
    readonly trust: Trust;
};
/** In the order in which names and types came into the cache; what has expired is not shown. */
export declare const cacheRows: ({ cache }: {
    readonly cache: Cache;
}, nowUs: number) => readonly CacheRow[];
