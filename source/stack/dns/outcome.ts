// Ends a resolver's search, and gives the result to the clients, programs and searches that wait for it (RFC 1034 §5.3.3 steps 1 and 4, RFC
// 2308 §7.1, RFC 9520 §3).
import {addressesIn, type DnsQuestion, type DnsRecord} from '../../wire/dns/message.ts';
import {type DnsName, nameKey} from '../../wire/dns/name.ts';
import {Rcode} from '../../wire/dns/registry.ts';
import {refused} from '../refusal.ts';
import {agedRecords, byKey, type CacheEntry, secondsLeft} from './cache.ts';
import {type DnsAnswer, note, nothingFound, type Outcome} from './call.ts';
import {respond} from './clients.ts';
import {foundAddresses} from './delegation.ts';
import {wholeName} from './minimise.ts';
import type {Link, Waiter, Walk} from './resolver-state.ts';
import {type ResolverTurn, update, updateWalk, wake} from './resolver-turn.ts';
import {leastTtl, questionKey} from './rrset.ts';

/** The largest number of CNAMEs that a resolver follows for one question. */
const chainMost = 16;
/** The largest number of a resolver's searches that may wait for each other in a row, as for addresses of name servers. */
const depthMost = 8;

const servfail: Outcome = {...nothingFound, rcode: Rcode.SERVFAIL, fromCache: false};

const resultOf = ({rcode, records}: Outcome): DnsAnswer['result'] => {
  if (rcode === Rcode.NOERROR) return records.length > 0 ? 'ok' : 'NODATA';
  return rcode === Rcode.NXDOMAIN ? 'NXDOMAIN' : 'SERVFAIL';
};

const answerOf = (outcome: Outcome): DnsAnswer => {
  const {chain, records, fromCache} = outcome;
  const all = [...chain, ...records];
  return {
    result: resultOf(outcome),
    records,
    chain,
    ...(all.length > 0 ? {ttl: leastTtl(all)} : {}),
    from: fromCache ? 'cache' : 'network',
  };
};

function deliver(
  turn: ResolverTurn,
  waiter: Waiter,
  {question, outcome}: {question: DnsQuestion; outcome: Outcome},
): void {
  if (waiter.kind === 'client') respond(turn, waiter.client, outcome);
  else if (waiter.kind === 'call')
    turn.effects.push({
      ...{kind: 'return', token: waiter.token, answer: answerOf(outcome)},
      ...(outcome.heard ? {reason: '1034:5.3.3/answer'} : {}),
    });
  else {
    const cut = turn.state.walks.get(waiter.key)?.cut;
    const addresses = addressesIn(outcome.records);
    wake(turn, waiter.key, {cut: cut && foundAddresses(cut, question.name, addresses)});
  }
}

export function finish(turn: ResolverTurn, walk: Walk, outcome: Outcome): void {
  update(turn, {walks: turn.state.walks.without(walk.key)});
  for (const waiter of walk.waiters) deliver(turn, waiter, {question: walk.question, outcome});
}

/** Returns the CNAMEs that a resolver's search has followed so far, with their remaining TTLs in whole seconds. */
export const chainOf = ({env}: ResolverTurn, {chain}: Walk): readonly DnsRecord[] =>
  chain.map(({record, untilUs}) => ({...record, ttl: secondsLeft(untilUs, env.nowUs)}));

/**
 * Ends a resolver's search with SERVFAIL, because no server that could be asked had a usable answer, and remembers the failure for a while.
 */
export function fail(turn: ResolverTurn, walk: Walk): void {
  const {name, type} = walk.question;
  note(turn, {kind: 'failed', name, type}, '1034:5.3.3/failure');
  const {failures, settings, cache} = turn.state;
  const untilUs = turn.env.nowUs + settings.failureUs;
  const room = failures.size < cache.most ? failures : failures.withoutOldest();
  update(turn, {failures: room.with(walk.key, untilUs)});
  finish(turn, walk, servfail);
}

const sectionFrom = ({state, env}: ResolverTurn, keys: readonly string[]): readonly DnsRecord[] =>
  keys.flatMap((key) => {
    const entry = byKey(state.cache, key, env.nowUs);
    return entry ? agedRecords(entry, env.nowUs) : [];
  });

/** Returns a DNS cache entry as the result of a resolver's search, with the cached records that had arrived with it. */
export const cachedOutcome = (
  turn: ResolverTurn,
  entry: CacheEntry,
  {chain, fromCache}: Pick<Outcome, 'chain' | 'fromCache'>,
): Outcome => {
  const records = agedRecords(entry, turn.env.nowUs);
  if (entry.negative) {
    const rcode = entry.negative === 'NXDOMAIN' ? Rcode.NXDOMAIN : Rcode.NOERROR;
    return {rcode, chain, records: [], authorities: records, additionals: [], fromCache};
  }
  const authorities = sectionFrom(turn, entry.along?.authorities ?? []);
  const additionals = sectionFrom(turn, entry.along?.additionals ?? []);
  return {rcode: Rcode.NOERROR, chain, records, authorities, additionals, fromCache};
};

const fresh = {looked: false, cut: undefined, reasked: [], trials: {}, empties: 0};

/**
 * Continues a resolver's search with the target of a CNAME (RFC 1034 §3.6.2); the search fails if the target was met before, or if too many
 * CNAMEs were followed.
 */
export function followAlias(turn: ResolverTurn, walk: Walk, {record, untilUs}: Link) {
  if (record.data.kind !== 'CNAME') return fail(turn, walk);
  const target: DnsName = record.data.name;
  note(turn, {kind: 'alias', name: record.name, target}, '1034:5.3.3/cname');
  const chain = [...walk.chain, {record, untilUs}];
  const seen = chain.some((link) => nameKey(link.record.name) === nameKey(target));
  if (seen || walk.chain.length >= chainMost) return fail(turn, walk);
  const minimising = {labels: 0, queries: 0, off: walk.minimising.off};
  const now = {...walk.now, name: target};
  wake(turn, walk.key, {...fresh, now, chain, minimising});
}

const isSameClient = (a: Waiter, b: Waiter): boolean =>
  a.kind === 'client' &&
  b.kind === 'client' &&
  a.client.id === b.client.id &&
  JSON.stringify(a.client.to) === JSON.stringify(b.client.to);

/** Tells whether the resolver's search `key` is the search `other`, or waits for it directly or through further searches. */
const leadsTo = (turn: ResolverTurn, key: string, other: string): boolean => {
  for (let at: string | undefined = key; at !== undefined; at = turn.state.walks.get(at)?.awaits)
    if (at === other) return true;
  return false;
};

const newWalk = (turn: ResolverTurn, question: DnsQuestion, waiter: Waiter): Walk => {
  const above = waiter.kind === 'walk' ? turn.state.walks.get(waiter.key) : undefined;
  const key = questionKey(question);
  const {minimise, forwarders, zones} = turn.state.settings;
  const asksOn = forwarders.length > 0 || zones.length > 0;
  return {
    key,
    question,
    now: question,
    chain: [],
    waiters: [waiter],
    depth: above ? above.depth + 1 : 0,
    payer: above?.payer ?? key,
    sends: 0,
    asked: false,
    primed: false,
    minimising: minimise && !asksOn ? {labels: 0, queries: 0, off: false} : wholeName,
    awaits: undefined,
    ...fresh,
  };
};

/**
 * Starts a resolver's search for a question, or lets the waiter join the search that already runs for it. Returns `refused` if a search
 * would wait for itself, or if too many wait for each other.
 */
export function search(turn: ResolverTurn, question: DnsQuestion, waiter: Waiter): 'started' | 'refused' {
  const key = questionKey(question);
  const running = turn.state.walks.get(key);
  if (waiter.kind === 'walk') {
    const above = turn.state.walks.get(waiter.key);
    if (leadsTo(turn, key, waiter.key) || (above?.depth ?? 0) >= depthMost) return 'refused';
    updateWalk(turn, waiter.key, {awaits: key});
  }
  if (running) {
    if (running.waiters.some((each) => isSameClient(each, waiter)))
      turn.effects.push({kind: 'discard', because: refused('5452:5/same-question', 'sameQuestion')});
    else updateWalk(turn, key, {waiters: [...running.waiters, waiter]});
    return 'started';
  }
  const failedUntilUs = turn.state.failures.get(key) ?? 0;
  if (turn.env.nowUs < failedUntilUs) {
    note(turn, {kind: 'failed', name: question.name, type: question.type}, '9520:3.2/store');
    deliver(turn, waiter, {question, outcome: servfail});
    return 'started';
  }
  update(turn, {walks: turn.state.walks.with(key, newWalk(turn, question, waiter))});
  turn.ready.push(key);
  return 'started';
}
