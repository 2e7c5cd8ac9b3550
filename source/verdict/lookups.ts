// Lookups: all questions of one host for one name and type until it has an answer, whichever servers it asks and however often.
import {type DnsTransaction, hostOf} from '../observe/dns-transactions.ts';
import {emptyList, withOneMore} from '../observe/short-list.ts';
import {displayName} from '../wire/dns/display.ts';
import type {DnsQuestion} from '../wire/dns/message.ts';
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

/** A lookup to which questions are still added. */
class Growing implements Lookup {
  readonly name: string;
  readonly type: string;
  readonly host: string;
  readonly fromUs: number;
  all: DnsTransaction[] = emptyList;
  settled: DnsTransaction | undefined;
  /** The time of the lookup's newest question, and that of its last answer or question. */
  #newestUs: number;
  #lastUs: number;

  constructor({name, type}: Wanted, host: string, {queryUs}: DnsTransaction) {
    this.name = name;
    this.type = type;
    this.host = host;
    this.fromUs = queryUs;
    this.settled = undefined;
    this.#newestUs = queryUs;
    this.#lastUs = queryUs;
  }

  get untilUs(): number {
    return this.settled?.responseUs ?? this.#lastUs;
  }

  /** Tells whether a question belongs to the lookup: it came soon, and before the answer that ended the lookup. */
  goesOn({queryUs}: DnsTransaction): boolean {
    const {settled} = this;
    return queryUs - this.#newestUs <= longestPauseUs && (settled?.responseUs ?? queryUs + 1) > queryUs;
  }

  add(asked: DnsTransaction): void {
    this.all = withOneMore(this.all, asked);
    this.#newestUs = asked.queryUs;
    this.#lastUs = Math.max(this.#lastUs, asked.responseUs ?? asked.queryUs);
    if (settles(asked)) this.settled = earlier(this.settled, asked);
  }
}

const earlier = (a: DnsTransaction | undefined, b: DnsTransaction): DnsTransaction =>
  a && (a.responseUs ?? 0) <= (b.responseUs ?? 0) ? a : b;

/** What a DNS question asks for, as it is shown, with the newest lookup of each host; names that differ only in case share the lookups. */
type Wanted = {readonly name: string; readonly type: string; readonly newest: Map<string, Growing>};

/** Returns a function that tells what a DNS question asks for; it works that out only once for equal questions. */
const wantedBy = (): ((question: DnsQuestion) => Wanted) => {
  const known = new Map<DnsQuestion, Wanted>();
  const newestOf = new Map<string, Map<string, Growing>>();
  return (question) => {
    const before = known.get(question);
    if (before) return before;
    const key = `${question.type} ${question.name.toLowerCase()}`;
    const newest = newestOf.get(key) ?? new Map<string, Growing>();
    newestOf.set(key, newest);
    const wanted = {name: displayName(question.name), type: typeName(question.type), newest};
    known.set(question, wanted);
    return wanted;
  };
};

/** Returns the lookups in a capture's DNS traffic, in the order of their first questions. */
export const lookupsIn = (dns: readonly DnsTransaction[]): readonly Lookup[] => {
  const found: Growing[] = [];
  const wantedOf = wantedBy();
  for (const each of dns.toSorted((a, b) => a.queryUs - b.queryUs)) {
    const {question, client} = each;
    if (!question) continue;
    const wanted = wantedOf(question);
    const asker = hostOf(client);
    const before = wanted.newest.get(asker);
    const host = before?.host ?? asker;
    const lookup = before?.goesOn(each) ? before : new Growing(wanted, host, each);
    if (lookup !== before) {
      found.push(lookup);
      wanted.newest.set(host, lookup);
    }
    lookup.add(each);
  }
  return found;
};
