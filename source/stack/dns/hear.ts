// Handles a response to a resolver's query, or its absence, for the search that waits for it (RFC 1034 §5.3.3 step 4, RFC 1035 §7.3).

import {fullRcode} from '../../wire/dns/edns.ts';
import type {DnsMessage, DnsRecord} from '../../wire/dns/message.ts';
import {Rcode, RecordType} from '../../wire/dns/registry.ts';
import {byKey, negativeTtl, ttlLeft} from './cache.ts';
import {note} from './call.ts';
import {isUseful, targetsOf} from './delegation.ts';
import {learn, learnDenial, learnReferral} from './learn.ts';
import {minimiseLess, wholeName} from './minimise.ts';
import type {ServerFault} from './note.ts';
import {chainOf, finish, followAlias} from './outcome.ts';
import {type Cut, type Query, trialKey, type Walk} from './resolver-state.ts';
import {dropQuery, type ResolverTurn, update, updateWalk, wake} from './resolver-turn.ts';
import {type ResponseKind, responseKind} from './response-kind.ts';
import {leastTtl, questionKey, type Rrset} from './rrset.ts';
import {type Scrubbed, scrub} from './scrub.ts';
import {fellSilent, markLame, measured, speaksPlain} from './servers.ts';
import {enterZone} from './walk.ts';

/** How many NOERROR responses without any record make a resolver's search end as NODATA. */
const emptiesMost = 2;

type Heard = {
  readonly walk: Walk;
  readonly query: Query;
  readonly cut: Cut;
  readonly message: DnsMessage;
  readonly scrubbed: Scrubbed;
};

const withTrial = (walk: Walk, {zone, server}: Query, fault?: ServerFault): Walk['trials'] => {
  const key = trialKey(zone, server);
  // A server's fault is kept for this question; after a usable response, its number of unanswered queries starts from 0.
  return {...walk.trials, [key]: fault ? {sends: walk.trials[key]?.sends ?? 1, fault} : {sends: 0}};
};

/** Gives up a name server for the question of this search, with the reason, and lets the search try the next one. */
function giveUp(turn: ResolverTurn, walk: Walk, {query, fault}: {query: Query; fault: ServerFault}): void {
  const {server, zone, question} = query;
  note(turn, {kind: 'server', server, zone, fault}, '1034:5.3.3/next-server');
  if (fault === 'lame' || fault === 'recursion-lame') {
    const place = {address: server, zone, question, how: fault, nowUs: turn.env.nowUs};
    update(turn, {servers: markLame(turn.state.servers, place)});
  }
  wake(turn, walk.key, {trials: withTrial(walk, query, fault)});
}

/**
 * Handles a response that is no referral to a query for less than the whole name: the server is asked for more labels next, or for the
 * whole name (RFC 9156 §3).
 */
function heardOfLess(turn: ResolverTurn, {walk, query}: Heard, {kind}: ResponseKind): void {
  const isTrouble = kind === 'error' || kind === 'lame' || kind === 'recursion-lame' || kind === 'NXDOMAIN';
  // Some servers fail at questions for a shortened name, or deny names that have others below; they are then asked for the whole name.
  const minimising = isTrouble ? wholeName : minimiseLess(walk.minimising, walk.now);
  wake(turn, walk.key, {minimising, trials: withTrial(walk, query)});
}

function heardReferral(turn: ResolverTurn, {walk, query, cut, message, scrubbed}: Heard, ns: Rrset) {
  const {nowUs} = turn.env;
  learn(turn, {message, scrubbed, cut});
  learnReferral(turn, {ns, scrubbed, cut});
  const targets = targetsOf(turn.state, ns, {nowUs});
  if (!isUseful(targets, ns.name)) return giveUp(turn, walk, {query, fault: 'error'});
  const untilUs = Math.min(cut.untilUs, nowUs + leastTtl(ns.records) * 1_000_000);
  const below: Cut = {zone: ns.name, targets, untilUs, from: 'referral', parentSide: false, rd: false};
  enterZone(turn, walk, {cut: below, trials: withTrial(walk, query)});
}

/**
 * Returns the TTL in seconds of an RRset for the answer: that with which it arrived, or the remaining TTL of the cached set if that is
 * less.
 */
const toldTtl = ({state, env}: ResolverTurn, set: Rrset): number => {
  const ttl = leastTtl(set.records);
  const kept = byKey(state.cache, questionKey(set), env.nowUs);
  return kept && !kept.negative ? Math.min(ttl, ttlLeft(kept, env.nowUs)) : ttl;
};

const recordsOf = (turn: ResolverTurn, sets: readonly Rrset[]): readonly DnsRecord[] =>
  sets.flatMap((set) => {
    const ttl = toldTtl(turn, set);
    return set.records.map((record) => ({...record, ttl}));
  });

/** Returns the AUTHORITY records of a negative response; the SOA record gets the TTL for which the denial is cached (RFC 2308 §5). */
const deniedBy = (turn: ResolverTurn, sets: readonly Rrset[]): readonly DnsRecord[] =>
  recordsOf(turn, sets).map((record) =>
    record.data.kind === 'SOA'
      ? {...record, ttl: negativeTtl(record, turn.state.settings.negativeTtlMost)}
      : record,
  );

/** Ends a resolver's search with the records of a response, or with the result that the name or its data do not exist. */
function heardTheEnd(turn: ResolverTurn, heard: Heard, negative: 'NXDOMAIN' | 'NODATA' | undefined): void {
  const {walk, scrubbed} = heard;
  learn(turn, heard);
  if (negative) learnDenial(turn, walk.now, {negative, heard});
  finish(turn, walk, {
    rcode: negative === 'NXDOMAIN' ? Rcode.NXDOMAIN : Rcode.NOERROR,
    chain: chainOf(turn, walk),
    records: negative ? [] : recordsOf(turn, scrubbed.answers),
    authorities: negative ? deniedBy(turn, scrubbed.authorities) : recordsOf(turn, scrubbed.authorities),
    additionals: recordsOf(turn, scrubbed.additionals),
    fromCache: false,
    ...(negative ? {} : {heard: true}),
  });
}

function heardNothing(turn: ResolverTurn, heard: Heard): void {
  const {walk, query} = heard;
  const empties = walk.empties + 1;
  const next = updateWalk(turn, walk.key, {empties});
  if (empties >= emptiesMost || !next) heardTheEnd(turn, heard, 'NODATA');
  else giveUp(turn, next, {query, fault: 'empty'});
}

/**
 * Follows a CNAME in a response. The rest of a chain is asked under its own name, because only the first alias is sure to be authoritative
 * (RFC 2181 §5.4.1), unless the server was asked for the whole answer.
 */
function heardAlias(turn: ResolverTurn, heard: Heard, rrset: Rrset) {
  const {walk, query, message, cut} = heard;
  learn(turn, heard);
  const [record] = recordsOf(turn, [rrset]);
  if (record) followAlias(turn, walk, {record, untilUs: turn.env.nowUs + record.ttl * 1_000_000});
  const next = turn.state.walks.get(walk.key);
  if (!next || !query.rd) return;
  const {zone, rd} = query;
  const question = next.now;
  const scrubbed = scrub(message, {question, zone, promiscuous: true});
  const rest = responseKind(message, scrubbed, {question, zone, rd});
  const denied = scrubbed.authorities.some(({type}) => type === RecordType.SOA);
  const told = rest.kind === 'answer' || rest.kind === 'alias' || denied;
  if (told) act(turn, {walk: next, query: {...query, question}, cut, message, scrubbed}, rest);
}

function act(turn: ResolverTurn, heard: Heard, what: ResponseKind) {
  const {walk, query} = heard;
  if (what.kind === 'referral') return heardReferral(turn, heard, what.ns);
  if (query.minimised) return heardOfLess(turn, heard, what);
  switch (what.kind) {
    case 'answer':
      return heardTheEnd(turn, heard, undefined);
    case 'NXDOMAIN':
    case 'NODATA':
      return heardTheEnd(turn, heard, what.kind);
    case 'alias':
      return heardAlias(turn, heard, what.rrset);
    case 'empty':
      return heardNothing(turn, heard);
    default:
      return giveUp(turn, walk, {query, fault: what.kind});
  }
}

const refusesEdns = (message: DnsMessage, {ednsSize}: Query): boolean => {
  const rcode = fullRcode(message);
  const refusal = rcode === Rcode.FORMERR || rcode === Rcode.NOTIMP || rcode === Rcode.BADVERS;
  return refusal && ednsSize !== undefined;
};

const withTtlMost = (message: DnsMessage, most: number): DnsMessage => {
  const limited = (section: readonly DnsRecord[]): readonly DnsRecord[] =>
    section.map((record) =>
      record.type === RecordType.OPT ? record : {...record, ttl: Math.min(leastTtl([record]), most)},
    );
  const {answers, authorities, additionals} = message;
  return {
    ...message,
    answers: limited(answers),
    authorities: limited(authorities),
    additionals: limited(additionals),
  };
};

/** Handles a response that matches the query by id, port, sender and question. */
export function hear(turn: ResolverTurn, query: Query, heard: DnsMessage) {
  const {server, sentUs, question, zone, rd} = query;
  const {nowUs} = turn.env;
  const message = withTtlMost(heard, turn.state.settings.ttlMost);
  dropQuery(turn, query, {rule: '1034:5.3.3/answer', case: 'heard'});
  const rttUs = nowUs - sentUs;
  update(turn, {servers: measured(turn.state.servers, {address: server, rttUs, nowUs})});
  const walk = turn.state.walks.get(query.walk);
  if (!walk?.cut) return;
  if (refusesEdns(message, query)) {
    update(turn, {servers: speaksPlain(turn.state.servers, server, nowUs)});
    return wake(turn, walk.key, {trials: withTrial(walk, query)});
  }
  const scrubbed = scrub(message, {question, zone, promiscuous: turn.state.settings.scrubPromiscuous});
  if (scrubbed.refused.length > 0)
    note(turn, {kind: 'scrubbed', server, records: scrubbed.refused}, '5452:6/scrub');
  const what = {walk, query, cut: walk.cut, message, scrubbed};
  act(turn, what, responseKind(message, scrubbed, {question, zone, rd}));
}

/** Handles a resolver's query that timed out, or whose server proved unreachable or ended the TCP connection. */
export function hearNothing(turn: ResolverTurn, query: Query, fault: 'silent' | 'unreachable'): void {
  const because = '1035:7.2/silent';
  const {server, zone, stream} = query;
  dropQuery(turn, query, because);
  update(turn, {servers: fellSilent(turn.state.servers, server, turn.env.nowUs)});
  note(turn, {kind: 'server', server, zone, fault}, because);
  const walk = turn.state.walks.get(query.walk);
  if (!walk) return;
  const final = fault === 'unreachable' || stream !== undefined;
  wake(turn, walk.key, final ? {trials: withTrial(walk, query, fault)} : {});
}
