// Decides which queries a name server does not look up, and with which rcode it answers them instead (RFC 1035 §4.1.1, RFC 6891 §6.1, RFC
// 9619 §4).
import {ednsOf} from '../../wire/dns/edns.ts';
import type {DnsMessage, DnsQuestion} from '../../wire/dns/message.ts';
import {rootName} from '../../wire/dns/name.ts';
import {Opcode, Rcode, RecordClass, RecordType} from '../../wire/dns/registry.ts';
import type {DnsBecause} from './cases.ts';

/** A name server's refusal to look up a query; `rcode` has all twelve bits, with those of EDNS. */
export type Refusal = {readonly rcode: number; readonly because: DnsBecause};

/** The only EDNS version that the name server supports; a query with a higher one gets BADVERS (RFC 6891 §6.1.3). */
const ednsVersion = 0;

export const formatError: Refusal = {rcode: Rcode.FORMERR, because: '1035:4.1.1/formerr'};
const refused: Refusal = {rcode: Rcode.REFUSED, because: '1035:4.1.1/refused'};

/** Returns the refusal of a name server that has no zone with this name and nobody to ask. */
export const noZoneFor = ({name}: DnsQuestion): Refusal => ({
  rcode: Rcode.REFUSED,
  because: {rule: '1035:4.1.1/refused', case: 'no-zone', facts: {name: {domain: name}}},
});

/**
 * Tells whether a DNS query has an OPT record in the wrong place: at most one may be there, for the root, in ADDITIONAL (RFC 6891 §6.1.1).
 */
const optMisplaced = ({answers, authorities, additionals}: DnsMessage): boolean => {
  const opts = additionals.filter(({type}) => type === RecordType.OPT);
  const elsewhere = [...answers, ...authorities].some(({type}) => type === RecordType.OPT);
  return elsewhere || opts.length > 1 || opts.some(({name}) => name !== rootName);
};

/** Tells whether a query type asks for a zone transfer, which these name servers do not offer (RFC 5936 §5). */
const isTransfer = (type: number): boolean => type === RecordType.AXFR || type === RecordType.IXFR;

/** Returns with which rcode, and by which rule, a name server refuses a query; undefined if it looks the query up. */
export const refusalOf = (query: DnsMessage): Refusal | undefined => {
  if (query.opcode !== Opcode.QUERY) return {rcode: Rcode.NOTIMP, because: '1035:4.1.1/notimp'};
  const [question, ...others] = query.questions;
  // A query asks exactly one question (RFC 9619 §4).
  if (question === undefined || others.length > 0 || optMisplaced(query)) return formatError;
  if ((ednsOf(query)?.version ?? ednsVersion) > ednsVersion)
    return {rcode: Rcode.BADVERS, because: '6891:6.1.3/badvers'};
  return question.class !== RecordClass.IN || isTransfer(question.type) ? refused : undefined;
};
