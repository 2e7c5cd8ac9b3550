// A resolver with zones of its own: it answers from them, and asks other servers for names that they delegate ("fully recursive",
// RFC 1034 §4.3.1).
import {addressesIn, type DnsQuestion, type DnsRecord} from '../../wire/dns/message.ts';
import {sameName} from '../../wire/dns/name.ts';
import {RecordType} from '../../wire/dns/registry.ts';
import type {Outcome} from './call.ts';
import {aliasTarget, type Found, lookUp} from './lookup.ts';
import {type Cut, mergeTargets, type ResolverState} from './resolver-state.ts';
import {followsAliases} from './rrset.ts';

/** Returns the answer of the resolver's own zones; undefined if the name is in none of them. */
export const ownWord = ({zones}: ResolverState, question: DnsQuestion): Found | undefined =>
  zones.length === 0 ? undefined : lookUp(zones, question);

/**
 * Tells whether a resolver with zones cannot find a name: it is in none of them, and the settings name neither root servers nor forwarders.
 */
export const isLost = (state: ResolverState, question: DnsQuestion): boolean => {
  const {roots, forwarders} = state.settings;
  const alone = state.zones.length > 0 && roots.length === 0 && forwarders.length === 0;
  return alone && ownWord(state, question) === undefined;
};

/**
 * Returns the first CNAME of an answer from the resolver's own zones if its chain leads out of them and somebody can be asked for the rest;
 * otherwise undefined.
 */
export const aliasToFollow = (
  state: ResolverState,
  {answers, authorities}: Found,
  question: DnsQuestion,
): DnsRecord | undefined => {
  const name = aliasTarget({answers}, question);
  const denied = authorities.some(({type}) => type === RecordType.SOA);
  return name === undefined || denied || isLost(state, {...question, name}) ? undefined : answers[0];
};

/** Tells whether the resolver's own zones answer the question with authority, so that the response has AA (RFC 1035 §4.1.1). */
export const speaksWithAuthority = (state: ResolverState, question: DnsQuestion): boolean =>
  ownWord(state, question)?.authoritative ?? false;

/**
 * Returns the authoritative answer of the resolver's own zones as the result of a search; `chain` has the CNAMEs that led to the question's
 * name.
 */
export const ownOutcome = (found: Found, question: DnsQuestion, chain: readonly DnsRecord[]): Outcome => {
  const isAlias = ({type}: DnsRecord): boolean => type === RecordType.CNAME && followsAliases(question.type);
  const {rcode, answers, authorities, additionals, because} = found;
  return {
    rcode,
    chain: [...chain, ...answers.filter(isAlias)],
    records: answers.filter((each) => !isAlias(each)),
    authorities,
    additionals,
    fromCache: false,
    own: because,
  };
};

/**
 * Returns the name servers of a zone that an own zone delegates, which the resolver asks to find the rest themselves (RD=1); undefined if
 * the answer is no delegation.
 */
export const delegatedCut = ({authorities, additionals}: Found): Cut | undefined => {
  const ns = authorities.filter(({type}) => type === RecordType.NS);
  const [first] = ns;
  if (!first) return undefined;
  const addressesOf = (name: string) =>
    addressesIn(additionals.filter((record) => sameName(record.name, name)));
  const targets = ns.flatMap(({data}) =>
    data.kind === 'NS' ? [{name: data.name, addresses: addressesOf(data.name), sought: []}] : [],
  );
  return {
    zone: first.name,
    targets: mergeTargets(targets),
    untilUs: Number.MAX_SAFE_INTEGER,
    from: 'below',
    parentSide: true,
    rd: true,
  };
};
