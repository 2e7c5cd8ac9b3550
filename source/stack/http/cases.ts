// The rules of HTTP that cover several cases (their texts are in lessons/data/rules.yaml).
import type {CaseTable, Reason} from '../reason.ts';
import type {HttpRuleId} from './rules.ts';

export const httpCases = {
  /**
   * The case says whether the client tries the next address `alone`, or `beside` another attempt to reach the same name that is still open.
   */
  '1123:2.3/next-address': ['alone', 'beside'],
  /** `first`: the idle time of the HTTP connection begins because it is new, and not because a response is complete. */
  '9112:9.5/idle/start': ['first'],
  /**
   * The case says why the server need not read on after its last response: the client has closed its side, too, or the connection is gone.
   */
  '9112:9.6/linger': ['closed', 'gone'],
} as const satisfies CaseTable & {readonly [rule in HttpRuleId]?: unknown};

export type HttpBecause = HttpRuleId | Reason<HttpRuleId, typeof httpCases>;
