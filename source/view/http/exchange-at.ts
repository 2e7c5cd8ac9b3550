// Chooses the HTTP exchange that the message panel shows: that of the selected packet, unless the reader has moved on to another.
import {anyMayBeRead, type Side} from '../../observe/connections.ts';
import {
  type Exchange,
  exchangesAt,
  type Reading,
  readingAt,
  type SeenMessage,
  speaksHttp,
} from '../../observe/http-exchanges.ts';
import {http2ExchangesAt, speaksHttp2} from '../../observe/http2-exchanges.ts';
import {hasHttp3, http3ExchangesAt} from '../../observe/http3-exchanges.ts';
import {programStreamsIn} from '../../observe/program-streams.ts';
import {quicConnectionOf, quicContentOf, quicStreamOf} from '../../observe/quic-in-trace.ts';
import {packetsOf} from '../../observe/stream-bytes.ts';
import {spansOf} from '../../observe/stream-messages.ts';
import type {Trace} from '../../sim/trace.ts';
import {oncePer} from '../../wire/once-per.ts';
import {lastSeen} from '../seen.ts';
import {selectedPacket, type View} from '../view.ts';

/** The state of the message panel. The exchange that the reader has `chosen` is shown as long as the same packet is selected. */
export type MessageOwn = {
  readonly chosen?: {readonly packet: number; readonly key: string};
  /** The index of the marked line in the message panel, valid for the exchange `key`. */
  readonly line: number;
  readonly key: string;
};

export type ShownExchange = {
  readonly exchange: Exchange;
  readonly reading: Reading;
  /** The index in `all` of the HTTP exchange that the message panel shows. */
  readonly index: number;
  readonly all: readonly Exchange[];
};

export const hasHttp = oncePer(
  (trace: Trace): boolean =>
    (anyMayBeRead(trace) &&
      programStreamsIn(trace).all.some(
        (connection) => speaksHttp(trace, connection) || speaksHttp2(connection),
      )) ||
    hasHttp3(trace),
);

export const exchangeKey = ({connection, number, stream}: Exchange): string =>
  `${connection.id}.${number}.${stream ?? ''}`;

const messagesOn = ({request, interim, response}: Exchange, side: Side): readonly SeenMessage[] =>
  [request, ...interim, response].flatMap((message) => (message?.side === side ? [message] : []));

/** Returns the first HTTP exchange that has part of a message in this packet; undefined if there is none. */
const carriedIn = (exchanges: readonly Exchange[], view: View, packet: number): Exchange | undefined => {
  const place = programStreamsIn(view.input.trace).carriedBy(packet);
  if (!place) return broughtIn(exchanges, view, packet);
  if (place.start === place.end) return undefined;
  return exchanges.find(
    (exchange) =>
      exchange.connection === place.connection &&
      messagesOn(exchange, place.side)
        .flatMap((message) => spansOf(message, exchange.stream))
        .some((span) => span.start < place.end && span.end > place.start),
  );
};

/**
 * Returns the first HTTP/3 exchange that has part of a message in this QUIC datagram; a datagram may contain parts of several streams.
 * undefined if there is none.
 */
const broughtIn = (exchanges: readonly Exchange[], view: View, packet: number): Exchange | undefined => {
  const {trace} = view.input;
  if (!quicStreamOf(trace, packet)) return undefined;
  return exchanges.find((exchange) => {
    const {directions} = readingAt(exchange.connection, lastSeen(view));
    return ([0, 1] as const).some((side) =>
      messagesOn(exchange, side)
        .flatMap((message) => spansOf(message, exchange.stream))
        .some((span) => packetsOf(directions[side], span).includes(packet)),
    );
  });
};

/** Returns the number of the first packet of an HTTP exchange's earliest message; undefined if no message is known yet. */
export const firstPacketOf = (view: View, exchange: Exchange): number | undefined => {
  const message = exchange.request ?? exchange.interim[0] ?? exchange.response;
  if (!message) return undefined;
  const {directions} = readingAt(exchange.connection, lastSeen(view));
  return packetsOf(directions[message.side], message.span)[0];
};

/**
 * Returns the HTTP exchange to show for a packet without one: the newest of the packet's connection that had begun when it was sent, or
 * else the newest of all.
 */
const nearest = (
  exchanges: readonly Exchange[],
  view: View,
  packet: number | undefined,
): Exchange | undefined => {
  if (packet === undefined) return exchanges.at(-1);
  const {trace} = view.input;
  const place = programStreamsIn(trace).carriedBy(packet);
  const quic = quicConnectionOf(trace, packet);
  const own = exchanges.filter(({connection}) =>
    quic ? quicContentOf(trace, connection)?.quic === quic : connection === place?.connection,
  );
  if (own.length === 0) return exchanges.at(-1);
  const hasBegun = (each: Exchange): boolean => {
    const first = firstPacketOf(view, each);
    return first === undefined || first <= packet;
  };
  return own.findLast(hasBegun) ?? own[0];
};

type Begun = {readonly seen: number; readonly all: readonly Exchange[]};

/**
 * The HTTP exchanges of each trace as they were computed last. They are kept because the screen is drawn many times before a new event can
 * be seen.
 */
const newest = new WeakMap<Trace, Begun>();

const begunBy = (trace: Trace, seen: number): readonly Exchange[] => {
  const before = newest.get(trace);
  if (before?.seen === seen) return before.all;
  const streams = [http2ExchangesAt(trace, seen), http3ExchangesAt(trace, seen)].flat();
  // An HTTP/1 request for an upgrade to HTTP/2 is left out here: the exchange of the HTTP/2 stream contains it, together with the response.
  const asked = new Set(streams.map(({request}) => request));
  const first = exchangesAt(trace, seen).filter(({request}) => !request || !asked.has(request));
  const all = [...first, ...streams];
  newest.set(trace, {seen, all});
  return all;
};

export const shownExchange = (view: View, {chosen}: MessageOwn): ShownExchange | undefined => {
  const {trace} = view.input;
  const seen = lastSeen(view);
  const all = begunBy(trace, seen);
  const packet = selectedPacket(view);
  const wanted = chosen && chosen.packet === packet ? chosen.key : undefined;
  const exchange =
    all.find((each) => exchangeKey(each) === wanted) ??
    (packet === undefined ? undefined : carriedIn(all, view, packet)) ??
    nearest(all, view, packet);
  if (!exchange) return undefined;
  return {exchange, reading: readingAt(exchange.connection, seen), index: all.indexOf(exchange), all};
};
