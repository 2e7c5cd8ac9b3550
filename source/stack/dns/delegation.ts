// Chooses the servers from which a search starts, and the next one to ask (RFC 1034 §5.3.3 steps 2 and 3).
import {addressesIn, type DnsQuestion} from '../../wire/dns/message.ts';
import {type DnsName, isAtOrBelow, parentName, rootName, sameName} from '../../wire/dns/name.ts';
import {RecordClass, RecordType} from '../../wire/dns/registry.ts';
import type {IpAddress} from '../../wire/frame.ts';
import type {ProgramEnv} from '../program.ts';
import {type CacheEntry, delegationOf, lookUp, parentSide} from './cache.ts';
import {delegatedCut, ownWord} from './own-zones.ts';
import {
  type Cut,
  mergeTargets,
  type ResolverState,
  type Target,
  trialKey,
  type Walk,
} from './resolver-state.ts';
import {lameness, slownessUs} from './servers.ts';

const forever = Number.MAX_SAFE_INTEGER;

const isIp6 = (address: IpAddress): boolean => address.includes(':');

const addressTypes = [RecordType.A, RecordType.AAAA] as const;

type Look = (cache: ResolverState['cache'], question: DnsQuestion, nowUs: number) => CacheEntry | undefined;

const addressesOf = (state: ResolverState, name: DnsName, {look, nowUs}: {look: Look; nowUs: number}) =>
  addressTypes.flatMap((type) => {
    const entry = look(state.cache, {name, type, class: RecordClass.IN}, nowUs);
    return addressesIn(entry?.records ?? []);
  });

/** Returns the name servers that an NS set names, with the addresses that the resolver's cache has for them. */
export const targetsOf = (
  state: ResolverState,
  ns: Pick<CacheEntry, 'records'>,
  {look = lookUp, nowUs}: {look?: Look; nowUs: number},
): readonly Target[] =>
  mergeTargets(
    ns.records.flatMap(({data}) =>
      data.kind === 'NS'
        ? [{name: data.name, addresses: addressesOf(state, data.name, {look, nowUs}), sought: []}]
        : [],
    ),
  );

/** Tells whether a delegation can be followed: a server has a known address, or has a name outside the zone, which can be looked up. */
export const isUseful = (targets: readonly Target[], zone: DnsName): boolean =>
  targets.some(({name, addresses}) => addresses.length > 0 || !isAtOrBelow(name ?? rootName, zone));

const hints = ({settings}: ResolverState): Cut => ({
  zone: rootName,
  targets: settings.roots.map(({name, addresses}) => ({name, addresses, sought: [...addressTypes]})),
  untilUs: forever,
  from: 'hints',
  parentSide: true,
  rd: false,
});

const cachedCut = (state: ResolverState, zone: DnsName, nowUs: number): Cut | undefined => {
  const ns = delegationOf(state.cache, zone, nowUs);
  const targets = ns && targetsOf(state, ns, {nowUs});
  if (!ns || !targets || !isUseful(targets, zone)) return undefined;
  const untilUs = Math.min(ns.expiresUs, ns.boundUs ?? forever);
  return {zone, targets, untilUs, from: 'cache', parentSide: false, rd: false};
};

/** Returns the closest zone at or above `name` whose name servers the resolver has cached, or else the root from the hints. */
export const closestCut = (state: ResolverState, name: DnsName, nowUs: number): Cut => {
  for (let zone: DnsName | undefined = name; zone !== undefined; zone = parentName(zone)) {
    const cut = cachedCut(state, zone, nowUs);
    if (cut) return cut;
  }
  return hints(state);
};

/**
 * Returns the zone with the name servers and addresses that the parent's referral named added to those that the zone names itself, for when
 * all of the latter fail.
 */
export const withParentSide = (state: ResolverState, cut: Cut, nowUs: number): Cut => {
  const question = {name: cut.zone, type: RecordType.NS, class: RecordClass.IN};
  const ns = parentSide(state.cache, question, nowUs);
  const theirs = ns ? targetsOf(state, ns, {look: parentSide, nowUs}) : [];
  const glued = cut.targets.flatMap((target) =>
    target.name === undefined
      ? []
      : [{...target, addresses: addressesOf(state, target.name, {look: parentSide, nowUs})}],
  );
  return {...cut, targets: mergeTargets([...cut.targets, ...theirs, ...glued]), parentSide: true};
};

const forwardCut = ({settings}: ResolverState): Cut => ({
  zone: rootName,
  targets: [{name: undefined, addresses: settings.forwarders, sought: [...addressTypes]}],
  untilUs: forever,
  from: 'set',
  parentSide: true,
  rd: true,
});

/**
 * Returns the zone and servers from which the search for a DNS question starts: below an own zone, forwarders, or the closest cached zone.
 * A DS record belongs to the parent (RFC 4035 §3.1.4.1).
 */
export const startCut = (state: ResolverState, question: DnsQuestion, nowUs: number): Cut => {
  const delegated = ownWord(state, question);
  const own = delegated && delegatedCut(delegated);
  if (own) return own;
  if (state.settings.forwarders.length > 0) return forwardCut(state);
  const above = question.type === RecordType.DS ? parentName(question.name) : question.name;
  return closestCut(state, above ?? rootName, nowUs);
};

const isLoopback = (address: IpAddress): boolean => /^127\.|^0\.|^::1?$/.test(address);

type Surroundings = {readonly state: ResolverState; readonly env: ProgramEnv};

const canBeAsked = ({state, env}: Surroundings, address: IpAddress): boolean => {
  if (isLoopback(address) || env.addresses.includes(address)) return false;
  return !isIp6(address) || (state.settings.doIp6 && env.addresses.some(isIp6));
};

/** The name server to ask next. `resort` is true if it was asked as a zone's server before and turned out to be a resolver. */
export type Choice = {readonly address: IpAddress; readonly rd: boolean; readonly resort: boolean};

type Candidate = Choice & {
  readonly sends: number;
  readonly slownessUs: number;
};

const candidates = (around: Surroundings, walk: Walk, cut: Cut): readonly Candidate[] => {
  const {state, env} = around;
  const addresses = new Set(cut.targets.flatMap((target) => target.addresses));
  const found: Candidate[] = [];
  for (const address of addresses) {
    const {sends = 0, fault} = walk.trials[trialKey(cut.zone, address)] ?? {};
    const place = {address, zone: cut.zone, question: walk.now};
    const mark = fault ?? lameness(state.servers, place, env.nowUs);
    if (!canBeAsked(around, address) || (mark !== undefined && mark !== 'recursion-lame')) continue;
    if (sends >= state.settings.attempts) continue;
    const slowness = slownessUs(state.servers, address, env.nowUs);
    const resort = mark === 'recursion-lame';
    found.push({address, sends, slownessUs: slowness, resort, rd: resort || cut.rd});
  }
  return found;
};

const better = (a: Candidate, b: Candidate): number => a.sends - b.sends || a.slownessUs - b.slownessUs;

/**
 * Chooses the name server that was asked least for this question, then the fastest, then the first in the NS set; with `lastResort`, among
 * those that turned out to be resolvers. undefined if none is left to ask.
 */
export const chooseServer = (
  around: Surroundings,
  {walk, cut, lastResort}: {walk: Walk; cut: Cut; lastResort: boolean},
): Choice | undefined =>
  candidates(around, walk, cut)
    .filter(({resort}) => resort === lastResort)
    .toSorted(better)[0];

type Wanted = {readonly name: DnsName; readonly type: number};

/**
 * Chooses a name server of the zone whose address is to be looked up, A before AAAA: `bare` one without any known address, `more` one that
 * may also have an IPv6 address. Names inside the zone come last, and only if some server has an address.
 */
export const chooseSearch = (around: Surroundings, cut: Cut, which: 'bare' | 'more'): Wanted | undefined => {
  const {state, env} = around;
  const ip6 = state.settings.doIp6 && env.addresses.some(isIp6);
  const anyKnown = cut.targets.some(({addresses}) => addresses.length > 0);
  const inside = ({name}: Target): boolean => isAtOrBelow(name ?? rootName, cut.zone);
  const order = cut.targets
    .toSorted((a, b) => Number(inside(a)) - Number(inside(b)))
    .filter((each) => anyKnown || !inside(each))
    .filter(({addresses}) => (which === 'bare' ? addresses.length === 0 : !addresses.some(isIp6)));
  const types = [...(which === 'bare' ? [RecordType.A] : []), ...(ip6 ? [RecordType.AAAA] : [])];
  for (const type of types)
    for (const {name, sought} of order) if (name !== undefined && !sought.includes(type)) return {name, type};
  return undefined;
};

const changeTarget = (cut: Cut, name: DnsName, change: (target: Target) => Target): Cut => ({
  ...cut,
  targets: cut.targets.map((target) =>
    target.name !== undefined && sameName(target.name, name) ? change(target) : target,
  ),
});

export const seek = (cut: Cut, {name, type}: Wanted): Cut =>
  changeTarget(cut, name, (target) => ({...target, sought: [...target.sought, type]}));

export const foundAddresses = (cut: Cut, name: DnsName, addresses: readonly IpAddress[]): Cut =>
  changeTarget(cut, name, (target) => ({
    ...target,
    addresses: [...new Set([...target.addresses, ...addresses])],
  }));
