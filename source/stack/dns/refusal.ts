// The queries that no name server looks up, and the answers that they get instead (RFC 1035 §4.1.1, RFC 6891 §6.1, RFC 9619 §4).
import {ednsOf} from '../../wire/dns/edns.ts';
import type {DnsMessage, DnsQuestion} from '../../wire/dns/message.ts';
import {rootName} from '../../wire/dns/name.ts';
import {Opcode, Rcode, RecordClass, RecordType} from '../../wire/dns/registry.ts';
import type {DnsBecause} from './cases.ts';

/** A refusal; `rcode` has all twelve bits. */
export type Refusal = {readonly rcode: number; readonly because: DnsBecause};

/** The EDNS version, because the server supports no version but 0 (RFC 6891 §6.1.3). */
const ednsVersion = 0;

export const formatError: Refusal = {rcode: Rcode.FORMERR, because: '1035:4.1.1/formerr'};
const refused: Refusal = {rcode: Rcode.REFUSED, because: '1035:4.1.1/refused'};

/** Returns the refusal of a server that has no zone with this name and asks nobody. */
export const noZoneFor = ({name}: DnsQuestion): Refusal => ({
  rcode: Rcode.REFUSED,
  because: {rule: '1035:4.1.1/refused', case: 'no-zone', facts: {name: {domain: name}}},
});

/** Tells whether OPT is misplaced: there may be one record at most, for the root, in ADDITIONAL (RFC 6891 §6.1.1). */
const optMisplaced = ({answers, authorities, additionals}: DnsMessage): boolean => {
  const opts = additionals.filter(({type}) => type === RecordType.OPT);
  const elsewhere = [...answers, ...authorities].some(({type}) => type === RecordType.OPT);
  return elsewhere || opts.length > 1 || opts.some(({name}) => name !== rootName);
};

/** Tells whether the query asks for a zone transfer, which this server does not offer (RFC 5936 §5). */
const isTransfer = (type: number): boolean => type === RecordType.AXFR || type === RecordType.IXFR;

/** Returns why a query is refused; undefined if it is looked up. */
export const refusalOf = (query: DnsMessage): Refusal | undefined => {
  if (query.opcode !== Opcode.QUERY) return {rcode: Rcode.NOTIMP, because: '1035:4.1.1/notimp'};
  const [question, ...others] = query.questions;
  // A query asks exactly one question (RFC 9619 §4).
  if (question === undefined || others.length > 0 || optMisplaced(query)) return formatError;
  if ((ednsOf(query)?.version ?? ednsVersion) > ednsVersion)
    return {rcode: Rcode.BADVERS, because: '6891:6.1.3/badvers'};
  return question.class !== RecordClass.IN || isTransfer(question.type) ? refused : undefined;
};
