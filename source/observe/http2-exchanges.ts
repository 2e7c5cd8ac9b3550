// The requests of HTTP/2 in a Trace with what answers them, as far as an instant has brought them (RFC 9113 §8.1).
import type {Trace} from '../sim/trace.ts';
import {frameHeaderSize, hasFlag} from '../wire/http2/frame.ts';
import {FrameType} from '../wire/http2/registry.ts';
import {oncePer} from '../wire/once-per.ts';
import type {Connection, Side} from './connections.ts';
import {type Exchange, type Reading, readingAt} from './http-exchanges.ts';
import type {SeenHttp2Frame} from './http2-connection.ts';
import {type Http2Reading, http2ReadingOf} from './http2-reading.ts';
import {programStreamsIn} from './program-streams.ts';
import {sentUpTo} from './stream-bytes.ts';
import {exchangeOf, type StreamPart} from './stream-messages.ts';

type Placed = {readonly stream: number; readonly part: StreamPart};

const partsOfSide = ({http2, frames}: Http2Reading, side: Side): readonly Placed[] => {
  const own = side === http2.client ? 'request' : 'response';
  // Where the block began that CONTINUATION goes on with.
  let opened = 0;
  return frames[side].flatMap(({header, body, block, start, end}: SeenHttp2Frame): readonly Placed[] => {
    const {type, stream} = header;
    if (type === FrameType.HEADERS || type === FrameType.PUSH_PROMISE) opened = start;
    if (type === FrameType.DATA && body?.kind === 'DATA') {
      const at = start + frameHeaderSize;
      const span = {start: at + body.content.start, end: at + body.content.end};
      const parts: StreamPart[] = [{side, of: own, span, kind: 'content'}];
      if (hasFlag(header, 'endStream')) parts.push({side, of: own, span: {start: end, end}, kind: 'end'});
      return parts.map((part) => ({stream, part}));
    }
    if (!block?.read) return [];
    // What is promised is the request that the client would have made (RFC 9113 §8.4).
    const of = block.promised === undefined ? own : 'request';
    const parts: StreamPart[] = [
      {side, of, span: {start: opened, end}, kind: 'section', fields: block.read.fields},
    ];
    if (block.promised !== undefined || hasFlag(block.header, 'endStream'))
      parts.push({side, of, span: {start: end, end}, kind: 'end'});
    return parts.map((part) => ({stream: block.promised ?? block.header.stream, part}));
  });
};

/** By stream, in the order of their ids. */
const partsIn = oncePer((reading: Http2Reading): readonly (readonly [number, readonly StreamPart[]])[] => {
  const byStream = new Map<number, StreamPart[]>();
  for (const side of [0, 1] as const)
    for (const {stream, part} of partsOfSide(reading, side)) {
      const known = byStream.get(stream);
      if (known) known.push(part);
      else byStream.set(stream, [part]);
    }
  return [...byStream].sort(([a], [b]) => a - b);
});

/** By how far the connection has been read: one on which nothing has happened since is where it was. */
const known = new WeakMap<Reading, readonly Exchange[]>();

const exchangesOn = (connection: Connection, event: number): readonly Exchange[] => {
  const far = readingAt(connection, event);
  const exchanges = known.get(far) ?? exchangesIn(connection, far);
  known.set(far, exchanges);
  return exchanges;
};

const exchangesIn = (
  connection: Connection,
  {directions, exchanges: before}: Reading,
): readonly Exchange[] => {
  const reading = http2ReadingOf(connection);
  if (!reading) return [];
  const ends = [sentUpTo(directions[0]), sentUpTo(directions[1])] as const;
  return partsIn(reading).flatMap(([stream, parts], index): readonly Exchange[] => {
    const exchange = exchangeOf(parts, {connection, number: index + 1, version: 'HTTP/2', stream, ends});
    if (!exchange) return [];
    // Its request was asked in HTTP/1 (RFC 7540 §3.2).
    const upgraded = reading.http2.start === 'upgrade' && stream === 1 ? before.at(-1)?.request : undefined;
    return [upgraded ? {...exchange, request: exchange.request ?? upgraded} : exchange];
  });
};

export const http2ConnectionsIn = oncePer((trace: Trace): readonly Connection[] =>
  programStreamsIn(trace).all.filter((connection) => http2ReadingOf(connection) !== undefined),
);

export const http2ExchangesAt = (trace: Trace, event: number): readonly Exchange[] =>
  http2ConnectionsIn(trace).flatMap((connection) => exchangesOn(connection, event));
