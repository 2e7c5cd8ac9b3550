// The side of a recursive resolver that serves clients: queries on port 53, and responses within their size limits (RFC 1035 §4.1.1, §4.2,
// RFC 7766 §6).

import {dnsPort} from '../../wire/dns/carried.ts';
import {type Edns, ednsOf, optRecord} from '../../wire/dns/edns.ts';
import {frameDns} from '../../wire/dns/framing.ts';
import {type DnsMessage, type DnsRecord, noFlags, noRecords} from '../../wire/dns/message.ts';
import {Opcode, Rcode, RecordType} from '../../wire/dns/registry.ts';
import {encodeDnsWithin} from '../../wire/dns/truncate.ts';
import {nothingFound, type Outcome} from './call.ts';
import type {DnsBecause} from './cases.ts';
import {speaksWithAuthority} from './own-zones.ts';
import {formatError, type Refusal, refusalOf} from './refusal.ts';
import type {Client} from './resolver-state.ts';
import type {ResolverTurn} from './resolver-turn.ts';
import {questionKey} from './rrset.ts';
import {datagramData, tcpOctetsMost} from './serving.ts';

/**
 * Returns the records of a DNS section without the RRsets in `before`, the sections in front of it, because no RRset may occur twice in a
 * message (RFC 2181 §5).
 */
const without = (section: readonly DnsRecord[], before: readonly DnsRecord[]): readonly DnsRecord[] => {
  const present = new Set(before.map(questionKey));
  return section.filter((record) => !present.has(questionKey(record)));
};

/**
 * Returns the OPT record of a response, with the DO bit of the client's own OPT record; none if the client sent none (RFC 6891 §6.1.1, RFC
 * 3225 §3). `size` is the UDP payload that the resolver can receive.
 */
const optFor = (edns: Client['edns'], size: number, rcode: number): readonly DnsRecord[] =>
  edns ? [optRecord({udpSize: size, doBit: edns.doBit, extendedRcode: rcode >> 4})] : [];

const responseTo = (
  client: Client,
  {outcome, aa, minimal, size}: {outcome: Outcome; aa: boolean; minimal: boolean; size: number},
): DnsMessage => {
  const {rcode, chain, records, authorities, additionals} = outcome;
  const isNs = client.question.type === RecordType.NS;
  const bare = minimal && rcode === Rcode.NOERROR && records.length > 0 && !isNs;
  const answers = [...chain, ...records];
  const more = bare ? [] : without(authorities, answers);
  const extra = bare ? [] : without(additionals, [...answers, ...more]);
  return {
    id: client.id,
    opcode: Opcode.QUERY,
    flags: {...noFlags, qr: true, aa, rd: client.rd, ra: true, cd: client.cd},
    rcode,
    questions: [client.question],
    answers,
    authorities: more,
    additionals: [...extra, ...optFor(client.edns, size, rcode)],
  };
};

function send(
  turn: ResolverTurn,
  {to, edns}: Pick<Client, 'to' | 'edns'>,
  {message, because}: {message: DnsMessage; because: DnsBecause},
): void {
  if (to.kind === 'stream') {
    const data = frameDns(encodeDnsWithin(message, tcpOctetsMost));
    turn.effects.push({kind: 'write', stream: to.stream, data});
    return;
  }
  const sent = datagramData(message, {edns, most: turn.state.settings.maxUdp, because});
  turn.effects.push({kind: 'datagram', port: dnsPort, local: to.local, to: to.from, ...sent});
}

/**
 * Returns the rule by which a resolver answers a client: from the cache, found or failed, with the number of CNAMEs in the response as a
 * fact if there are any.
 */
const becauseOf = ({rcode, fromCache}: Outcome, {answers}: DnsMessage): DnsBecause => {
  if (rcode === Rcode.SERVFAIL) return '1034:5.3.3/failure';
  const aliases = answers.filter(({type}) => type === RecordType.CNAME).length;
  return {
    rule: '1034:5.3.3/answer',
    case: fromCache ? 'cached' : 'found',
    ...(aliases > 0 ? {facts: {aliases}} : {}),
  };
};

export function respond(turn: ResolverTurn, client: Client, outcome: Outcome): void {
  const {minimalResponses: minimal, maxUdp: size} = turn.state.settings;
  const aa = outcome.rcode !== Rcode.SERVFAIL && speaksWithAuthority(turn.state, client.question);
  const message = responseTo(client, {outcome, aa, minimal, size});
  send(turn, client, {message, because: outcome.own ?? becauseOf(outcome, message)});
}

/** Answers REFUSED to a client's query without RD for which the resolver has nothing cached. */
export function decline(turn: ResolverTurn, client: Client): void {
  const outcome = {...nothingFound, rcode: Rcode.REFUSED, fromCache: true};
  const message = responseTo(client, {outcome, aa: false, minimal: true, size: turn.state.settings.maxUdp});
  send(turn, client, {message, because: '1034:4.3.1/no-recursion'});
}

type Head = Pick<DnsMessage, 'id' | 'opcode' | 'flags'> & Partial<Pick<DnsMessage, 'questions'>>;

/** Sends a client an error response without records, with what could be read of its query and the rcode of the refusal. */
export function refuse(
  turn: ResolverTurn,
  to: Client['to'],
  {refusal, head, edns}: {refusal: Refusal; head: Head; edns?: Edns | undefined},
): void {
  const {rcode, because} = refusal;
  const {rd, cd} = head.flags;
  const message: DnsMessage = {
    id: head.id,
    opcode: head.opcode,
    flags: {...noFlags, qr: true, rd, ra: true, cd},
    rcode: rcode & 0xf,
    questions: head.questions ?? [],
    ...noRecords,
    additionals: optFor(edns, turn.state.settings.maxUdp, rcode),
  };
  send(turn, {to, edns}, {message, because});
}

/**
 * Returns the client data of a DNS query, with which the resolver searches and later responds; or the refusal if the query is not looked
 * up.
 */
export const clientOf = (message: DnsMessage, to: Client['to']): Client | Refusal => {
  const refusal = refusalOf(message);
  const [question] = message.questions;
  if (refusal || !question) return refusal ?? formatError;
  const {rd, cd} = message.flags;
  return {to, id: message.id, question, rd, cd, edns: ednsOf(message)};
};
