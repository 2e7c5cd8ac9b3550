// The cache of a resolver: RRsets and negative answers until they expire (RFC 1034 §5.3.3, RFC 2181 §5.4.1, RFC 2308 §5).
import type {DnsQuestion, DnsRecord} from '../../wire/dns/message.ts';
import type {DnsName} from '../../wire/dns/name.ts';
import {RecordClass, RecordType} from '../../wire/dns/registry.ts';
import {Table} from '../../wire/table.ts';
import {type NegativeAnswer, type Trust, trustOrder} from './note.ts';
import {leastTtl, questionKey, type Rrset, sameData} from './rrset.ts';

/**
 * An entry of the DNS cache. NXDOMAIN has the type ANY, because it is valid for all types (RFC 2308 §5). The records have the TTLs with
 * which they arrived; a negative entry has the SOA record.
 */
export type CacheEntry = Rrset & {
  readonly negative?: NegativeAnswer;
  readonly trust: Trust;
  readonly storedUs: number;
  readonly expiresUs: number;
  /** The time at which an NS set ceases to be a delegation because the parent's has expired ("ghost domains"). */
  readonly boundUs?: number;
  /** The keys of the RRsets that arrived in AUTHORITY and ADDITIONAL of the same response as this cache entry. */
  readonly along?: {readonly authorities: readonly string[]; readonly additionals: readonly string[]};
};

/**
 * The DNS cache of a resolver. `parents` has NS sets and glue from the parents' referrals, apart from what a zone's own servers say of
 * themselves.
 */
export type Cache = {
  readonly entries: Table<CacheEntry>;
  readonly parents: Table<CacheEntry>;
  /** The largest number of entries that each of `entries` and `parents` may have. */
  readonly most: number;
};

export const emptyCache = (most: number): Cache => ({entries: Table.empty(), parents: Table.empty(), most});

const nxdomainKey = (name: DnsName, klass: number): string =>
  questionKey({name, type: RecordType.ANY, class: klass});

/**
 * Tells whether a DNS cache entry may be used. Data that arrived at this very instant may, even with TTL 0, because they serve the question
 * that brought them (RFC 1035 §3.2.1).
 */
const isLive = (entry: CacheEntry, nowUs: number): boolean =>
  nowUs < entry.expiresUs || nowUs === entry.storedUs;

const isDelegation = (entry: CacheEntry, nowUs: number): boolean =>
  isLive(entry, nowUs) && nowUs < (entry.boundUs ?? Number.POSITIVE_INFINITY);

/** Returns the seconds until a time, rounded up, and 0 after it. For the expiry of a cached record this is its remaining TTL. */
export const secondsLeft = (untilUs: number, nowUs: number): number =>
  Math.max(0, Math.ceil((untilUs - nowUs) / 1_000_000));

export const ttlLeft = (entry: CacheEntry, nowUs: number): number => secondsLeft(entry.expiresUs, nowUs);

export const agedRecords = (entry: CacheEntry, nowUs: number): readonly DnsRecord[] => {
  const ttl = ttlLeft(entry, nowUs);
  return entry.records.map((record) => ({...record, ttl}));
};

const makeRoom = (table: Table<CacheEntry>, most: number): Table<CacheEntry> => {
  let soonest: readonly [string, CacheEntry] | undefined;
  if (table.size <= most) return table;
  for (const each of table) if (!soonest || each[1].expiresUs < soonest[1].expiresUs) soonest = each;
  return soonest ? table.without(soonest[0]) : table;
};

const rank = (trust: Trust): number => trustOrder.indexOf(trust);

/**
 * Tells whether a new DNS cache entry replaces the old one. More trusted data stay; with equal trust the later data replace them, but the
 * same data do not prolong their own life (RFC 2181 §5.4.1).
 */
const gives = (before: CacheEntry | undefined, entry: CacheEntry): boolean => {
  const nowUs = entry.storedUs;
  if (!before || !isLive(before, nowUs)) return true;
  if (entry.type === RecordType.NS && !isDelegation(before, nowUs)) return true;
  if (rank(entry.trust) !== rank(before.trust)) return rank(entry.trust) > rank(before.trust);
  return before.negative !== undefined || !sameData(entry.records, before.records);
};

type Circumstances = Pick<CacheEntry, 'trust' | 'boundUs' | 'along'> & {readonly nowUs: number};

const entryOf = (rrset: Rrset, {nowUs, ...rest}: Circumstances): CacheEntry => ({
  ...rrset,
  ...rest,
  storedUs: nowUs,
  expiresUs: nowUs + leastTtl(rrset.records) * 1_000_000,
});

/**
 * Returns a DNS cache entry whose life is limited if it is an NS set: a zone's own servers cannot prolong the delegation that their NS set
 * replaces.
 */
const noLonger = (before: CacheEntry | undefined, entry: CacheEntry): CacheEntry =>
  before && entry.type === RecordType.NS && !before.negative && isDelegation(before, entry.storedUs)
    ? {...entry, expiresUs: Math.min(entry.expiresUs, before.expiresUs)}
    : entry;

/**
 * Returns the DNS cache with the old entry kept, but with the keys of the AUTHORITY and ADDITIONAL records that arrived with it this time.
 */
const withAlong = (cache: Cache, before: CacheEntry, along: NonNullable<CacheEntry['along']>): Cache => ({
  ...cache,
  entries: cache.entries.with(questionKey(before), {...before, along}),
});

/** The DNS cache after an attempt to store data; `stored` is the new entry, absent if the cache keeps its old one. */
export type Stored = {readonly cache: Cache; readonly stored?: CacheEntry};

export const storeRrset = (cache: Cache, rrset: Rrset, circumstances: Circumstances): Stored => {
  const key = questionKey(rrset);
  const before = cache.entries.get(key);
  const entry = noLonger(before, entryOf(rrset, circumstances));
  if (!gives(before, entry))
    return {cache: before && entry.along ? withAlong(cache, before, entry.along) : cache};
  const entries = cache.entries.without(nxdomainKey(rrset.name, rrset.class)).with(key, entry);
  return {cache: {...cache, entries: makeRoom(entries, cache.most)}, stored: entry};
};

/** Returns the DNS cache with a part of a referral stored as the parent's data: an NS set of a zone below, or its glue. */
export const storeParent = (cache: Cache, rrset: Rrset, circumstances: Circumstances): Cache => {
  const entry = entryOf(rrset, circumstances);
  return {...cache, parents: makeRoom(cache.parents.with(questionKey(rrset), entry), cache.most)};
};

/** Returns the TTL of a negative answer in seconds: min(TTL, MINIMUM) of the SOA record (RFC 2308 §5). */
export const negativeTtl = (soa: DnsRecord, most: number): number =>
  Math.min(leastTtl([soa]), soa.data.kind === 'SOA' ? leastTtl([{...soa, ttl: soa.data.minimum}]) : 0, most);

type Denial = Circumstances & {
  readonly negative: NegativeAnswer;
  readonly soa: DnsRecord;
  /** The longest TTL in seconds with which the denial is cached. */
  readonly ttlMost: number;
};

export const storeNegative = (
  cache: Cache,
  question: DnsQuestion,
  {negative, soa, nowUs, ttlMost, ...rest}: Denial,
): Stored => {
  const ttl = negativeTtl(soa, ttlMost);
  if (ttl === 0) return {cache};
  const type = negative === 'NXDOMAIN' ? RecordType.ANY : question.type;
  const entry: CacheEntry = {
    ...rest,
    name: question.name,
    type,
    class: question.class,
    records: [{...soa, ttl}],
    negative,
    storedUs: nowUs,
    expiresUs: nowUs + ttl * 1_000_000,
  };
  // A denial removes the data that the cache had for the same name and type, because the name's servers have denied them.
  const entries = cache.entries.without(questionKey(question)).with(questionKey(entry), entry);
  return {cache: {...cache, entries: makeRoom(entries, cache.most)}, stored: entry};
};

const live = (table: Table<CacheEntry>, key: string, nowUs: number): CacheEntry | undefined => {
  const entry = table.get(key);
  return entry && isLive(entry, nowUs) ? entry : undefined;
};

/** Tells whether all AUTHORITY and ADDITIONAL RRsets that arrived with a DNS cache entry are still cached. */
export const isWhole = (cache: Cache, {along}: CacheEntry, nowUs: number): boolean =>
  [...(along?.authorities ?? []), ...(along?.additionals ?? [])].every(
    (key) => live(cache.entries, key, nowUs) !== undefined,
  );

/** Returns the cached data for a DNS question, however trusted they are; undefined if there are none or only a negative entry. */
export const lookUp = (cache: Cache, question: DnsQuestion, nowUs: number): CacheEntry | undefined => {
  const entry = live(cache.entries, questionKey(question), nowUs);
  return entry?.negative ? undefined : entry;
};

/**
 * Returns the DNS cache entries that may answer a question, expired or not: that of the question itself, the CNAME of the name, the
 * NXDOMAIN of the name.
 */
const answerEntries = (cache: Cache, question: DnsQuestion): readonly CacheEntry[] => {
  const own = cache.entries.get(questionKey(question));
  const alias = cache.entries.get(questionKey({...question, type: RecordType.CNAME}));
  const denial = cache.entries.get(nxdomainKey(question.name, question.class));
  // A cached denial of a CNAME says nothing about other types of the name.
  return [own, alias?.negative ? undefined : alias, denial].flatMap((entry) => entry ?? []);
};

/**
 * Returns the DNS cache entry that may answer a client: a denial, or data that arrived in the ANSWER section, not in another one
 * (RFC 2181 §5.4.1). undefined if there is none.
 */
export const lookUpAnswer = (cache: Cache, question: DnsQuestion, nowUs: number): CacheEntry | undefined =>
  answerEntries(cache, question).find(
    (entry) =>
      isLive(entry, nowUs) &&
      (entry.negative !== undefined || entry.trust === 'answer' || entry.trust === 'answerAA'),
  );

/** Returns the DNS cache entry that would have answered the question if it had not expired; undefined if there is none. */
export const expired = (cache: Cache, question: DnsQuestion, nowUs: number): CacheEntry | undefined =>
  answerEntries(cache, question).find((entry) => !isLive(entry, nowUs));

export const forget = (cache: Cache, {name, type, class: klass}: CacheEntry): Cache => ({
  ...cache,
  entries: cache.entries.without(questionKey({name, type, class: klass})),
});

export const byKey = (cache: Cache, key: string, nowUs: number): CacheEntry | undefined =>
  live(cache.entries, key, nowUs);

/** Returns the NS set for `zone`: that of its own servers, or else the parent's; undefined if neither is cached. */
export const delegationOf = (cache: Cache, zone: DnsName, nowUs: number): CacheEntry | undefined => {
  const key = questionKey({name: zone, type: RecordType.NS, class: RecordClass.IN});
  return [cache.entries.get(key), cache.parents.get(key)].find(
    (entry) => entry !== undefined && !entry.negative && isDelegation(entry, nowUs),
  );
};

/**
 * Returns the cached data for a question that the parent zone's referral gave, whatever the child's servers have said since; undefined if
 * none are cached.
 */
export const parentSide = (cache: Cache, question: DnsQuestion, nowUs: number): CacheEntry | undefined => {
  const entry = cache.parents.get(questionKey(question));
  return entry && isDelegation(entry, nowUs) ? entry : undefined;
};

/** Returns the unexpired entries of a DNS cache, in the order in which their names and types came into it. */
export const liveEntries = (cache: Cache, nowUs: number): readonly CacheEntry[] =>
  [...cache.entries.values()].filter((entry) => isLive(entry, nowUs));
