// A resolver with zones of its own: it answers from them, and asks on where they delegate ("fully recursive", RFC 1034 §4.3.1).
import type {DnsQuestion, DnsRecord} from '../../wire/dns/message.ts';
import {sameName} from '../../wire/dns/name.ts';
import {RecordType} from '../../wire/dns/registry.ts';
import type {Outcome} from './call.ts';
import {type Found, lookUp} from './lookup.ts';
import {type Cut, mergeTargets, type ResolverState} from './resolver-state.ts';

/** Undefined: the name is in none of the zones. */
export const ownWord = ({zones}: ResolverState, question: DnsQuestion): Found | undefined =>
  zones.length === 0 ? undefined : lookUp(zones, question);

/** What the zones answer with authority; `chain` are the aliases that led here. */
export const ownOutcome = (found: Found, question: DnsQuestion, chain: readonly DnsRecord[]): Outcome => {
  const isAlias = ({type}: DnsRecord): boolean =>
    type === RecordType.CNAME && question.type !== RecordType.CNAME;
  const {rcode, answers, authorities, additionals, because} = found;
  return {
    rcode,
    chain: [...chain, ...answers.filter(isAlias)],
    records: answers.filter((each) => !isAlias(each)),
    authorities,
    additionals,
    fromCache: false,
    // AA speaks for the name of the question (RFC 1035 §4.1.1).
    own: {aa: found.authoritative && chain.length === 0, because},
  };
};

/** The servers of the zone below, who are to find out the rest themselves: RD=1. */
export const delegatedCut = ({authorities, additionals}: Found): Cut | undefined => {
  const ns = authorities.filter(({type}) => type === RecordType.NS);
  const [first] = ns;
  if (!first) return undefined;
  const addressesOf = (name: string) =>
    additionals.flatMap((record) =>
      sameName(record.name, name) && (record.data.kind === 'A' || record.data.kind === 'AAAA')
        ? [record.data.address]
        : [],
    );
  const targets = ns.flatMap(({data}) =>
    data.kind === 'NS' ? [{name: data.name, addresses: addressesOf(data.name), sought: []}] : [],
  );
  return {
    zone: first.name,
    targets: mergeTargets(targets),
    untilUs: Number.MAX_SAFE_INTEGER,
    fresh: true,
    parentSide: true,
    rd: true,
  };
};
