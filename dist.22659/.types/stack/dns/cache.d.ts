import type { DnsQuestion, DnsRecord } from '../../wire/dns/message.ts';
import type { DnsName } from '../../wire/dns/name.ts';
import { Table } from '../../wire/table.ts';
import { type NegativeAnswer, type Trust } from './note.ts';
import { type Rrset } from './rrset.ts';
export type CacheEntry = {
    readonly name: DnsName;
    /** Of NXDOMAIN: ANY, as it speaks for all types (RFC 2308 §5). */
    readonly type: number;
    readonly class: number;
    /** With the TTLs of arrival. Of a negative entry: the SOA record. */
    readonly records: readonly DnsRecord[];
    readonly negative?: NegativeAnswer;
    readonly trust: Trust;
    readonly storedUs: number;
    readonly expiresUs: number;
    /** Of an NS set: no longer a delegation from then on, as the parent's has run out ("ghost domains"). */
    readonly boundUs?: number;
    /** Keys of the RRsets that came along in AUTHORITY and ADDITIONAL. */
    readonly along?: {
        readonly authorities: readonly string[];
        readonly additionals: readonly string[];
    };
};
/** `parents`: NS sets and glue as the parent's referral had them, beside what the child's servers say of themselves. */
export type Cache = {
    readonly entries: Table<CacheEntry>;
    readonly parents: Table<CacheEntry>;
    /** Of `entries`, and of `parents` on its own. */
    readonly most: number;
};
export declare const emptyCache: (most: number) => Cache;
/** The TTL less the whole seconds that have passed. */
export declare const secondsLeft: (untilUs: number, nowUs: number) => number;
export declare const ttlLeft: (entry: CacheEntry, nowUs: number) => number;
export declare const agedRecords: (entry: CacheEntry, nowUs: number) => readonly DnsRecord[];
type Circumstances = Pick<CacheEntry, 'trust' | 'boundUs' | 'along'> & {
    readonly nowUs: number;
};
/** `stored` is absent where the cache keeps what it has. */
export type Stored = {
    readonly cache: Cache;
    readonly stored?: CacheEntry;
};
export declare const storeRrset: (cache: Cache, rrset: Rrset, circumstances: Circumstances) => Stored;
/** Part of a referral: an NS set of a zone below, or its glue. */
export declare const storeParent: (cache: Cache, rrset: Rrset, circumstances: Circumstances) => Cache;
/** In seconds: min(TTL, MINIMUM) of the SOA record (RFC 2308 §5). */
export declare const negativeTtl: (soa: DnsRecord, most: number) => number;
type Denial = Circumstances & {
    readonly negative: NegativeAnswer;
    readonly soa: DnsRecord;
    /** In seconds, at most. */
    readonly ttlMost: number;
};
export declare const storeNegative: (cache: Cache, question: DnsQuestion, { negative, soa, nowUs, ttlMost, ...rest }: Denial) => Stored;
/** Is all still there that came along? */
export declare const isWhole: (cache: Cache, { along }: CacheEntry, nowUs: number) => boolean;
/** Whatever is known, of any rank; no negative entries. */
export declare const lookUp: (cache: Cache, question: DnsQuestion, nowUs: number) => CacheEntry | undefined;
/** What may answer a client: a denial, or data that came as an answer, never those that came along (RFC 2181 §5.4.1). */
export declare const lookUpAnswer: (cache: Cache, question: DnsQuestion, nowUs: number) => CacheEntry | undefined;
/** The entry that would have answered but for its age. */
export declare const expired: (cache: Cache, question: DnsQuestion, nowUs: number) => CacheEntry | undefined;
export declare const forget: (cache: Cache, { name, type, class: klass }: CacheEntry) => Cache;
export declare const byKey: (cache: Cache, key: string, nowUs: number) => CacheEntry | undefined;
/** The NS set that leads to `zone`: what its own servers say, else what the parent says. */
export declare const delegationOf: (cache: Cache, zone: DnsName, nowUs: number) => CacheEntry | undefined;
/** What the parent's referral said, whatever the child's servers have said since. */
export declare const parentSide: (cache: Cache, question: DnsQuestion, nowUs: number) => CacheEntry | undefined;
/** In the order in which they came; nothing that has expired. */
export declare const liveEntries: (cache: Cache, nowUs: number) => readonly CacheEntry[];
export {};
