// The side that faces the clients: queries on port 53, responses within what they can take (RFC 1035 §4.1.1, §4.2, RFC 7766 §6).

import {ednsOf, optRecord} from '../../wire/dns/edns.ts';
import {frameDns} from '../../wire/dns/framing.ts';
import type {DnsMessage} from '../../wire/dns/message.ts';
import {Opcode, Rcode, RecordClass, RecordType} from '../../wire/dns/registry.ts';
import {encodeDnsWithin} from '../../wire/dns/truncate.ts';
import type {Outcome} from './call.ts';
import type {Client} from './resolver-state.ts';
import type {ResolverTurn} from './resolver-turn.ts';

const dnsPort = 53;
/** RFC 1035 §4.2.1. */
const plainUdpMost = 512;
const streamMost = 65_535;

const responseTo = (
  client: Client,
  {outcome, minimal, size}: {outcome: Outcome; minimal: boolean; size: number},
): DnsMessage => {
  const {rcode, chain, records, authorities, additionals} = outcome;
  const bare = minimal && rcode === Rcode.NOERROR && records.length > 0;
  const opt = client.ednsSize === undefined ? [] : [optRecord({udpSize: size})];
  return {
    id: client.id,
    opcode: Opcode.QUERY,
    flags: {qr: true, aa: false, tc: false, rd: client.rd, ra: true, ad: false, cd: client.cd},
    rcode,
    questions: [client.question],
    answers: [...chain, ...records],
    authorities: bare ? [] : authorities,
    additionals: [...(bare ? [] : additionals), ...opt],
  };
};

function send(turn: ResolverTurn, client: Pick<Client, 'to' | 'ednsSize'>, message: DnsMessage): void {
  const {to, ednsSize} = client;
  if (to.kind === 'stream') {
    const data = frameDns(encodeDnsWithin(message, streamMost));
    turn.effects.push({kind: 'write', stream: to.stream, data});
    return;
  }
  const most = Math.min(turn.state.settings.maxUdp, Math.max(plainUdpMost, ednsSize ?? plainUdpMost));
  turn.effects.push({
    kind: 'datagram',
    port: dnsPort,
    local: to.local,
    to: to.from,
    data: encodeDnsWithin(message, most),
    because: '1034:5.3.3/answer',
  });
}

export function respond(turn: ResolverTurn, client: Client, outcome: Outcome): void {
  const {minimalResponses: minimal, maxUdp: size} = turn.state.settings;
  send(turn, client, responseTo(client, {outcome, minimal, size}));
}

/** The header alone, with what could be read of the query. */
export function refuse(
  turn: ResolverTurn,
  to: Client['to'],
  {rcode, head}: {rcode: number; head: Pick<DnsMessage, 'id' | 'opcode' | 'flags'>},
): void {
  const {rd, cd} = head.flags;
  send(
    turn,
    {to, ednsSize: undefined},
    {
      id: head.id,
      opcode: head.opcode,
      flags: {qr: true, aa: false, tc: false, rd, ra: false, ad: false, cd},
      rcode,
      questions: [],
      answers: [],
      authorities: [],
      additionals: [],
    },
  );
}

/** Why a message is not a question that is searched for; undefined: it is one. */
export const refusalOf = ({opcode, questions}: DnsMessage): number | undefined => {
  const [question, ...more] = questions;
  if (opcode !== Opcode.QUERY) return Rcode.NOTIMP;
  if (!question || more.length > 0) return Rcode.FORMERR;
  if (question.class !== RecordClass.IN) return Rcode.REFUSED;
  return question.type === RecordType.AXFR || question.type === RecordType.IXFR ? Rcode.REFUSED : undefined;
};

export const clientOf = (message: DnsMessage, to: Client['to']): Client | undefined => {
  const [question] = message.questions;
  const {rd, cd} = message.flags;
  return question && {to, id: message.id, question, rd, cd, ednsSize: ednsOf(message)?.udpSize};
};
