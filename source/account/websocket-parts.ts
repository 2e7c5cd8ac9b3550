// Tells what a packet says on a WebSocket: the frames in it, including those of which it contains only a part.
import type {SeenWebSocketFrame} from '../observe/websocket-frames.ts';
import {type WebSocketPlace, websocketPlaceOf} from '../observe/websocket-reading.ts';
import type {Trace} from '../sim/trace.ts';
import {readUint} from '../wire/octets.ts';
import {decodeUtf8} from '../wire/utf8.ts';
import {opcodeName, WebSocketOpcode} from '../wire/websocket.ts';
import {foreign} from './foreign.ts';
import type {WebSocketPart} from './part.ts';
import {carriesRefused} from './refused-records.ts';

const saidIn = ({opcode, payload}: SeenWebSocketFrame) => {
  if (opcode === WebSocketOpcode.text) return {said: foreign(decodeUtf8(payload)), code: undefined};
  if (opcode !== WebSocketOpcode.close || payload.length < 2) return {said: undefined, code: undefined};
  const reason = payload.length > 2 ? foreign(decodeUtf8(payload.subarray(2))) : undefined;
  return {said: reason, code: readUint(payload, 0, 2)};
};

export const websocketPartAt = ({start, end, frames}: WebSocketPlace): WebSocketPart | undefined => {
  if (frames.length === 0) return undefined;
  const told = frames.map((seen) => {
    const {opcode, length: octets} = seen;
    const [goesOn, begins] = [seen.start < start, seen.end > end];
    return {name: opcodeName(opcode), octets, goesOn, begins, ...saidIn(seen)};
  });
  return {kind: 'websocket', frames: told};
};

/** Returns the WebSocket part of a packet; undefined if it carries none or its receiver refused it. */
export const websocketPartIn = (trace: Trace, packet: number): WebSocketPart | undefined => {
  const place = websocketPlaceOf(trace, packet);
  return place && !carriesRefused(trace, packet) ? websocketPartAt(place) : undefined;
};
