// Dissects one WebSocket frame as an inspector layer (RFC 6455 §5.2), with Wireshark's names of its fields.
import {printed} from './dissect-http.ts';
import {bytesField, numberField} from './dissect-step.ts';
import type {Field, Layer} from './layer.ts';
import {hexNumber, hexOf, readUint} from './octets.ts';
import {decodeUtf8} from './utf8.ts';
import {
  readWebSocketClose,
  readWebSocketHeader,
  type WebSocketHeader,
  WebSocketOpcode,
  webSocketPayload,
} from './websocket.ts';

const bit = (name: string, bytes: Uint8Array, at: number, mask: number): Field => ({
  ...{name, value: (bytes[at] ?? 0) & mask ? '1' : '0', start: at, end: at + 1, mask},
});

const headerRows = (bytes: Uint8Array, {opcode, masked, size}: WebSocketHeader): readonly Field[] => {
  const [first = 0, second = 0] = bytes;
  const short = second & 0x7f;
  return [
    bit('websocket.fin', bytes, 0, 0x80),
    {name: 'websocket.rsv', value: hexNumber(first & 0x70, 2), start: 0, end: 1, mask: 0x70},
    {name: 'websocket.opcode', value: String(opcode), start: 0, end: 1, mask: 0x0f},
    bit('websocket.mask', bytes, 1, 0x80),
    {name: 'websocket.payload_length', value: String(short), start: 1, end: 2, mask: 0x7f},
    ...(short === 126 ? [numberField('websocket.payload_length_ext_16', bytes, 2, 2)] : []),
    ...(short === 127
      ? [{name: 'websocket.payload_length_ext_64', value: String(readUint(bytes, 6, 4)), start: 2, end: 10}]
      : []),
    ...(masked ? [bytesField('websocket.masking_key', bytes, size - 4, size)] : []),
  ];
};

const closeRows = (bytes: Uint8Array, header: WebSocketHeader): readonly Field[] => {
  const {code, reason} = readWebSocketClose(bytes, header);
  const {size} = header;
  if (code === undefined) return [];
  return [
    {name: 'websocket.payload.close.status_code', value: String(code), start: size, end: size + 2},
    ...(reason === ''
      ? []
      : [
          {
            name: 'websocket.payload.close.reason',
            value: printed(reason),
            start: size + 2,
            end: bytes.length,
          },
        ]),
  ];
};

const byOpcode = new Map<number, string>([
  [WebSocketOpcode.continuation, 'websocket.payload.continue'],
  [WebSocketOpcode.text, 'websocket.payload.text'],
  [WebSocketOpcode.ping, 'websocket.payload.ping'],
  [WebSocketOpcode.pong, 'websocket.payload.pong'],
]);

/** Returns the inspector rows of a WebSocket frame's payload; a masked payload is shown unmasked. */
const payloadRows = (bytes: Uint8Array, header: WebSocketHeader): readonly Field[] => {
  const {opcode, size} = header;
  if (bytes.length <= size) return [];
  if (opcode === WebSocketOpcode.close) return closeRows(bytes, header);
  const payload = webSocketPayload(bytes, header);
  const value = opcode === WebSocketOpcode.text ? printed(decodeUtf8(payload)) : hexOf(payload);
  const name = byOpcode.get(opcode) ?? 'websocket.payload.unknown';
  return [{name, value, start: size, end: bytes.length}];
};

/** Returns the inspector layer of a whole WebSocket frame. */
export const websocketLayer = (bytes: Uint8Array): Layer => {
  const header = readWebSocketHeader(bytes);
  const fields = header ? [...headerRows(bytes, header), ...payloadRows(bytes, header)] : [];
  return {protocol: 'websocket', start: 0, end: bytes.length, fields};
};

/** Returns the inspector layer of an incomplete WebSocket frame; undefined if even its header is incomplete. */
export const websocketBegun = (bytes: Uint8Array): Layer | undefined => {
  const header = readWebSocketHeader(bytes);
  return header && {protocol: 'websocket', start: 0, end: bytes.length, fields: headerRows(bytes, header)};
};
