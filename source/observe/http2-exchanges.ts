// The HTTP/2 requests in a Trace with their responses, as far as they have arrived at an instant (RFC 9113 §8.1).
import type {Trace} from '../sim/trace.ts';
import {frameHeaderSize, hasFlag} from '../wire/http2/frame.ts';
import {FrameType} from '../wire/http2/registry.ts';
import {oncePer} from '../wire/once-per.ts';
import type {Connection, Side} from './connections.ts';
import {type Exchange, type Reading, readingAt} from './http-exchanges.ts';
import type {Http2Connection, SeenHttp2Frame} from './http2-connection.ts';
import {type Http2Reading, http2ReadingOf} from './http2-reading.ts';
import {programStreamsIn} from './program-streams.ts';
import {sentUpTo} from './stream-bytes.ts';
import {exchangeOf, type StreamPart} from './stream-messages.ts';

type Placed = {readonly stream: number; readonly part: StreamPart};

/**
 * How far the HTTP/2 frames of a direction were read: `from` is the number of frames read, `opened` the offset of the frame that began the
 * current header block.
 */
type Taken = {from: number; opened: number};

const partsOfSide = ({http2, frames}: Http2Reading, side: Side, taken: Taken): readonly Placed[] => {
  const own = side === http2.client ? 'request' : 'response';
  const fresh = frames[side].slice(taken.from);
  taken.from = frames[side].length;
  return fresh.flatMap(({header, body, block, start, end}: SeenHttp2Frame): readonly Placed[] => {
    const {type, stream} = header;
    if (type === FrameType.HEADERS || type === FrameType.PUSH_PROMISE) taken.opened = start;
    if (type === FrameType.DATA && body?.kind === 'DATA') {
      const at = start + frameHeaderSize;
      const span = {start: at + body.content.start, end: at + body.content.end};
      const parts: StreamPart[] = [{side, of: own, span, kind: 'content'}];
      if (hasFlag(header, 'endStream')) parts.push({side, of: own, span: {start: end, end}, kind: 'end'});
      return parts.map((part) => ({stream, part}));
    }
    if (!block?.read) return [];
    // A promised header block, which the server sends, is a request: the one that the client would have made (RFC 9113 §8.4).
    const of = block.promised === undefined ? own : 'request';
    const parts: StreamPart[] = [
      {side, of, span: {start: taken.opened, end}, kind: 'section', fields: block.read.fields},
    ];
    if (block.promised !== undefined || hasFlag(block.header, 'endStream'))
      parts.push({side, of, span: {start: end, end}, kind: 'end'});
    return parts.map((part) => ({stream: block.promised ?? block.header.stream, part}));
  });
};

type Told = Omit<Parameters<typeof exchangeOf>[1], 'stream' | 'version'>;

/**
 * The parts (header sections, content, end) of one HTTP/2 stream. `exchange` was made from the first `parts` of them, which lie before the
 * offsets `ends`.
 */
type StreamParts = {
  readonly stream: number;
  readonly parts: StreamPart[];
  exchange?: {
    readonly parts: number;
    readonly number: number;
    readonly ends: Told['ends'];
    readonly found: Exchange;
  };
};

/** Collects the message parts of one HTTP/2 connection by stream; parts of frames that come later are added. */
class Http2Parts {
  readonly #taken = [
    {from: 0, opened: 0},
    {from: 0, opened: 0},
  ] as const;
  readonly #byStream = new Map<number, StreamParts>();
  readonly #all: StreamParts[] = [];

  /** Adds the new parts of an HTTP/2 connection; returns the parts of all its streams, in the order of stream numbers. */
  of(reading: Http2Reading): readonly StreamParts[] {
    const before = this.#all.length;
    for (const side of [0, 1] as const)
      for (const {stream, part} of partsOfSide(reading, side, this.#taken[side]))
        this.#partsOf(stream).push(part);
    if (this.#all.length > before) this.#all.sort((a, b) => a.stream - b.stream);
    return this.#all;
  }

  #partsOf(stream: number): StreamPart[] {
    const known = this.#byStream.get(stream);
    if (known) return known.parts;
    const own = {stream, parts: []};
    this.#byStream.set(stream, own);
    this.#all.push(own);
    return own.parts;
  }
}

/**
 * The message parts of each HTTP/2 connection. A reader that continues a growing capture keeps the same `Http2Connection` object, so its
 * parts are found again.
 */
const partsIn = oncePer((_: Http2Connection) => new Http2Parts());

const endsOf = (parts: readonly StreamPart[]): Told['ends'] => {
  const endOn = (side: Side): number => parts.findLast((part) => part.side === side)?.span.end ?? 0;
  return [endOn(0), endOn(1)];
};

const isWithin = ([first, second]: Told['ends'], ends: Told['ends']): boolean =>
  first <= ends[0] && second <= ends[1];

const exchangeOn = (own: StreamParts, told: Told): Exchange | undefined => {
  const {stream, parts} = own;
  const ends = endsOf(parts);
  const found = exchangeOf(parts, {...told, version: 'HTTP/2', stream});
  if (found && isWithin(ends, told.ends))
    own.exchange = {parts: parts.length, number: told.number, ends, found};
  return found;
};

/**
 * Returns the HTTP/2 exchange that was made before, if the stream has no new parts since; undefined otherwise. There are tens of thousands,
 * and most do not change.
 */
const knownOn = ({parts, exchange}: StreamParts, number: number, ends: Told['ends']): Exchange | undefined =>
  exchange?.parts === parts.length && exchange.number === number && isWithin(exchange.ends, ends)
    ? exchange.found
    : undefined;

/**
 * Completes the first exchange of an HTTP/2 connection that began by upgrade: its request was sent in HTTP/1 and answered with 101 (RFC
 * 7540 §3.2).
 */
const askedBefore = (exchange: Exchange, before: Exchange | undefined): Exchange => {
  const {request = before?.request, interim} = exchange;
  const switched = before?.response ? [before.response] : [];
  return {...exchange, request, interim: [...switched, ...interim]};
};

/**
 * The HTTP/2 exchanges of a connection, made once for each reading: while nothing happens on the connection, its reading stays the same.
 */
const exchangesIn = oncePer(
  ({directions, exchanges: first}: Reading, connection: Connection): readonly Exchange[] => {
    const reading = http2ReadingOf(connection);
    if (!reading) return [];
    const ends = [sentUpTo(directions[0]), sentUpTo(directions[1])] as const;
    const exchanges: Exchange[] = [];
    for (const [index, own] of partsIn(reading.http2).of(reading).entries()) {
      const before = knownOn(own, index + 1, ends);
      // Earlier readings of a growing capture are no longer used, so the exchange can move to the newest connection object.
      if (before) before.connection = connection;
      const exchange = before ?? exchangeOn(own, {connection, number: index + 1, ends});
      if (!exchange) continue;
      const isUpgraded = reading.http2.start === 'upgrade' && own.stream === 1;
      exchanges.push(isUpgraded ? askedBefore(exchange, first.at(-1)) : exchange);
    }
    return exchanges;
  },
);

/** The cause that ended an HTTP/2 stream before its response was complete (RFC 9113 §6.4, §6.8), with the packet `frame` that shows it. */
export type BrokenOff = {
  readonly by: 'RST_STREAM' | 'GOAWAY' | 'end';
  readonly side: Side;
  readonly frame: number;
  /** The HTTP/2 error code of the RST_STREAM or GOAWAY; undefined if the connection ended instead. */
  readonly error: number | undefined;
};

/**
 * Returns the RST_STREAM, the server's GOAWAY or the end of the server's direction that ended an HTTP/2 stream early; undefined if there
 * was none or the connection does not speak HTTP/2.
 */
export const brokenOffOn = (connection: Connection, stream: number): BrokenOff | undefined => {
  const reading = http2ReadingOf(connection);
  if (!reading) return undefined;
  const {http2, pieces} = reading;
  const server: Side = http2.client === 0 ? 1 : 0;
  const reset = http2.streams.find(({id}) => id === stream)?.reset;
  if (reset) return {...reset, by: 'RST_STREAM'};
  const refusal = http2.goaways.find(({side, lastStream}) => side === server && lastStream < stream);
  if (refusal) return {...refusal, by: 'GOAWAY'};
  const end = pieces[server].at(-1);
  return end?.kind === 'end' ? {by: 'end', side: server, frame: end.frame, error: undefined} : undefined;
};

export const speaksHttp2 = (connection: Connection): boolean => http2ReadingOf(connection) !== undefined;

const http2ConnectionsIn = oncePer((trace: Trace): readonly Connection[] =>
  programStreamsIn(trace).all.filter(speaksHttp2),
);

export const http2ExchangesAt = (trace: Trace, event: number): readonly Exchange[] =>
  http2ConnectionsIn(trace).flatMap((connection) => exchangesIn(readingAt(connection, event), connection));
