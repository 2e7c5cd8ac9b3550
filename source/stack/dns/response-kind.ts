// Classifies a response for a resolver that walks down from the root (RFC 1034 §5.3.3 step 4, RFC 2308 §2, RFC 4697 §2).
import type {DnsMessage, DnsQuestion} from '../../wire/dns/message.ts';
import {type DnsName, isAtOrBelow, sameName} from '../../wire/dns/name.ts';
import {Rcode, RecordType} from '../../wire/dns/registry.ts';
import type {Rrset} from './rrset.ts';
import type {Scrubbed} from './scrub.ts';

export type ResponseKind =
  | {readonly kind: 'answer'; readonly rrset: Rrset}
  | {readonly kind: 'alias'; readonly rrset: Rrset}
  | {readonly kind: 'NXDOMAIN' | 'NODATA'}
  /** A referral: the DNS response has the NS set of a zone between the zone of the server asked and the name. */
  | {readonly kind: 'referral'; readonly ns: Rrset}
  /** The name server does not have the zone for which it was asked. */
  | {readonly kind: 'lame'}
  /** The name server answers from a cache, so it is a resolver where the zone's own server should be. */
  | {readonly kind: 'recursion-lame'}
  | {readonly kind: 'error'}
  /** A NOERROR response without any record: either the name has no such data, or the server is faulty. */
  | {readonly kind: 'empty'};

type Asked = {readonly question: DnsQuestion; readonly zone: DnsName; readonly rd: boolean};

const isReferral = (set: Rrset, zone: DnsName): boolean =>
  set.type === RecordType.NS && isAtOrBelow(set.name, zone) && !sameName(set.name, zone);

const fromAuthority = (
  scrubbed: Scrubbed,
  {message, zone, rd}: {message: DnsMessage; zone: DnsName; rd: boolean},
): ResponseKind | undefined => {
  const {answers, authorities} = scrubbed;
  if (authorities.some(({type}) => type === RecordType.SOA)) return undefined;
  const ns = authorities.find(({type}) => type === RecordType.NS);
  if (!ns) return undefined;
  if (isReferral(ns, zone)) return {kind: 'referral', ns};
  // An NS set of a higher zone in a DNS response means that the server does not have the zone asked for; so does the zone's own NS set
  // alone, unless the response has AA or RA.
  if (!sameName(ns.name, zone)) return {kind: rd ? 'error' : 'lame'};
  const bare = answers.length === 0 && !message.flags.aa && !message.flags.ra && !rd;
  return bare ? {kind: 'lame'} : undefined;
};

const positive = (scrubbed: Scrubbed, {question, zone}: Asked, aa: boolean): ResponseKind | undefined => {
  const [first] = scrubbed.answers;
  if (!first) return undefined;
  // A parent's server gives the NS set of a zone below without AA in ANSWER; that counts as a referral, which otherwise is in AUTHORITY.
  if (question.type === RecordType.NS && isReferral(first, zone) && !aa) return {kind: 'referral', ns: first};
  const asked = question.type === RecordType.ANY || first.type === question.type;
  if (!asked) return {kind: 'alias', rrset: first};
  return aa ? {kind: 'answer', rrset: first} : undefined;
};

export const responseKind = (message: DnsMessage, scrubbed: Scrubbed, asked: Asked): ResponseKind => {
  const {flags, rcode} = message;
  const {answers, authorities, additionals, hadNs} = scrubbed;
  const [first] = answers;
  const isBare = answers.length + authorities.length + additionals.length === 0;
  const fromCache = flags.ra && !flags.aa && !asked.rd;
  if (rcode !== Rcode.NOERROR && rcode !== Rcode.NXDOMAIN) return {kind: 'error'};
  if (isBare && hadNs) return {kind: 'lame'};
  if (rcode === Rcode.NXDOMAIN) {
    if (fromCache) return {kind: 'recursion-lame'};
    return first?.type === RecordType.CNAME ? {kind: 'alias', rrset: first} : {kind: 'NXDOMAIN'};
  }
  const decided =
    positive(scrubbed, asked, flags.aa) ?? fromAuthority(scrubbed, {message, zone: asked.zone, rd: asked.rd});
  if (decided) return decided;
  if (isBare) return {kind: 'empty'};
  if (fromCache) return {kind: 'recursion-lame'};
  return first ? {kind: 'answer', rrset: first} : {kind: 'NODATA'};
};
