// HTTP/2 of a Trace: the frames of a connection by where they stand in each direction, in clear or as TLS was opened.
import type {Trace} from '../sim/trace.ts';
import {preface} from '../wire/http2/frame-reader.ts';
import {oncePer} from '../wire/once-per.ts';
import {type Connection, mayBeRead, type Side} from './connections.ts';
import {beginsHttp2, switchesProtocol} from './first-octets.ts';
import {HttpConversation} from './http-conversation.ts';
import type {Http2Connection, Http2Options, SeenHttp2Frame} from './http2-connection.ts';
import {programStreamsIn} from './program-streams.ts';
import type {Piece} from './reassembly.ts';
import {framesWithin, type Span} from './stream-frames.ts';

/** Of one connection; later ones are octets. */
const mostFrames = 200_000;

export type Http2Reading = {
  readonly http2: Http2Connection;
  /** Of each direction, in the order of its octets. */
  readonly frames: readonly [readonly SeenHttp2Frame[], readonly SeenHttp2Frame[]];
  readonly pieces: readonly [readonly Piece[], readonly Piece[]];
  /** Where the preface begins; undefined: that end says none. */
  readonly preface: readonly [number | undefined, number | undefined];
};

const firstOf = ({sent}: Connection, wanted: Side): Extract<Piece, {kind: 'bytes'}> | undefined => {
  const told = sent.find(({side, piece}) => side === wanted && piece.kind === 'bytes');
  return told?.piece.kind === 'bytes' ? told.piece : undefined;
};

/** With a preface, or by an upgrade, which is found by reading on. */
const begins = (connection: Connection): 'upgrade' | Http2Options | undefined => {
  for (const side of [0, 1] as const) {
    const first = firstOf(connection, side);
    if (first && beginsHttp2(first.bytes)) return {start: 'prior-knowledge', client: side};
    if (first && switchesProtocol(first.bytes)) return 'upgrade';
  }
  return undefined;
};

/** undefined: HTTP/2 is not spoken there. */
export const http2ReadingOf = oncePer((connection: Connection): Http2Reading | undefined => {
  const start = begins(connection);
  if (start === undefined) return undefined;
  const frames: [SeenHttp2Frame[], SeenHttp2Frame[]] = [[], []];
  const pieces: [Piece[], Piece[]] = [[], []];
  const prefaces: [number | undefined, number | undefined] = [undefined, undefined];
  const conversation = new HttpConversation(start === 'upgrade' ? undefined : start, (seen) => {
    if (frames[seen.side].length < mostFrames) frames[seen.side].push(seen);
  });
  for (const {side, piece, event} of connection.sent) {
    pieces[side].push(piece);
    conversation.take(side, piece, event);
  }
  const {http2} = conversation;
  if (!http2) return undefined;
  const [first] = frames[http2.client];
  if (first) prefaces[http2.client] = first.start - preface.length;
  return {http2, frames, pieces, preface: prefaces};
});

/** A direction's stretch of octets on a connection of HTTP/2. */
export type Http2Place = Span & {readonly reading: Http2Reading; readonly side: Side};

/** Where a packet's data lie; undefined: it has none of HTTP/2. */
export const http2PlaceOf = (trace: Trace, packet: number): Http2Place | undefined => {
  const carried = mayBeRead(trace, packet) ? programStreamsIn(trace).carriedBy(packet) : undefined;
  return carried && carried.start < carried.end ? http2PlaceAt(carried) : undefined;
};

/** undefined: HTTP/2 is not spoken there, or not yet. */
export const http2PlaceAt = ({
  connection,
  ...place
}: Span & {readonly connection: Connection; readonly side: Side}): Http2Place | undefined => {
  const reading = http2ReadingOf(connection);
  // Before an upgrade HTTP/1 is spoken.
  const begins = reading?.preface[place.side] ?? reading?.frames[place.side][0]?.start;
  return reading && begins !== undefined && begins <= place.start ? {...place, reading} : undefined;
};

/** The frames that lie in the stretch, at least in part. */
export const framesIn = ({reading, side, ...span}: Http2Place): readonly SeenHttp2Frame[] =>
  framesWithin(reading.frames[side], span);
