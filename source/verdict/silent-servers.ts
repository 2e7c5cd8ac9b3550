// Finds name servers that never answered, and questions that a server left unanswered although it answers others.
import {endpointText} from '../observe/capture-inspector.ts';
import {other} from '../observe/connections.ts';
import {type DnsTransaction, hostOf} from '../observe/dns-transactions.ts';
import {Verdict} from '../observe/fate-columns.ts';
import {byKey, grouped} from '../wire/grouped.ts';
import {oncePer} from '../wire/once-per.ts';
import type {Evidence} from './evidence.ts';
import {type Finding, finding} from './finding.ts';
import type {Lookup} from './lookups.ts';
import {endsFrom, lacksOctets, sides} from './sides.ts';

/** The time in µs after which a DNS question that was sent only once counts as unanswered. */
const patienceUs = 2_000_000;
/** The time in µs after which a DNS question counts as unanswered if its host has repeated it or asked another server. */
const leastUs = 300_000;

/** Returns the address of an `address:port` without the port and without the brackets of IPv6. */
export const addressOf = (endpoint: string): string => hostOf(endpoint).replace(/^\[|\]$/g, '');

type Asked = {readonly transaction: DnsTransaction; readonly lookup: Lookup};

/** The ends of TCP connections of which the file lacks octets, so that questions and answers on them may be missing or read too late. */
const lacking = oncePer(
  ({connections}: Pick<Evidence, 'connections'>): ReadonlySet<string> =>
    new Set(
      connections
        .filter((each) => sides.some((side) => lacksOctets(each, side)))
        .map((each) => endsFrom(each).map(endpointText).join(' ')),
    ),
);

/** Tells whether a DNS answer may have come in octets of a connection that the file lacks. */
export const mayLackAnswer = ({client, server, transport}: DnsTransaction, evidence: Evidence): boolean =>
  transport !== 'udp' && lacking(evidence).has(`${client} ${server}`);

/**
 * Tells whether a DNS question got no answer. It does not count if the capture shows what became of its datagram, for example an ICMP
 * error, or if the answer may be in a gap.
 */
export const isUnanswered = (transaction: DnsTransaction, evidence: Evidence): boolean => {
  const {responseFrame, odd, transport, queryFrame} = transaction;
  if (responseFrame !== undefined || odd.length > 0 || mayLackAnswer(transaction, evidence)) return false;
  return transport !== 'udp' || evidence.inspector.fates.verdict(queryFrame) === Verdict.unknown;
};

/** Returns the time in µs from a DNS question to the host's next one in the same lookup, or to the end of the capture. */
const waitedUs = ({transaction, lookup}: Asked, {inspector}: Evidence): number => {
  const next = lookup.all.find(({queryUs}) => queryUs > transaction.queryUs);
  return (next?.queryUs ?? inspector.durationUs) - transaction.queryUs;
};

export const hasWaited = (asked: Asked, evidence: Evidence): boolean =>
  waitedUs(asked, evidence) >= (asked.lookup.all.length > 1 ? leastUs : patienceUs);

/** Tells whether the capture lacks everything that a host receives: its TCP data are there, but no segment and no DNS answer to it. */
const hearsNothing = (host: string, {connections, dns}: Evidence): boolean => {
  const address = host.replace(/^\[|\]$/g, '');
  let speaks = false;
  for (const each of connections) {
    const side = each.ends[0].address === address ? 0 : 1;
    if (each.ends[side].address !== address) continue;
    if (each.half(other(side)).segments > 0) return false;
    speaks ||= each.half(side).payloadBytes > 0;
  }
  return speaks && !dns.some(({client, outcome}) => outcome && hostOf(client) === host);
};

/**
 * Returns the longest delay in µs that a silent DNS server caused in a lookup: until the question to another server that answered, or until
 * the lookup's end.
 */
const costOf = (asked: readonly Asked[]): number =>
  Math.max(
    0,
    ...[...new Set(asked.map(({lookup}) => lookup))].map((lookup) => {
      const server = asked[0]?.transaction.server;
      const other = lookup.all.find((each) => each.server !== server && each.outcome);
      return (other?.queryUs ?? lookup.untilUs) - lookup.fromUs;
    }),
  );

const silentFinding = (
  all: readonly [Asked, ...Asked[]],
  about: 'server' | 'name',
): Finding<'dns-server-silent'> => {
  const [{transaction, lookup}] = all;
  const isOver = all.every((each) => each.lookup.settled);
  const helper = lookup.all.find((each) => each.outcome && each.server !== transaction.server);
  return finding('dns-server-silent', {
    about: about === 'server' ? {hosts: [addressOf(transaction.server)]} : {name: lookup.name},
    level: isOver ? 'slow' : 'fault',
    costUs: costOf(all),
    frames: all.map((each) => each.transaction.queryFrame),
    facts: {
      ...{server: transaction.server, name: lookup.name, count: all.length, others: about === 'name'},
      helper: helper?.server,
    },
  });
};

const serverOf = ({transport, server}: DnsTransaction): string => `${transport} ${server}`;

/** Returns the unanswered DNS questions, and of the servers that they went to those that answered another question. */
const unansweredIn = (lookups: readonly Lookup[], evidence: Evidence) => {
  const asked: Asked[] = [];
  for (const lookup of lookups)
    for (const transaction of lookup.all)
      if (isUnanswered(transaction, evidence)) asked.push({transaction, lookup});
  const doubted = new Set(asked.map(({transaction}) => transaction.server));
  const answering = new Set<string>();
  if (asked.length > 0)
    for (const each of evidence.dns)
      if (doubted.has(each.server) && !isUnanswered(each, evidence)) answering.add(serverOf(each));
  return {asked, answering};
};

/** Finds DNS servers that answered nobody, and names for which a server left several questions unanswered although it answers others. */
export const silentFindings = (
  evidence: Evidence,
  lookups: readonly Lookup[],
): readonly Finding<'dns-server-silent'>[] => {
  // If the capture has IP fragments, nothing is reported: a DNS answer may have come in fragments, one of which is missing.
  if (evidence.inspector.pieces > 0) return [];
  const {asked, answering} = unansweredIn(lookups, evidence);
  const byServer = byKey(asked, ({transaction}) => serverOf(transaction));
  return [...byServer].flatMap(([server, all]): readonly Finding<'dns-server-silent'>[] => {
    const unanswered = all.filter(
      (each) => hasWaited(each, evidence) && !hearsNothing(each.lookup.host, evidence),
    );
    const [first, ...others] = unanswered;
    if (!first) return [];
    if (!answering.has(server)) return [silentFinding([first, ...others], 'server')];
    // A DNS server that answers other questions may never have received this one, so at least two unanswered ones for a name are required.
    const alone = unanswered.filter(
      ({lookup}) => !lookup.settled && !lookup.all.some(({outcome}) => outcome),
    );
    return grouped(alone, ({lookup}) => lookup.name.toLowerCase())
      .filter((each) => each.length > 1)
      .map((each) => silentFinding(each, 'name'));
  });
};
