// The rules of name servers and resolvers that cover several cases (their texts are in lessons/data/rules.yaml).
import type {CaseTable, Reason} from '../reason.ts';
import type {ResolverRuleId} from './resolver-rules.ts';
import type {AuthorityRuleId} from './rules.ts';

export type DnsRuleId = ResolverRuleId | AuthorityRuleId;

export const dnsCases = {
  /** The case says how the resolver knows the servers of the zone that it asks. */
  '1034:5.3.3/ask': ['referral', 'hints', 'cache'],
  /**
   * The case says which server is to find the whole answer: one from the settings (`set`), one of a zone `below`, or one that `turned` out
   * to be a resolver.
   */
  '1035:4.1.1/forward': ['set', 'below', 'turned'],
  '1034:5.3.3/miss': ['forward'],
  /** `heard` means that a response ends the wait for it. */
  '1034:5.3.3/answer': ['cached', 'found', 'heard'],
  '1034:5.3.1/answer': ['rcode', 'nodata'],
  '1035:4.1.1/refused': ['no-zone'],
} as const satisfies CaseTable & {readonly [rule in DnsRuleId]?: unknown};

export type DnsReason = Reason<DnsRuleId, typeof dnsCases>;
export type DnsBecause = DnsRuleId | DnsReason;
