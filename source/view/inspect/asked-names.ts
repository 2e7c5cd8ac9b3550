// Collects the domain names that a capture's DNS queries asked for: how long clients waited for each, and what the answer was.

import {type DnsTransaction, hostOf} from '../../observe/dns-transactions.ts';
import {displayName} from '../../wire/dns/display.ts';
import {Opcode, Rcode, RecordType} from '../../wire/dns/registry.ts';
import {byKey} from '../../wire/grouped.ts';
import {oncePer} from '../../wire/once-per.ts';

type Transactions = readonly DnsTransaction[];

const asksAddress = ({type}: {readonly type: number}): boolean =>
  type === RecordType.A || type === RecordType.AAAA;

/** Returns for each IP address in DNS responses the name that a client had asked for; the address is called by that name from then on. */
export const namesOf = oncePer((dns: Transactions): ReadonlyMap<string, string> => {
  const names = new Map<string, string>();
  for (const each of dns) {
    const {question} = each;
    if (question && asksAddress(question))
      for (const address of addressesOf(each)) names.set(address, displayName(question.name));
  }
  return names;
});

type Wait = {readonly fromUs: number; readonly untilUs: number};

export type Named = {
  readonly count: number;
  readonly fromUs: number;
  readonly untilUs: number;
  /** The intervals in which a client waited for a DNS answer about this name, in order and without overlaps. */
  readonly waits: readonly Wait[];
  /** The DNS transaction with the first response about this name that was not truncated; undefined if there is none. */
  readonly answer: DnsTransaction | undefined;
  /**
   * The DNS transaction in which a server refused or failed to answer about this name; undefined if that did not happen. Saying that there
   * is no such name or data counts as an answer.
   */
  readonly failed: DnsTransaction | undefined;
  /** The DNS transaction with the answer for the name's addresses of the other family (IPv6 or IPv4); undefined if there is none. */
  readonly other: DnsTransaction | undefined;
  /** The DNS transaction that asked how to reach the service at this name (HTTPS, SVCB; RFC 9460); undefined if there is none. */
  readonly service: DnsTransaction | undefined;
};

const isAnswered = ({outcome}: DnsTransaction): boolean => outcome !== undefined && !outcome.tc;

const holdsAddresses = ({question}: DnsTransaction): boolean =>
  question !== undefined && asksAddress(question);

const addressesOf = ({response}: DnsTransaction): readonly string[] =>
  (response?.answers ?? []).flatMap(({data}) =>
    data.kind === 'A' || data.kind === 'AAAA' ? [data.address] : [],
  );

export const addressesIn = (transaction: DnsTransaction | undefined): readonly string[] =>
  transaction && holdsAddresses(transaction) ? addressesOf(transaction) : [];

export const addressIn = (transaction: DnsTransaction | undefined): string | undefined =>
  addressesIn(transaction)[0];

/** DNS response codes that are not failures: BADCOOKIE only makes the client ask again with a cookie (RFC 7873 §5.2.3). */
const answering: ReadonlySet<number> = new Set([Rcode.NOERROR, Rcode.NXDOMAIN, Rcode.BADCOOKIE]);

const isFailure = ({outcome}: DnsTransaction): boolean =>
  outcome !== undefined && !answering.has(outcome.rcode);

/**
 * Returns the DNS transactions of clients that asked for themselves, without those in which a resolver asked for others, and without
 * messages that ask for no records.
 */
export const ownQuestions = oncePer((all: Transactions): Transactions => {
  const dns = all.filter(({opcode}) => opcode === Opcode.QUERY);
  const servers = new Set(dns.map(({server}) => hostOf(server)));
  const own = dns.filter(({client}) => !servers.has(hostOf(client)));
  return own.length > 0 ? own : dns;
});

/**
 * Returns the names to which aliases in a DNS response lead, up to the one with the address (RFC 1034 §3.6.2); those that follow from a
 * DNAME say so (RFC 6672 §3.1).
 */
export const aliasesIn = ({response}: DnsTransaction): readonly string[] => {
  const answers = (response?.answers ?? []).map(({data}) => data);
  return answers.flatMap((data, index) =>
    data.kind === 'CNAME'
      ? [`${displayName(data.name)}${answers[index - 1]?.kind === 'DNAME' ? ' (DNAME)' : ''}`]
      : [],
  );
};

const serves = ({question, response}: DnsTransaction): boolean =>
  (question?.type === RecordType.HTTPS || question?.type === RecordType.SVCB) &&
  (response?.answers ?? []).some(({data}) => data.kind === 'SVCB');

/**
 * Returns the failed DNS transaction about a name; undefined if there is none, or if another server answered. A query with CD set (checking
 * disabled) asks something else, so its answer does not count for a query without CD.
 */
const failedOf = (answered: Transactions): DnsTransaction | undefined => {
  const failed = answered.find(isFailure);
  const isAnsweredBy = (each: DnsTransaction): boolean =>
    !isFailure(each) && (failed?.query.flags.cd === true || !each.query.flags.cd);
  return answered.some(isAnsweredBy) ? undefined : failed;
};

/** Returns the intervals in which a client waited for DNS responses; without a response an interval ends at `untilUs`. */
const waitsOf = (all: Transactions, untilUs: number): readonly Wait[] => {
  const waits: {fromUs: number; untilUs: number}[] = [];
  for (const {queryUs, responseUs} of all.toSorted((a, b) => a.queryUs - b.queryUs)) {
    const last = waits.at(-1);
    const until = responseUs ?? Math.max(queryUs, untilUs);
    if (last && queryUs <= last.untilUs) last.untilUs = Math.max(last.untilUs, until);
    else waits.push({fromUs: queryUs, untilUs: until});
  }
  return waits;
};

/**
 * Returns the names that DNS queries asked for, in the order of the first query, each with the waits and answers of the client that asked
 * first.
 */
export const askedIn = oncePer((dns: Transactions): ReadonlyMap<string, Named> => {
  const nameOf = ({question}: DnsTransaction): string => displayName(question?.name ?? '');
  return new Map(
    [...byKey(ownQuestions(dns), nameOf)].map(([name, byAnybody]) => {
      const [first] = byAnybody;
      const all = byAnybody.filter(({client}) => hostOf(client) === hostOf(first.client));
      const forAddress = all.some(holdsAddresses) ? all.filter(holdsAddresses) : all;
      const answered = forAddress.filter(isAnswered);
      const answer = answered.find((each) => addressIn(each) !== undefined) ?? answered[0];
      const fromUs = first.queryUs;
      const [failed, service] = [failedOf(answered), all.find(serves)];
      const untilUs =
        (failed ?? answer)?.responseUs ?? all.reduce((last, {queryUs}) => Math.max(last, queryUs), fromUs);
      const type = answer?.question?.type;
      const other = answered.find((each) => addressIn(each) !== undefined && each.question?.type !== type);
      const waits = waitsOf(byAnybody, untilUs);
      const named = {count: all.length, fromUs, untilUs, waits, answer, other, failed, service};
      return [name, named] as const;
    }),
  );
});
