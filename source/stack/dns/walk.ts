// Makes the next moves of a resolver's search, until it waits for a server or another search, or is complete (RFC 1034 §5.3.3).
import {parentName, rootName} from '../../wire/dns/name.ts';
import {Rcode, RecordClass, RecordType} from '../../wire/dns/registry.ts';
import {ask, forwardedTo, payerOf} from './ask.ts';
import {type CacheEntry, expired, forget, isWhole, lookUp, lookUpAnswer} from './cache.ts';
import {entryNote} from './cache-rows.ts';
import {note, nothingFound} from './call.ts';
import type {DnsBecause} from './cases.ts';
import {chooseSearch, chooseServer, closestCut, seek, startCut, withParentSide} from './delegation.ts';
import {minimiseAt} from './minimise.ts';
import {cachedOutcome, chainOf, fail, finish, followAlias, search} from './outcome.ts';
import {aliasToFollow, ownOutcome, ownWord} from './own-zones.ts';
import {type Cut, hasZone, type Walk} from './resolver-state.ts';
import {type ResolverTurn, update, updateWalk, wake} from './resolver-turn.ts';
import {followsAliases} from './rrset.ts';

const noteEntry = (turn: ResolverTurn, op: 'hit' | 'expire', entry: CacheEntry): void =>
  note(turn, entryNote(op, entry, turn.env.nowUs), '1034:5.3.3/cache');

const isAlias = (entry: CacheEntry, type: number): boolean =>
  entry.type === RecordType.CNAME && entry.negative === undefined && followsAliases(type);

/** Step 1 of a resolver's search: looks for the answer in its own zones and its cache. */
function look(turn: ResolverTurn, walk: Walk) {
  const {nowUs} = turn.env;
  const own = ownWord(turn.state, walk.now);
  if (own?.authoritative) {
    const record = aliasToFollow(turn.state, own, walk.now);
    if (record) return followAlias(turn, walk, {record, untilUs: nowUs + record.ttl * 1_000_000});
    return finish(turn, walk, ownOutcome(own, walk.now, chainOf(turn, walk)));
  }
  const stale = expired(turn.state.cache, walk.now, nowUs);
  if (stale) {
    noteEntry(turn, 'expire', stale);
    update(turn, {cache: forget(turn.state.cache, stale)});
  }
  const entry = lookUpAnswer(turn.state.cache, walk.now, nowUs);
  // If clients also get AUTHORITY and ADDITIONAL, a cached answer is used only if the records for these sections are still cached, too.
  const {minimalResponses} = turn.state.settings;
  if (!entry || !(minimalResponses || isWhole(turn.state.cache, entry, nowUs))) {
    const {name, type} = walk.now;
    const passesOn = startCut(turn.state, walk.now, nowUs).rd;
    const because: DnsBecause = passesOn ? {rule: '1034:5.3.3/miss', case: 'forward'} : '1034:5.3.3/miss';
    note(turn, {kind: 'cache', op: 'miss', name, type, ttl: 0, records: []}, because);
    return wake(turn, walk.key, {looked: true});
  }
  noteEntry(turn, 'hit', entry);
  const [record] = entry.records;
  if (isAlias(entry, walk.now.type) && record)
    return followAlias(turn, walk, {record, untilUs: entry.expiresUs});
  finish(turn, walk, cachedOutcome(turn, entry, {chain: chainOf(turn, walk), fromCache: !walk.asked}));
}

const rootServers = {name: rootName, type: RecordType.NS, class: RecordClass.IN};

const mustPrime = ({state, env}: ResolverTurn, walk: Walk): boolean => {
  const {prime, forwarders} = state.settings;
  const isPriming = walk.question.name === rootName && walk.question.type === RecordType.NS;
  if (!prime || forwarders.length > 0 || walk.primed || isPriming) return false;
  return lookUp(state.cache, rootServers, env.nowUs) === undefined;
};

/**
 * Tells whether the search knows the zone's servers neither from the cache nor from the root hints, but by a referral, the settings or an
 * own zone.
 */
const isFresh = ({from}: Cut): boolean => from !== 'cache' && from !== 'hints';

/** Step 2 of a resolver's search: turns the search to the servers of a zone, and lets it continue. */
export function enterZone(turn: ResolverTurn, walk: Walk, {cut, ...more}: Partial<Walk> & {cut: Cut}): void {
  const from = isFresh(cut) ? 'referral' : 'cache';
  note(
    turn,
    {kind: 'zone', name: walk.now.name, zone: cut.zone, from},
    forwardedTo(cut) ?? '1034:5.3.3/referral',
  );
  const minimising = minimiseAt(walk.minimising, cut.zone, walk.now);
  wake(turn, walk.key, {...more, cut, minimising});
}

/** Starts a resolver's search for the address of one of the zone's name servers; returns false if there is none left to look up. */
function seekAddress(
  turn: ResolverTurn,
  walk: Walk,
  {cut, which}: {cut: Cut; which: 'bare' | 'more'},
): boolean {
  const wanted = chooseSearch({state: turn.state, env: turn.env}, cut, which);
  if (!wanted) return false;
  updateWalk(turn, walk.key, {cut: seek(cut, wanted)});
  const question = {...wanted, class: RecordClass.IN};
  note(
    turn,
    {kind: 'address', server: wanted.name, type: wanted.type, zone: cut.zone},
    '1034:5.3.3/server-address',
  );
  if (search(turn, question, {kind: 'walk', key: walk.key}) === 'refused') wake(turn, walk.key);
  return true;
}

/**
 * Turns a resolver's search to the parent after all servers of a zone have failed: first to the servers that the cache has from the parent,
 * then to the zones above. Returns false if both have been tried.
 */
function askParent(turn: ResolverTurn, walk: Walk, cut: Cut): boolean {
  const {state, env} = turn;
  if (!cut.parentSide) {
    wake(turn, walk.key, {cut: withParentSide(state, cut, env.nowUs)});
    return true;
  }
  const above = parentName(cut.zone);
  if (isFresh(cut) || above === undefined || hasZone(walk.reasked, cut.zone)) return false;
  const reasked = [...walk.reasked, cut.zone];
  enterZone(turn, walk, {cut: closestCut(state, above, env.nowUs), reasked});
  return true;
}

/**
 * Step 3 of a resolver's search: sends a query to a server of the zone, or first looks up a server's address; ends the search if nothing is
 * left to try.
 */
function tryServers(turn: ResolverTurn, walk: Walk, cut: Cut) {
  const around = {state: turn.state, env: turn.env};
  if (payerOf(turn, walk).sends >= turn.state.settings.budget) return fail(turn, walk);
  const choice = chooseServer(around, {walk, cut, lastResort: false});
  if (choice) return ask(turn, walk, {cut, choice});
  if (seekAddress(turn, walk, {cut, which: 'bare'})) return;
  const resort = chooseServer(around, {walk, cut, lastResort: true});
  if (resort) return ask(turn, walk, {cut, choice: resort});
  if (seekAddress(turn, walk, {cut, which: 'more'})) return;
  if (askParent(turn, walk, cut)) return;
  if (walk.empties === 0) return fail(turn, walk);
  const outcome = {...nothingFound, rcode: Rcode.NOERROR, fromCache: false};
  finish(turn, walk, {...outcome, chain: chainOf(turn, walk)});
}

export function advance(turn: ResolverTurn, key: string) {
  const walk = turn.state.walks.get(key);
  if (!walk || walk.awaits !== undefined) return;
  if (!walk.looked) return look(turn, walk);
  if (mustPrime(turn, walk)) {
    updateWalk(turn, key, {primed: true});
    if (search(turn, rootServers, {kind: 'walk', key}) === 'refused') wake(turn, key);
    return;
  }
  if (walk.cut) tryServers(turn, walk, walk.cut);
  else enterZone(turn, walk, {cut: startCut(turn.state, walk.now, turn.env.nowUs)});
}
