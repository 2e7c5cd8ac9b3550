// The HTTP/3 requests in a Trace with their responses, as far as they have arrived at an instant (RFC 9114 §4.1).
import type {Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {type Exchange, type Reading, readingAt} from './http-exchanges.ts';
import type {QuicStreamContent} from './quic-contents.ts';
import {quicStreamsIn} from './quic-in-trace.ts';
import {sentUpTo} from './stream-bytes.ts';
import {exchangeOf, type StreamPart} from './stream-messages.ts';

const sides = [0, 1] as const;
const noExchanges: readonly Exchange[] = [];

/**
 * Returns the parts of an HTTP/3 stream with the ends of both directions, because an end may come in a QUIC frame without octets, which is
 * no part (RFC 9000 §19.8).
 */
const withEnds = ({stream, parts}: QuicStreamContent): readonly StreamPart[] => [
  ...parts,
  ...sides.flatMap((side): readonly StreamPart[] => {
    const end = stream.isWhole(side) ? stream.halves[side].finalSize : undefined;
    if (end === undefined) return [];
    return [{side, of: side === 0 ? 'request' : 'response', span: {start: end, end}, kind: 'end'}];
  }),
];

type Known = {readonly parts: number; readonly found: readonly Exchange[]};

/** The HTTP/3 exchanges by the reading they were made from; they are valid while the stream has the same number of parts. */
const known = new WeakMap<Reading, Known>();

const countOf = ({parts, stream}: QuicStreamContent): number =>
  parts.length + (stream.isWhole(0) ? 1 : 0) + (stream.isWhole(1) ? 1 : 0);

const exchangeAt = (content: QuicStreamContent, event: number): readonly Exchange[] => {
  const reading = readingAt(content, event);
  const {stream} = content;
  const count = countOf(content);
  const before = known.get(reading);
  if (before?.parts === count) return before.found;
  const parts = withEnds(content);
  const {directions} = reading;
  const exchange = exchangeOf(parts, {
    ...{connection: content, number: 1, version: 'HTTP/3', stream: stream.id},
    ends: [sentUpTo(directions[0]), sentUpTo(directions[1])],
  });
  const found = exchange ? [exchange] : [];
  known.set(reading, {parts: count, found});
  return found;
};

type Whole = Known & {readonly sent: number};

/** The HTTP/3 exchanges of streams at an instant by which everything captured of them had been sent. */
const whole = new WeakMap<QuicStreamContent, Whole>();

const exchangeOn = (content: QuicStreamContent, event: number): readonly Exchange[] => {
  const {sent, parts} = content;
  if (parts.length === 0) return noExchanges;
  if ((sent.at(-1)?.event ?? 0) > event) return exchangeAt(content, event);
  const before = whole.get(content);
  const count = countOf(content);
  if (before?.parts === count && before.sent === sent.length) return before.found;
  const found = exchangeAt(content, event);
  whole.set(content, {parts: count, sent: sent.length, found});
  return found;
};

export const hasHttp3 = (trace: Trace): boolean => quicStreamsIn(trace).some(({parts}) => parts.length > 0);

/** The HTTP/3 exchanges of a capture that grows, by the index of their stream; `open` are the indexes of streams that may still change. */
type Carried = {readonly found: (readonly Exchange[])[]; open: readonly number[]};

const carriedOf = oncePer((_: readonly QuicStreamContent[]): Carried => ({found: [], open: []}));

const isOver = ({stream}: QuicStreamContent, found: readonly Exchange[]): boolean =>
  stream.isWhole(0) &&
  stream.isWhole(1) &&
  found.some(({request, response}) => request?.whole && response?.whole);

/** Returns the HTTP/3 exchanges of all streams of a growing capture; only streams that may have changed are read again. */
const exchangesIn = (all: readonly QuicStreamContent[], event: number): readonly Exchange[] => {
  const carried = carriedOf(all);
  const {found, open} = carried;
  const fresh = Array.from({length: all.length - found.length}, (_, index) => found.length + index);
  carried.open = [...open, ...fresh].filter((at) => {
    const content = all[at];
    const own = content ? exchangeOn(content, event) : noExchanges;
    found[at] = own;
    return content && !isOver(content, own);
  });
  return found.flat();
};

export const http3ExchangesAt = (trace: Trace, event: number): readonly Exchange[] => {
  const all = quicStreamsIn(trace);
  if (trace.growth && event === trace.length) return exchangesIn(all, event);
  return all.flatMap((content) => exchangeOn(content, event));
};
