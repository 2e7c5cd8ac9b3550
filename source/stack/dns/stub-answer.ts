// Reads a response for a stub resolver, which believes its own server, and stores it in the cache (RFC 1034 §5.3.1).
import type {DnsMessage, DnsQuestion, DnsRecord} from '../../wire/dns/message.ts';
import {sameName} from '../../wire/dns/name.ts';
import {Rcode, RecordType} from '../../wire/dns/registry.ts';
import {agedRecords, type Cache, expired, forget, lookUpAnswer, storeNegative, storeRrset} from './cache.ts';
import {entryNote} from './cache-rows.ts';
import type {DnsAnswer} from './call.ts';
import type {DnsNote} from './note.ts';
import type {ResolverRuleId} from './resolver-rules.ts';
import {followsAliases, leastTtl, rrsetsOf} from './rrset.ts';

const chainMost = 16;
/** The longest TTL of a negative answer in a stub resolver's cache, in seconds, as in systemd-resolved. */
const negativeTtlMost = 7_200;

type Reason = {readonly what: DnsNote; readonly because: ResolverRuleId};

export type Kept = {readonly cache: Cache; readonly notes: readonly Reason[]};

type Followed = {
  readonly chain: readonly DnsRecord[];
  readonly records: readonly DnsRecord[];
  /** The DNS question for the name at the end of the chain of CNAMEs. */
  readonly last: DnsQuestion;
};

/**
 * Follows the CNAMEs in a response's ANSWER section from the question on; returns them with the records at the end of the chain, which may
 * be none.
 */
const follow = ({answers}: DnsMessage, question: DnsQuestion): Followed => {
  const chain: DnsRecord[] = [];
  let last = question;
  while (chain.length < chainMost) {
    const own = answers.filter(({name}) => sameName(name, last.name));
    const records = question.type === RecordType.ANY ? own : own.filter(({type}) => type === question.type);
    if (records.length > 0) return {chain, records, last};
    const alias = own.find(({type}) => type === RecordType.CNAME);
    if (alias?.data.kind !== 'CNAME') break;
    chain.push(alias);
    last = {...last, name: alias.data.name};
  }
  return {chain, records: [], last};
};

const answer = (
  {chain, records}: Omit<Followed, 'last'>,
  {negative, from}: {negative: 'NXDOMAIN' | 'NODATA'; from: 'cache' | 'network'},
): DnsAnswer => {
  const all = [...chain, ...records];
  const result = records.length > 0 ? 'ok' : negative;
  return {result, records, chain, from, ...(all.length > 0 ? {ttl: leastTtl(all)} : {})};
};

const negativeOf = ({rcode}: DnsMessage): 'NXDOMAIN' | 'NODATA' =>
  rcode === Rcode.NXDOMAIN ? 'NXDOMAIN' : 'NODATA';

export const answerIn = (message: DnsMessage, question: DnsQuestion): DnsAnswer =>
  answer(follow(message, question), {negative: negativeOf(message), from: 'network'});

/** Returns the note for the Trace on a DNS cache entry without its rank of trust, because a stub resolver believes its server. */
const noteOf = (...told: Parameters<typeof entryNote>): DnsNote => {
  const {trust: _, ...what} = entryNote(...told);
  return what;
};

export const keepAnswer = (
  before: Cache,
  {question, message, nowUs}: {question: DnsQuestion; message: DnsMessage; nowUs: number},
): Kept => {
  const {chain, records, last} = follow(message, question);
  const notes: Reason[] = [];
  let cache = before;
  for (const set of rrsetsOf([...chain, ...records])) {
    const kept = storeRrset(cache, set, {trust: 'answer', nowUs});
    cache = kept.cache;
    if (kept.stored)
      notes.push({what: noteOf('store', kept.stored, nowUs), because: '1123:6.1.3.1/stub-store'});
  }
  const soa = message.authorities.find(({type}) => type === RecordType.SOA);
  if (records.length === 0 && soa) {
    const denial = {
      negative: negativeOf(message),
      soa,
      trust: 'authority',
      nowUs,
      ttlMost: negativeTtlMost,
    } as const;
    const kept = storeNegative(cache, last, denial);
    cache = kept.cache;
    if (kept.stored) notes.push({what: noteOf('store', kept.stored, nowUs), because: '2308:5/store'});
  }
  return {cache, notes};
};

/**
 * Returns a stub resolver's answer from its cache, with the cache without expired entries that it met; `answer` is absent if a server has
 * to be asked.
 */
export const cachedAnswer = (
  before: Cache,
  question: DnsQuestion,
  nowUs: number,
): Kept & {readonly answer?: DnsAnswer} => {
  const notes: Reason[] = [];
  const chain: DnsRecord[] = [];
  let cache = before;
  let asked = question;
  const tell = (what: DnsNote): void => void notes.push({what, because: '1123:6.1.3.1/stub-cache'});
  while (chain.length < chainMost) {
    const stale = expired(cache, asked, nowUs);
    if (stale) {
      cache = forget(cache, stale);
      tell(noteOf('expire', stale, nowUs));
    }
    const entry = lookUpAnswer(cache, asked, nowUs);
    if (!entry) break;
    tell(noteOf('hit', entry, nowUs));
    const records = agedRecords(entry, nowUs);
    const [first] = records;
    if (entry.negative) {
      const {negative} = entry;
      return {cache, notes, answer: answer({chain, records: []}, {negative, from: 'cache'})};
    }
    if (first?.data.kind !== 'CNAME' || !followsAliases(question.type))
      return {cache, notes, answer: answer({chain, records}, {negative: 'NODATA', from: 'cache'})};
    chain.push(first);
    asked = {...asked, name: first.data.name};
  }
  tell({kind: 'cache', op: 'miss', name: asked.name, type: asked.type, ttl: 0, records: []});
  return {cache, notes};
};
