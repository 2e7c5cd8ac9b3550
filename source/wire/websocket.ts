// Reads the header of a WebSocket frame (RFC 6455 §5.2), and the content of a Close frame (§5.5.1).
import {namesOf} from './names-of.ts';
import {readUint} from './octets.ts';
import {decodeUtf8} from './utf8.ts';

export const WebSocketOpcode = {continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10} as const;

const opcodeNames = namesOf(WebSocketOpcode);

/** Returns the name of a WebSocket opcode in RFC 6455 §5.2, or its number if it has none. */
export const opcodeName = (opcode: number): string => opcodeNames.get(opcode) ?? String(opcode);

export type WebSocketHeader = {
  readonly fin: boolean;
  readonly opcode: number;
  readonly masked: boolean;
  /** The length of the WebSocket frame's payload in octets. */
  readonly length: number;
  /** The length of the WebSocket frame's header in octets, masking key included. */
  readonly size: number;
};

/** Reads the header of a WebSocket frame from the available octets; undefined if there are too few. */
export const readWebSocketHeader = (bytes: Uint8Array): WebSocketHeader | undefined => {
  const [first = 0, second = 0] = bytes;
  const masked = (second & 0x80) !== 0;
  const short = second & 0x7f;
  const lengthOctets = short === 126 ? 2 : short === 127 ? 8 : 0;
  const size = 2 + lengthOctets + (masked ? 4 : 0);
  if (bytes.length < size) return undefined;
  const length =
    lengthOctets === 8
      ? readUint(bytes, 2, 4) * 2 ** 32 + readUint(bytes, 6, 4)
      : lengthOctets === 2
        ? readUint(bytes, 2, 2)
        : short;
  return {fin: (first & 0x80) !== 0, opcode: first & 0xf, masked, length, size};
};

/** Returns the unmasked payload of a WebSocket frame, as much of it as `frame` contains (RFC 6455 §5.3). */
export const webSocketPayload = (frame: Uint8Array, {size, masked}: WebSocketHeader): Uint8Array => {
  const key = frame.subarray(size - 4, size);
  return frame.subarray(size).map((octet, at) => (masked ? octet ^ (key[at % 4] ?? 0) : octet));
};

export type WebSocketClose = {readonly code: number | undefined; readonly reason: string};

/** Reads the status code and the reason of a whole Close frame of WebSocket, header included. */
export const readWebSocketClose = (frame: Uint8Array, header: WebSocketHeader): WebSocketClose => {
  const body = webSocketPayload(frame, header);
  return {code: body.length < 2 ? undefined : readUint(body, 0, 2), reason: decodeUtf8(body.subarray(2))};
};
