// Lookups: all questions of one host for one name and type until it has an answer, whichever servers it asks and however often.
import {type DnsTransaction, hostOf} from '../observe/dns-transactions.ts';
import {displayName} from '../wire/dns/display.ts';
import {Rcode, typeName} from '../wire/dns/registry.ts';

export type Lookup = {
  readonly name: string;
  readonly type: string;
  /** The host that asks, without a port. */
  readonly host: string;
  /** The DNS questions of the lookup with their answers, in the order of the questions. */
  readonly all: readonly DnsTransaction[];
  readonly fromUs: number;
  /** The DNS question whose answer ended the lookup, with records or the news that the name does not exist; undefined if no answer did. */
  readonly settled: DnsTransaction | undefined;
  /** The time of the answer that ended the lookup, or else of the last answer or question. */
  readonly untilUs: number;
};

/** The longest pause in µs between two DNS questions of one lookup; a later question begins a new lookup. */
const longestPauseUs = 30_000_000;

/** Tells whether a DNS answer ends a lookup: it is not truncated, and its code is NOERROR or NXDOMAIN. */
const settles = ({outcome}: DnsTransaction): boolean =>
  outcome !== undefined &&
  !outcome.tc &&
  (outcome.rcode === Rcode.NOERROR || outcome.rcode === Rcode.NXDOMAIN);

type Growing = {readonly all: DnsTransaction[]; settled: DnsTransaction | undefined; lastUs: number};

const earlier = (a: DnsTransaction | undefined, b: DnsTransaction): DnsTransaction =>
  a && (a.responseUs ?? 0) <= (b.responseUs ?? 0) ? a : b;

const goesOn = ({settled, lastUs}: Growing, {queryUs}: DnsTransaction): boolean =>
  queryUs - lastUs <= longestPauseUs && (settled?.responseUs ?? queryUs + 1) > queryUs;

const lookupOf = ({all, settled}: Growing): Lookup => {
  const [first] = all;
  const {question, client = '', queryUs: fromUs = 0} = first ?? {};
  const lastUs = all.reduce((last, {queryUs, responseUs}) => Math.max(last, responseUs ?? queryUs), fromUs);
  return {
    name: displayName(question?.name ?? ''),
    type: typeName(question?.type ?? 0),
    ...{host: hostOf(client), all, fromUs, settled, untilUs: settled?.responseUs ?? lastUs},
  };
};

/** Returns the lookups in a capture's DNS traffic, in the order of their first questions. */
export const lookupsIn = (dns: readonly DnsTransaction[]): readonly Lookup[] => {
  const found: Growing[] = [];
  const open = new Map<string, Growing>();
  for (const each of dns.toSorted((a, b) => a.queryUs - b.queryUs)) {
    const {question, client, queryUs} = each;
    if (!question) continue;
    const key = `${hostOf(client)} ${question.type} ${question.name.toLowerCase()}`;
    const before = open.get(key);
    const lookup = before && goesOn(before, each) ? before : {all: [], settled: undefined, lastUs: queryUs};
    if (lookup !== before) {
      found.push(lookup);
      open.set(key, lookup);
    }
    lookup.all.push(each);
    lookup.lastUs = queryUs;
    if (settles(each)) lookup.settled = earlier(lookup.settled, each);
  }
  return found.map(lookupOf);
};
