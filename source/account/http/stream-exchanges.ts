// Requests of HTTP/2 and HTTP/3 with what each waited for (RFC 9113 §8.1, RFC 9114 §4.1): a stream each, in the form of those of HTTP/1.
// As there, what a client sends counts when it leaves, and the rest when it comes.
import {readingAt, type Exchange as Seen, type SeenMessage} from '../../observe/http-exchanges.ts';
import {http2ExchangesAt} from '../../observe/http2-exchanges.ts';
import {http2ReadingOf} from '../../observe/http2-reading.ts';
import {http3ExchangesAt} from '../../observe/http3-exchanges.ts';
import {quicContentOf} from '../../observe/quic-in-trace.ts';
import {packetsOf} from '../../observe/stream-bytes.ts';
import {spansOf} from '../../observe/stream-messages.ts';
import type {Trace} from '../../sim/trace.ts';
import {oncePer} from '../../wire/once-per.ts';
import {entryAt} from '../entries.ts';
import type {Stamp} from './client-stream.ts';
import {type HttpConnection, httpConnectionsIn} from './connections.ts';
import {type Exchange, phase} from './exchanges.ts';

export type StreamConnection = {
  /** Numbers of the events by which its packets left, from either end. */
  readonly segments: readonly number[];
  /** They are datagrams of QUIC. */
  readonly datagrams?: boolean;
};

export type StreamExchanges = {
  readonly exchanges: readonly Exchange[];
  /** In the order of their first requests; their numbers go on behind those of HTTP/1. */
  readonly connections: readonly StreamConnection[];
};

type Course = {readonly packets: readonly number[]; readonly began: Stamp; readonly ended: Stamp | undefined};

const stampOf = (trace: Trace, packet: number, isOwn: boolean): Stamp => {
  const {sendEvent, endEvent, sentUs, dueUs} = trace.packet(packet);
  return isOwn || endEvent === undefined ? {n: sendEvent, atUs: sentUs} : {n: endEvent, atUs: dueUs};
};

const courseOf = (trace: Trace, seen: Seen, message: SeenMessage | undefined): Course | undefined => {
  if (!message) return undefined;
  const direction = readingAt(seen.connection, trace.length).directions[message.side];
  const spans = spansOf(message, seen.stream);
  const packets = [...new Set(spans.flatMap((span) => packetsOf(direction, span)))];
  const [first, last] = [packets[0], packets.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const isOwn = message === seen.request;
  const ended = message.whole ? stampOf(trace, last, isOwn) : undefined;
  return {packets, began: stampOf(trace, first, isOwn), ended};
};

/** When the stream was broken off before the response was whole (RFC 9113 §6.4). */
const brokenOff = (trace: Trace, {connection, stream, request}: Seen): Stamp | undefined => {
  const reset = http2ReadingOf(connection)?.http2.streams.find(({id}) => id === stream)?.reset;
  if (!reset) return undefined;
  const event = entryAt(trace, reset.frame);
  return 'packet' in event ? stampOf(trace, event.packet, reset.side === request?.side) : undefined;
};

const exchangeOn = (trace: Trace, seen: Seen): Exchange | undefined => {
  const start = seen.request?.head.start;
  const asked = courseOf(trace, seen, seen.request);
  if (start?.kind !== 'request' || !asked || !seen.request) return undefined;
  const answered = courseOf(trace, seen, seen.response);
  const answer = seen.response?.head.start;
  const sent = asked.ended ?? asked.began;
  const {connection} = seen;
  const failed = answered?.ended ? undefined : brokenOff(trace, seen);
  return {
    client: connection.ends[seen.request.side].host,
    ...{method: start.method, target: start.target, start: asked.began},
    phases: [
      ...phase('send', asked.began, sent),
      ...phase('wait', sent, answered?.began ?? failed),
      ...phase('receive', answered?.began, answered?.ended ?? failed),
    ],
    packets: [...asked.packets, ...(answered?.packets ?? [])],
    ...(answered && answer?.kind === 'response' && {status: {code: answer.status, known: answered.began}}),
    ...(answered?.ended && {done: answered.ended}),
    ...(failed && {failed}),
  };
};

/** The first packet of a connection that has requests. */
type First = {readonly packet: number; readonly datagrams: boolean};

/** By what they run on. */
const segmentsOf = (trace: Trace, firsts: readonly First[]): readonly StreamConnection[] => {
  if (firsts.length === 0) return [];
  const wanted = firsts.map(({packet}) => trace.packet(packet).conversation);
  const byConversation = new Map<number | undefined, number[]>(wanted.map((each) => [each, []]));
  for (let packet = 1; packet <= trace.packetCount; packet++) {
    const {conversation, sendEvent} = trace.packet(packet);
    byConversation.get(conversation)?.push(sendEvent);
  }
  return wanted.map((conversation, index) => ({
    segments: byConversation.get(conversation) ?? [],
    datagrams: firsts[index]?.datagrams ?? false,
  }));
};

/** HTTP/1 was spoken there before (RFC 7540 §3.2). */
const upgradedFrom = (all: readonly HttpConnection[], event: number) => {
  const at = all.findIndex(({segments}) => segments.includes(event));
  return at < 0 ? undefined : {connection: at + 1, nth: all[at]?.requests.length ?? 0};
};

export const streamExchangesIn = oncePer((trace: Trace): StreamExchanges => {
  // No run speaks them.
  if (trace.stateAt(0) !== undefined) return {exchanges: [], connections: []};
  const seen = [...http2ExchangesAt(trace, trace.length), ...http3ExchangesAt(trace, trace.length)];
  const before = httpConnectionsIn(trace);
  const carriers = new Map<object, {readonly connection: number; nth: number}>();
  const firsts: First[] = [];
  const exchanges = seen.flatMap((each) => {
    const exchange = exchangeOn(trace, each);
    const first = exchange?.packets[0];
    if (!exchange || first === undefined) return [];
    const quic = quicContentOf(trace, each.connection)?.quic;
    const carrier = quic ?? each.connection;
    const known = carriers.get(carrier) ?? upgradedFrom(before, trace.packet(first).sendEvent);
    if (!known) firsts.push({packet: first, datagrams: quic !== undefined});
    const on = known ?? {connection: before.length + firsts.length, nth: 0};
    carriers.set(carrier, on);
    on.nth += 1;
    return [{...exchange, on: {...on}}];
  });
  return {exchanges, connections: segmentsOf(trace, firsts)};
});
