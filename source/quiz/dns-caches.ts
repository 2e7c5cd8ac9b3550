// A question kind about how many queries a DNS lookup costs: whether a cached copy is still good, and which name servers are already known
// (RFC 1034 §5.3.3).

import {entriesBetween, worldAt} from '../account/entries.ts';
import {wordedWithNames} from '../lesson/text.ts';
import {printedUs, timeText} from '../lesson/value.ts';
import {resolverOn} from '../sim/dns-apps.ts';
import type {EventOf, Trace} from '../sim/trace.ts';
import {Rcode, typeName} from '../wire/dns/registry.ts';
import {oncePer} from '../wire/once-per.ts';
import {inEvery} from '../words/catalogue/language.ts';
import {dnsSentences as said} from '../words/catalogue/questions.ts';
import {
  depth,
  disturbedAt,
  everyServer,
  isWithin,
  messages,
  queries,
  responses,
  root,
  type Said,
  stubAsks,
} from './dns.ts';
import {fieldEvidence} from './field-evidence.ts';
import {beliefsIn, type Called, type Found, kindOf, type Rejection} from './kind.ts';
import {replying} from './listed.ts';
import {valuesLine} from './prompt.ts';

/** A program's lookup of a name in a run, and the DNS queries that were sent until its answer came. */
type Lookup = {
  readonly call: EventOf<'call'>;
  readonly name: string;
  readonly queries: number;
  /** The resolver that was asked; undefined if the host knew the answer itself. */
  readonly via: string | undefined;
  /** The lookup's first packet; `to` is its last one. */
  readonly from: number;
  readonly to: number;
  /**
   * True if each DNS query went to a new server that helped, and no hosts file knew the name: then the number of queries follows from the
   * way.
   */
  readonly plain: boolean;
  /** The TTL in seconds of the DNS answer as its packet carries it; undefined if no packet carried one. */
  readonly ttl: number | undefined;
  /** True if the DNS answer has a record; false if it says that there is none. */
  readonly has: boolean;
};

const nameOf = (action: object): string => {
  const name = 'name' in action ? String(action.name) : '?';
  const type = 'type' in action && typeof action.type === 'number' ? typeName(action.type) : '';
  return `${name} ${type}`.trim();
};

const helpful: readonly number[] = [Rcode.NOERROR, Rcode.NXDOMAIN];

/**
 * Tells whether every DNS query of a lookup got a useful answer and at most one asked for recursion; otherwise the question does not print
 * what decides.
 */
const isHelped = (asked: readonly Said[], answers: readonly Said[]): boolean =>
  answers.length === asked.length &&
  answers.every(({message}) => helpful.includes(message.rcode)) &&
  asked.filter(({message}) => message.flags.rd).length <= 1;

const lookups = oncePer((trace: Trace): readonly Lookup[] => {
  const found: Lookup[] = [];
  let last = 0;
  let open: {readonly call: Lookup['call']; readonly name: string; readonly from: number} | undefined;
  let fromFile = false;
  for (const event of entriesBetween(trace, 1)) {
    if (event.kind === 'send' && event.hop === 0 && event.packet > last) last = event.packet;
    if (event.kind === 'note' && event.note.kind === 'hosts') fromFile = true;
    if (event.kind === 'call' && event.action.call === 'resolve') {
      // Two DNS lookups at the same time would count each other's queries, so both are left out.
      open = open ? undefined : {call: event, name: nameOf(event.action), from: last + 1};
      fromFile = false;
    }
    if (event.kind !== 'answer' || event.action.call !== 'resolve' || !open || event.host !== open.call.host)
      continue;
    const {call, name, from} = open;
    const until = last;
    const within = ({event: {packet}}: Said): boolean => packet >= from && packet <= until;
    const asked = queries(trace).filter(within);
    const ways = new Set(asked.map(({event: {host}, to}) => `${host} ${to}`));
    const answers = responses(trace).filter(within);
    const told = messages(trace).findLast((each) => within(each) && each.to === call.host);
    const ttl = told && fieldEvidence(trace, told.event.packet, 'dns.resp.ttl')?.value;
    found.push({
      ...{call, name, queries: asked.length, from, to: last},
      via: asked.find(({message}) => message.flags.rd)?.to,
      plain: ways.size === asked.length && !fromFile && isHelped(asked, answers),
      ttl: ttl === undefined || !/^\d+$/.test(ttl) ? undefined : Number(ttl),
      has: (told?.message.answers.length ?? 0) > 0,
    });
    open = undefined;
  }
  return found;
});

type Earlier = {
  readonly atUs: number;
  readonly host: string;
  readonly name: string;
  readonly ttl: number;
  readonly has: boolean;
};

type CacheGivens = {
  readonly earlier: readonly Earlier[];
  readonly atUs: number;
  readonly host: string;
  readonly resolver: string;
  /** True if the host that looks up a name has a DNS cache of its own. */
  readonly keeps: boolean;
  /** The DNS zones that occur in the run, from the root down. */
  readonly zones: readonly string[];
  readonly name: string;
};

/** Returns the DNS zones that contain a name, from the root down. */
const above = (asked: string, zones: readonly string[]): readonly string[] =>
  zones.filter((zone) => isWithin(asked.split(' ')[0] ?? '', zone));

/** Returns the zones whose servers a resolver has to ask for a name: from the deepest zone above it that earlier lookups passed. */
const toAsk = ({earlier, name, zones}: CacheGivens): readonly string[] => {
  const own = above(name, zones);
  const passed = earlier.flatMap((each) => above(each.name, zones));
  const nearestKnown = own.findLastIndex((zone) => zone === root || passed.includes(zone));
  return own.slice(Math.max(0, nearestKnown));
};

/**
 * Returns how many DNS queries a lookup takes: none or one while a cached copy is good, else one to the resolver and one per zone to ask.
 */
const costOf = (givens: CacheGivens): number => {
  const {earlier, atUs, host, name, keeps} = givens;
  const good = earlier.filter((each) => each.name === name && each.atUs + each.ttl * 1_000_000 > atUs);
  if (keeps && good.some((each) => each.host === host)) return 0;
  return good.length > 0 ? 1 : 1 + toAsk(givens).length;
};

const costText = (value: string, givens: CacheGivens, called: Called) => {
  const {costs} = said;
  if (value === '0') return wordedWithNames(costs.none, {host: called(givens.host).within});
  const servers = Number(value) - 1;
  const resolver = called(givens.resolver).within;
  return wordedWithNames(servers === 0 ? costs.one : costs.more, {resolver, queries: servers + 1, servers});
};

const costReason = (cost: number, givens: CacheGivens, called: Called) => {
  const {costExplained} = said;
  const [host, resolver] = [called(givens.host), called(givens.resolver)];
  if (cost === 0) return wordedWithNames(costExplained.hasItFrom, {host: host.first});
  if (cost === 1)
    return wordedWithNames(costExplained.hasNoCopy, {host: host.first, resolver: resolver.within});
  return wordedWithNames(costExplained.hasToAsk, {resolver: resolver.first, zones: toAsk(givens)});
};

const keepsCopies = (trace: Trace, {n, host}: Lookup['call']): boolean => {
  const at = worldAt(trace, n)?.hosts[host];
  const program = at && resolverOn(at);
  return program?.role === 'stub' && program.settings.cache;
};

const lookupFound = (trace: Trace, lookup: Lookup): Found<CacheGivens> | Rejection => {
  const {call, queries: count, from, to, name} = lookup;
  const resolver = queries(trace).find(({message}) => message.flags.rd)?.to;
  const before = lookups(trace).filter(({call: {n}}) => n < call.n);
  if (resolver === undefined || resolver === call.host || !lookup.plain || disturbedAt(trace) < call.n)
    return 'hidden';
  // The learner only has to count the zones in the list while all caches are empty.
  if (before.every(({ttl}) => ttl === undefined)) return 'trivial';
  if (before.some(({plain, ttl, queries: asked}) => !plain || (ttl === undefined && asked > 0)))
    return 'hidden';
  // Another resolver has a cache of its own.
  if (before.some(({via}) => via !== undefined && via !== resolver)) return 'hidden';
  const zones = [...new Set(everyServer(trace).map(({zone}) => zone))];
  // If only the root has a server, no referral shows the way, so the question would not print it.
  if (zones.length < 2) return 'hidden';
  const packets = to >= from ? ` && frame.number <= ${to}` : ' && frame.number < 1';
  return {
    givens: {
      // A lookup without a TTL was answered from the host's own data and filled no cache, so it is not listed.
      earlier: before.flatMap(({call: {atUs, host}, name: other, ttl, has}) =>
        ttl === undefined ? [] : [{atUs: printedUs(atUs), host, name: other, ttl, has}],
      ),
      ...{atUs: printedUs(call.atUs), host: call.host, resolver, name, keeps: keepsCopies(trace, call)},
      zones: zones.toSorted((a, b) => depth(a) - depth(b)),
    },
    ...{did: String(count), n: call.n + 1},
    evidence: {
      packet: Math.max(1, Math.min(from, trace.packetCount)),
      field: `expression:count("dns.flags.response == 0 && frame.number >= ${from}${packets}")`,
      value: String(count),
    },
  };
};

export const whichCacheAnswers = kindOf<CacheGivens, Lookup>({
  kind: 'which-cache-answers',
  tells: () => [stubAsks],
  form: 'choice',
  among: ({trace}) => lookups(trace),
  at: ({call}) => call.n,
  find: ({trace}, lookup) => lookupFound(trace, lookup),
  ask({earlier, atUs, host, resolver, name, keeps, zones}, called) {
    const {prompt} = said.lookupDraft;
    return [
      ...earlier.map((each) =>
        valuesLine(
          inEvery(
            (language) =>
              `${timeText(each.atUs)}  ${called(each.host).name[language]}  ${each.name}  ${each.has ? '' : `${prompt.nothing[language]}  `}TTL ${each.ttl} s`,
          ),
        ),
      ),
      wordedWithNames(prompt.before, {resolver: called(resolver).within}),
      wordedWithNames(prompt.given, {
        ...{atUs: timeText(atUs), keeps, zones},
        host: called(host).first,
        resolver: called(resolver).within,
      }),
      valuesLine(name),
      prompt.asks,
    ];
  },
  solve(givens, called) {
    const cost = costOf(givens);
    return {
      answer: String(cost),
      explain: costReason(cost, givens, called),
      hints: [said.lookupDraft.hints.whoHasAsked, said.lookupDraft.hints.referralsAreKept],
    };
  },
  beliefs: [
    ...beliefsIn<CacheGivens, keyof typeof said.lookupDraft.beliefs>(said.lookupDraft.beliefs, {
      forever: ({earlier, name, host}) =>
        earlier.some((each) => each.name === name && each.host === host) ? '0' : undefined,
      onlyNames: ({name, zones}) => 1 + above(name, zones).length,
      knowsZone: () => '2',
      keepsItself: () => '0',
      knowsAll: () => '1',
    }),
    replying(
      said.lookupDraft.replies.shared,
      (givens: CacheGivens) => ({over: costOf(givens) > 1}),
      ({earlier, name}) => (earlier.some((each) => each.name === name) ? '1' : undefined),
    ),
  ],
  words: costText,
});
