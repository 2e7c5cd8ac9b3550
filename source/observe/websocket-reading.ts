// The WebSockets of a Trace: the frames of a connection with their places in each direction's stream, in clear or decrypted from TLS.
import type {Trace} from '../sim/trace.ts';
import {websocketBegun, websocketLayer} from '../wire/dissect-websocket.ts';
import type {Span} from '../wire/http/grammar.ts';
import {oncePer} from '../wire/once-per.ts';
import type {Carried, Connection, Side} from './connections.ts';
import {switchesProtocol} from './first-octets.ts';
import {HttpConversation} from './http-conversation.ts';
import {programPlaceOf} from './program-streams.ts';
import type {Piece} from './reassembly.ts';
import {firstBytesOf, piecesOf} from './stream-bytes.ts';
import {frameLayers, framesWithin, type PlacedFrame} from './stream-frames.ts';
import type {SeenWebSocketFrame} from './websocket-frames.ts';

type Half = {readonly frames: readonly SeenWebSocketFrame[]; readonly pieces: readonly Piece[]};

const isUpgraded = ({sent}: Connection): boolean =>
  ([0, 1] as const).some((side) => {
    const first = firstBytesOf(sent, side);
    return first !== undefined && switchesProtocol(first);
  });

const readingOf = oncePer((connection: Connection): readonly [Half, Half] | undefined => {
  if (!isUpgraded(connection)) return undefined;
  const pieces = piecesOf(connection);
  const conversation = new HttpConversation(undefined);
  for (const {side, piece, event} of connection.sent) conversation.take(side, piece, event);
  const {websocket} = conversation;
  if (!websocket) return undefined;
  const half = (wanted: Side): Half => ({
    frames: websocket.frames.filter(({side}) => side === wanted),
    pieces: pieces[wanted],
  });
  return [half(0), half(1)];
});

/** A range of octets of one direction of a WebSocket, and the WebSocket frames in it. */
export type WebSocketPlace = Span & Half;

/**
 * Returns the WebSocket frames in a range of a stream; undefined if the connection is no WebSocket or the range precedes its first frame.
 */
export const websocketPlaceAt = ({connection, side, start, end}: Carried): WebSocketPlace | undefined => {
  const half = readingOf(connection)?.[side];
  const begins = half?.frames[0]?.start;
  if (!half || begins === undefined || begins > start) return undefined;
  return {start, end, pieces: half.pieces, frames: framesWithin(half.frames, {start, end})};
};

/** Returns the WebSocket frames in a packet's data; undefined if the packet carries nothing of a WebSocket. */
export const websocketPlaceOf = (trace: Trace, packet: number): WebSocketPlace | undefined => {
  const carried = programPlaceOf(trace, packet);
  return carried && websocketPlaceAt(carried);
};

export const websocketLayers = (place: WebSocketPlace): readonly PlacedFrame[] =>
  frameLayers(place, place.frames, {whole: websocketLayer, begun: websocketBegun});
