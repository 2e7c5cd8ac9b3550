// Lists the contents of a DNS cache at a given time, for display.
import type {DnsRecord} from '../../wire/dns/message.ts';
import type {DnsName} from '../../wire/dns/name.ts';
import {agedRecords, type Cache, type CacheEntry, liveEntries, ttlLeft} from './cache.ts';
import type {DnsNote, NegativeAnswer, Trust} from './note.ts';

export type CacheRow = {
  readonly name: DnsName;
  readonly type: number;
  readonly negative?: NegativeAnswer;
  readonly records: readonly DnsRecord[];
  /** The remaining TTL of the cache entry in whole seconds, rounded up. */
  readonly ttl: number;
  readonly trust: Trust;
};

/** Returns the rows for the unexpired entries of a DNS cache, in the order in which their names and types came into it. */
export const cacheRows = ({cache}: {readonly cache: Cache}, nowUs: number): readonly CacheRow[] =>
  liveEntries(cache, nowUs).map((entry) => {
    const {name, type, negative, trust} = entry;
    const records = agedRecords(entry, nowUs);
    const row = {name, type, records, ttl: ttlLeft(entry, nowUs), trust};
    return negative ? {...row, negative} : row;
  });

type EntryNote = Extract<DnsNote, {readonly kind: 'cache'; readonly ttl: number}>;

/** Returns the note for the Trace that an entry of the DNS cache was hit, stored or expired. */
export const entryNote = (
  op: Exclude<EntryNote['op'], 'miss'>,
  entry: CacheEntry,
  nowUs: number,
): EntryNote => {
  const {name, type, negative, records, trust} = entry;
  const about = {name, type, ttl: ttlLeft(entry, nowUs), records, trust};
  return {kind: 'cache', op, ...about, ...(negative ? {negative} : {})};
};
