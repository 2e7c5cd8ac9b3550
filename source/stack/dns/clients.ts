// The side that faces the clients: queries on port 53, responses within what they can take (RFC 1035 §4.1.1, §4.2, RFC 7766 §6).

import {dnsPort} from '../../wire/dns/carried.ts';
import {type Edns, ednsOf, optRecord} from '../../wire/dns/edns.ts';
import {frameDns} from '../../wire/dns/framing.ts';
import type {DnsMessage, DnsRecord} from '../../wire/dns/message.ts';
import {Opcode, Rcode, RecordType} from '../../wire/dns/registry.ts';
import {encodeDnsWithin} from '../../wire/dns/truncate.ts';
import type {DnsRuleId, Outcome} from './call.ts';
import {speaksWithAuthority} from './own-zones.ts';
import {formatError, type Refusal, refusalOf} from './refusal.ts';
import type {Client} from './resolver-state.ts';
import type {ResolverTurn} from './resolver-turn.ts';
import {questionKey} from './rrset.ts';

/** RFC 1035 §4.2.1. */
const plainUdpMost = 512;
const streamMost = 65_535;

/** No RRset stands in a message twice (RFC 2181 §5). */
const without = (section: readonly DnsRecord[], before: readonly DnsRecord[]): readonly DnsRecord[] => {
  const present = new Set(before.map(questionKey));
  return section.filter((record) => !present.has(questionKey(record)));
};

/** Who sends an OPT record gets one, with the DO bit as it was (RFC 6891 §6.1.1, RFC 3225 §3); `size`: what may be sent here. */
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
    flags: {
      qr: true,
      aa,
      tc: false,
      rd: client.rd,
      ra: true,
      ad: false,
      cd: client.cd,
    },
    rcode,
    questions: [client.question],
    answers,
    authorities: more,
    additionals: [...extra, ...optFor(client.edns, size, rcode)],
  };
};

/** The flags' first octet has TC (RFC 1035 §4.1.1). */
const isTruncated = (data: Uint8Array): boolean => ((data[2] ?? 0) & 2) !== 0;

function send(
  turn: ResolverTurn,
  {to, edns}: Pick<Client, 'to' | 'edns'>,
  {message, because}: {message: DnsMessage; because: DnsRuleId},
): void {
  if (to.kind === 'stream') {
    const data = frameDns(encodeDnsWithin(message, streamMost));
    turn.effects.push({kind: 'write', stream: to.stream, data});
    return;
  }
  const most = Math.min(turn.state.settings.maxUdp, Math.max(plainUdpMost, edns?.udpSize ?? plainUdpMost));
  const data = encodeDnsWithin(message, most);
  turn.effects.push({
    kind: 'datagram',
    port: dnsPort,
    local: to.local,
    to: to.from,
    data,
    because: isTruncated(data) ? '1035:4.2.1/truncated' : because,
  });
}

export function respond(turn: ResolverTurn, client: Client, outcome: Outcome): void {
  const {minimalResponses: minimal, maxUdp: size} = turn.state.settings;
  const found = outcome.rcode === Rcode.SERVFAIL ? '1034:5.3.3/failure' : '1034:5.3.3/answer';
  const aa = outcome.rcode !== Rcode.SERVFAIL && speaksWithAuthority(turn.state, client.question);
  const because = outcome.own ?? found;
  send(turn, client, {message: responseTo(client, {outcome, aa, minimal, size}), because});
}

/** Recursion was not asked for, and nothing is known. */
export function decline(turn: ResolverTurn, client: Client): void {
  const nothing = {chain: [], records: [], authorities: [], additionals: [], fromCache: true};
  const outcome = {...nothing, rcode: Rcode.REFUSED};
  const message = responseTo(client, {outcome, aa: false, minimal: true, size: turn.state.settings.maxUdp});
  send(turn, client, {message, because: '1034:4.3.1/no-recursion'});
}

type Head = Pick<DnsMessage, 'id' | 'opcode' | 'flags'> & Partial<Pick<DnsMessage, 'questions'>>;

/** No records: what could be read of the query and why it is not searched for. */
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
    flags: {qr: true, aa: false, tc: false, rd, ra: true, ad: false, cd},
    rcode: rcode & 0xf,
    questions: head.questions ?? [],
    answers: [],
    authorities: [],
    additionals: optFor(edns, turn.state.settings.maxUdp, rcode),
  };
  send(turn, {to, edns}, {message, because});
}

/** The client whose question it is, or why nobody looks for it. */
export const clientOf = (message: DnsMessage, to: Client['to']): Client | Refusal => {
  const refusal = refusalOf(message);
  const [question] = message.questions;
  if (refusal || !question) return refusal ?? formatError;
  const {rd, cd} = message.flags;
  return {to, id: message.id, question, rd, cd, edns: ednsOf(message)};
};
