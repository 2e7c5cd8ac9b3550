// Finds the requests of HTTP/2 and HTTP/3 with what each waited for (RFC 9113 §8.1, RFC 9114 §4.1), one for each stream, in the same form
// as those of HTTP/1. A client's messages count when they are sent, and the server's when they arrive.
import {readingAt, type Exchange as Seen, type SeenMessage} from '../../observe/http-exchanges.ts';
import {brokenOffOn, http2ExchangesAt} from '../../observe/http2-exchanges.ts';
import {http3ExchangesAt} from '../../observe/http3-exchanges.ts';
import {quicContentOf} from '../../observe/quic-in-trace.ts';
import {packetsOf} from '../../observe/stream-bytes.ts';
import {spansOf} from '../../observe/stream-messages.ts';
import type {Trace} from '../../sim/trace.ts';
import {grownPer} from '../../wire/once-per.ts';
import {type HttpConnection, httpConnectionsIn} from './connections.ts';
import {type Exchange, exchangeOf, type Passed} from './exchanges.ts';
import type {Stamp} from './messages.ts';

export type StreamConnection = {
  /** The numbers of the events that send the connection's packets, from either end. */
  readonly segments: readonly number[];
  /** True if the connection's packets are datagrams of QUIC. */
  readonly datagrams?: boolean;
};

export type StreamExchanges = {
  readonly exchanges: readonly Exchange[];
  /** The connections in the order of their first requests; their numbers follow those of HTTP/1. */
  readonly connections: readonly StreamConnection[];
};

const stampOf = (trace: Trace, packet: number, isOwn: boolean): Stamp => {
  const {sendEvent, endEvent, sentUs, dueUs} = trace.packet(packet);
  return isOwn || endEvent === undefined ? {n: sendEvent, atUs: sentUs} : {n: endEvent, atUs: dueUs};
};

/**
 * Returns a message of HTTP/2 or HTTP/3 with its times. Its head counts as known when it begins, because few heads span several packets.
 */
const passedOn = (trace: Trace, seen: Seen, message: SeenMessage | undefined): Passed | undefined => {
  if (!message) return undefined;
  const direction = readingAt(seen.connection, trace.length).directions[message.side];
  const spans = spansOf(message, seen.stream);
  const packets = [...new Set(spans.flatMap((span) => packetsOf(direction, span)))];
  const [first, last] = [packets[0], packets.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const isOwn = message === seen.request;
  const began = stampOf(trace, first, isOwn);
  const ended = message.whole && {ended: stampOf(trace, last, isOwn)};
  return {head: message.head, began, known: began, ...ended, packets};
};

/** Returns when a stream of HTTP/2 or HTTP/3 was broken off before its response was complete; undefined if it was not. */
const brokenOff = (trace: Trace, {connection, stream, request}: Seen): Stamp | undefined => {
  const broken = stream === undefined ? undefined : brokenOffOn(connection, stream);
  return broken && stampOf(trace, broken.frame, broken.side === request?.side);
};

const exchangeOn = (trace: Trace, seen: Seen): Exchange | undefined => {
  const response = passedOn(trace, seen, seen.response);
  return exchangeOf({
    request: passedOn(trace, seen, seen.request),
    response,
    failed: response?.ended ? undefined : brokenOff(trace, seen),
  });
};

type Numbered = {
  readonly exchange: Exchange;
  readonly conversation: number | undefined;
  /** The number of the last event that this exchange tells about. */
  readonly last: number;
};

/**
 * The first exchanges of a growing capture, all of which are over: how many they are, the number of the last event of any of them, and for
 * each connection the index of its last exchange.
 */
type Past = {readonly count: number; readonly last: number; readonly ends: readonly number[]};

const nonePast: Past = {count: 0, last: 0, ends: []};

/** The exchanges that were found when the capture was last read, by their index. Its first `unchanged` events have not changed since. */
type Before = {
  readonly seen: readonly Seen[];
  readonly numbered: readonly (Numbered | undefined)[];
  readonly exchanges: readonly Exchange[];
  /** The connections of HTTP/1, which are numbered before those of HTTP/2 and HTTP/3. */
  readonly first: readonly HttpConnection[];
  readonly past: Past;
  readonly unchanged: number;
};

/** Exchanges that were made before, by the messages that were seen, for those whose index has changed. */
const known = new WeakMap<Seen, Numbered>();

const lastOf = ({start, phases, done, failed, status}: Exchange): number =>
  Math.max(
    ...[start, done, failed, status?.known].map((stamp) => stamp?.n ?? 0),
    ...phases.map(({to}) => to?.n ?? 0),
  );

/**
 * Tells whether an HTTP exchange is over, within the first `unchanged` events. While it is open, frames of other streams may still break it
 * off.
 */
const isOver = ({last, exchange: {done, failed}}: Numbered, unchanged: number): boolean =>
  last <= unchanged && (done ?? failed) !== undefined;

/**
 * Returns the exchange for the messages that were seen on a stream. If it was over when the capture was last read, it is not made again;
 * undefined if no request was sent.
 */
const numberedOf = (trace: Trace, seen: Seen, at: number, before: Before): Numbered | undefined => {
  const own = before.seen[at] === seen ? before.numbered[at] : known.get(seen);
  if (own && isOver(own, before.unchanged)) return own;
  const exchange = exchangeOn(trace, seen);
  const first = exchange?.packets[0];
  if (!exchange || first === undefined) return undefined;
  return {exchange, conversation: trace.packet(first).conversation, last: lastOf(exchange)};
};

/** Returns an exchange with the present number of its connection and of its request on it. */
const withNumber = (numbered: Numbered, now: Exchange['on']): Numbered => {
  const {exchange} = numbered;
  const {on} = exchange;
  return !now || (on?.connection === now.connection && on.nth === now.nth)
    ? numbered
    : {...numbered, exchange: {...exchange, on: {connection: now.connection, nth: now.nth}}};
};

/** Returns the numbers of the events that send packets, by the number of the conversation. */
const leavingsIn = grownPer<Trace, Map<number, number[]>>((trace, before) => {
  const {value: byConversation, unchanged} = before ?? {value: new Map<number, number[]>(), unchanged: 0};
  for (const own of byConversation.values()) while ((own.at(-1) ?? 0) > unchanged) own.pop();
  for (const event of trace.events(unchanged + 1)) {
    if (event.kind !== 'send' || event.packet < 1) continue;
    const {conversation = 0} = trace.packet(event.packet);
    const own = byConversation.get(conversation);
    if (own) own.push(event.n);
    else byConversation.set(conversation, [event.n]);
  }
  return byConversation;
});

/** A connection that has HTTP requests: its conversation, and whether it consists of QUIC datagrams. */
type Carrier = {readonly conversation: number | undefined; readonly datagrams: boolean};

/** Returns the connections that carry HTTP/2 or HTTP/3, with the numbers of the events that send their packets. */
const sentOn = (trace: Trace, carriers: readonly Carrier[]): readonly StreamConnection[] => {
  if (carriers.length === 0) return [];
  const byConversation = leavingsIn(trace);
  return carriers.map(({conversation = 0, datagrams}) => ({
    segments: [...(byConversation.get(conversation) ?? [])],
    datagrams,
  }));
};

/**
 * Returns the connection's number and that of its last request if it spoke HTTP/1 before: that request is the first one of HTTP/2
 * (RFC 7540 §3.2). Undefined for other connections.
 */
const upgradedFrom = (all: readonly HttpConnection[], wanted: number): Numbers | undefined => {
  const at = all.findIndex(({id}) => id === wanted);
  return at < 0 ? undefined : {connection: at + 1, nth: Math.max(0, (all[at]?.exchanges.length ?? 0) - 1)};
};

type Found = StreamExchanges & Omit<Before, 'unchanged'>;

type Numbers = {readonly connection: number; nth: number};

/** The connection that carries an HTTP request; `id` is its own number if it is a TCP connection. */
type Carrying = {readonly carrier: object; readonly id: number; readonly datagrams: boolean};

/** Numbers the HTTP connections, and the requests on each of them, in the order in which `next` gets the requests. */
class Counter {
  readonly carriers: Carrier[] = [];
  readonly #numbers = new Map<object, Numbers>();
  readonly #before: readonly HttpConnection[];
  #last: {readonly carrier: object; readonly own: Numbers} | undefined;

  constructor(before: readonly HttpConnection[]) {
    this.#before = before;
  }

  next(carrying: Carrying, {conversation}: Numbered): Numbers {
    const {carrier} = carrying;
    const own = this.#last?.carrier === carrier ? this.#last.own : this.#of(carrying, conversation);
    this.#last = {carrier, own};
    own.nth += 1;
    return own;
  }

  /** Continues counting a connection's requests after an exchange that was numbered when the capture was last read. */
  stands(carrying: Carrying, {exchange, conversation}: Numbered): void {
    this.#of(carrying, conversation).nth = exchange.on?.nth ?? 0;
  }

  #of({carrier, id, datagrams}: Carrying, conversation: number | undefined): Numbers {
    const known = this.#numbers.get(carrier) ?? upgradedFrom(this.#before, id);
    if (!known) this.carriers.push({conversation, datagrams});
    const own = known ?? {connection: this.#before.length + this.carriers.length, nth: 0};
    this.#numbers.set(carrier, own);
    return own;
  }
}

const carrierOf = (trace: Trace, {connection}: Seen): Carrying => {
  const quic = connection.id < 0 ? quicContentOf(trace, connection)?.quic : undefined;
  return {carrier: quic ?? connection, id: connection.id, datagrams: quic !== undefined};
};

/**
 * Returns how many of the first exchanges are over and unchanged since the capture was last read; thousands of them are only compared and
 * not examined.
 */
const goneBy = (seen: readonly Seen[], {seen: earlier, past, unchanged}: Before): number => {
  if (past.last > unchanged || past.count > seen.length) return 0;
  for (let at = 0; at < past.count; at++) if (earlier[at] !== seen[at]) return 0;
  return past.count;
};

/** The number of newest HTTP exchanges among which another one may still be inserted. */
const mayChange = 64;

type Now = Pick<Found, 'seen' | 'numbered'>;

const pastOf = (trace: Trace, {seen, numbered}: Now, before: Past): Past => {
  let {count, last} = before;
  const ends = new Map(
    before.ends.map((at) => [seen[at] ? carrierOf(trace, seen[at]).carrier : undefined, at] as const),
  );
  for (; count < numbered.length - mayChange; count++) {
    const [own, each] = [numbered[count], seen[count]];
    if (!own || !each || !isOver(own, Number.POSITIVE_INFINITY)) break;
    last = Math.max(last, own.last);
    ends.set(carrierOf(trace, each).carrier, count);
  }
  return {count, last, ends: [...ends.values()]};
};

const found = (trace: Trace, before: Before): Found => {
  const seen = [...http2ExchangesAt(trace, trace.length), ...http3ExchangesAt(trace, trace.length)];
  const first = httpConnectionsIn(trace);
  const counter = new Counter(first);
  const isSame = first === before.first || first.length + before.first.length === 0;
  const count = isSame ? goneBy(seen, before) : 0;
  const exchanges = before.exchanges.slice(0, count);
  const all = before.numbered.slice(0, count);
  for (const at of count === 0 ? [] : before.past.ends) {
    const [own, each] = [all[at], seen[at]];
    if (own && each) counter.stands(carrierOf(trace, each), own);
  }
  for (const [behind, each] of seen.slice(count).entries()) {
    const numbered = numberedOf(trace, each, count + behind, before);
    const now = numbered && withNumber(numbered, counter.next(carrierOf(trace, each), numbered));
    if (now && now !== before.numbered[count + behind]) known.set(each, now);
    all.push(now);
    if (now) exchanges.push(now.exchange);
  }
  const past = pastOf(trace, {seen, numbered: all}, count === 0 ? nonePast : before.past);
  return {exchanges, connections: sentOn(trace, counter.carriers), seen, numbered: all, first, past};
};

const nothing: Before = {seen: [], numbered: [], exchanges: [], first: [], past: nonePast, unchanged: 0};
const none: Found = {connections: [], ...nothing};

const carriedOn = () =>
  grownPer<Trace, Found>((trace, before) =>
    found(trace, before ? {...before.value, unchanged: before.unchanged} : nothing),
  );

const closed = carriedOn();
/** Finds the exchanges in Traces with TLS or QUIC secrets; they are remembered apart from those that are found without. */
const opened = carriedOn();

export const streamExchangesIn = (trace: Trace): StreamExchanges => {
  // Simulated runs don't speak HTTP/2 and HTTP/3.
  if (trace.stateAt(0) !== undefined) return none;
  return trace.tls || trace.quic ? opened(trace) : closed(trace);
};
