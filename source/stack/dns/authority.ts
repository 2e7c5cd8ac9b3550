// An authoritative server's answer to a message: header, EDNS, what is refused (RFC 1035 §4.1.1, RFC 6891, RFC 8482), then the lookup.
import {ednsOf, optRecord} from '../../wire/dns/edns.ts';
import type {DnsMessage} from '../../wire/dns/message.ts';
import {rootName} from '../../wire/dns/name.ts';
import {Opcode, Rcode, RecordClass, RecordType} from '../../wire/dns/registry.ts';
import {type Found, lookUp} from './lookup.ts';
import type {AuthorityRuleId} from './rules.ts';
import type {Zone} from './zone.ts';

export type Answered = {readonly response: DnsMessage; readonly because: AuthorityRuleId};

/** RFC 6891 §6.1.3: a server that knows no version but 0. */
const ednsVersion = 0;

const refusal = (rcode: number, because: AuthorityRuleId): Found => ({
  rcode,
  authoritative: false,
  answers: [],
  authorities: [],
  additionals: [],
  because,
});

const formatError = refusal(Rcode.FORMERR, '1035:4.1.1/formerr');
const refused = refusal(Rcode.REFUSED, '1035:4.1.1/refused');

/** RFC 6891 §6.1.1: one OPT record at most, of the root, and nowhere but in ADDITIONAL. */
const optMisplaced = ({answers, authorities, additionals}: DnsMessage): boolean => {
  const opts = additionals.filter(({type}) => type === RecordType.OPT);
  const elsewhere = [...answers, ...authorities].some(({type}) => type === RecordType.OPT);
  return elsewhere || opts.length > 1 || opts.some(({name}) => name !== rootName);
};

/** Zones are not given away here (RFC 5936 §5). */
const isTransfer = (type: number): boolean => type === RecordType.AXFR || type === RecordType.IXFR;

const decide = (zones: readonly Zone[], query: DnsMessage): Found => {
  if (query.opcode !== Opcode.QUERY) return refusal(Rcode.NOTIMP, '1035:4.1.1/notimp');
  const [question, ...others] = query.questions;
  // RFC 9619 §4: a query asks exactly one question.
  if (question === undefined || others.length > 0 || optMisplaced(query)) return formatError;
  if ((ednsOf(query)?.version ?? ednsVersion) > ednsVersion)
    return refusal(Rcode.BADVERS, '6891:6.1.3/badvers');
  if (question.class !== RecordClass.IN || isTransfer(question.type)) return refused;
  return lookUp(zones, question) ?? refused;
};

/** `udpSize`: octets of UDP payload that this server can take, told in an OPT record where the query has one. */
export const answerFrom = (
  zones: readonly Zone[],
  query: DnsMessage,
  {udpSize}: {readonly udpSize: number},
): Answered => {
  const {rcode, authoritative, answers, authorities, additionals, because} = decide(zones, query);
  const edns = ednsOf(query);
  const opt = edns && optRecord({udpSize, extendedRcode: rcode >> 4, doBit: edns.doBit});
  const flags = {qr: true, aa: authoritative, tc: false, rd: query.flags.rd, ra: false, ad: false, cd: false};
  const {id, opcode, questions} = query;
  const response: DnsMessage = {
    id,
    opcode,
    flags,
    rcode: rcode & 0xf,
    questions,
    answers,
    authorities,
    additionals: opt ? [...additionals, opt] : additionals,
  };
  return {response, because};
};
