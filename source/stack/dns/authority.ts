// An authoritative server's answer to a message: the result or a refusal, with header and EDNS (RFC 1035 §4.1.1, RFC 6891).
import {ednsOf, optRecord} from '../../wire/dns/edns.ts';
import {type DnsMessage, noFlags, noRecords} from '../../wire/dns/message.ts';
import type {DnsBecause} from './cases.ts';
import {type Found, lookUp} from './lookup.ts';
import {formatError, noZoneFor, type Refusal, refusalOf} from './refusal.ts';
import type {Zone} from './zone.ts';

export type Answered = {readonly response: DnsMessage; readonly because: DnsBecause};

type Decided = Omit<Found, 'because'> & {readonly because: DnsBecause};

const bare = ({rcode, because}: Refusal): Decided => ({
  rcode,
  authoritative: false,
  ...noRecords,
  because,
});

const decide = (zones: readonly Zone[], query: DnsMessage): Decided => {
  const refusal = refusalOf(query);
  const [question] = query.questions;
  if (refusal || !question) return bare(refusal ?? formatError);
  return lookUp(zones, question) ?? bare(noZoneFor(question));
};

/** The octets of UDP payload that an authoritative server can send and receive, announced in an OPT record if the query has one. */
export const udpSize = 1232;

export const answerFrom = (zones: readonly Zone[], query: DnsMessage): Answered => {
  const {rcode, authoritative, answers, authorities, additionals, because} = decide(zones, query);
  const edns = ednsOf(query);
  const opt = edns && optRecord({udpSize, extendedRcode: rcode >> 4, doBit: edns.doBit});
  const flags = {...noFlags, qr: true, aa: authoritative, rd: query.flags.rd};
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
