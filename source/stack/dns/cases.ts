// The rules of name servers and resolvers that cover several cases (their texts are in lessons/data/rules.yaml).
import type {CaseTable, Reason} from '../reason.ts';
import type {ResolverRuleId} from './resolver-rules.ts';
import type {AuthorityRuleId} from './rules.ts';

export type DnsRuleId = ResolverRuleId | AuthorityRuleId;

export const dnsCases = {
  /** The case says how the resolver knows the servers of the zone that it asks. */
  '1034:5.3.3/ask': ['referral', 'hints', 'cache'],
  /**
   * The case says which server the resolver asks to find the whole answer: a forwarder from the settings (`set`), a server of a zone
   * `below` its own, or one that `turned` out to be a resolver.
   */
  '1035:4.1.1/forward': ['set', 'below', 'turned'],
  '1034:5.3.3/miss': ['forward'],
  /**
   * `cached`: the answer to the client comes from the cache, `found`: from other servers; `heard`: a response has arrived and ends the
   * query's timer.
   */
  '1034:5.3.3/answer': ['cached', 'found', 'heard'],
  '1034:5.3.1/answer': ['rcode', 'nodata'],
  '1035:4.1.1/refused': ['no-zone'],
} as const satisfies CaseTable & {readonly [rule in DnsRuleId]?: unknown};

export type DnsReason = Reason<DnsRuleId, typeof dnsCases>;
export type DnsBecause = DnsRuleId | DnsReason;
