// Oracle: the examples of RFC 6455 §5.7, the layout of §5.2, and §5.5.1 on closing.
import {expect, test} from 'vitest';
import {websocketBegun, websocketLayer} from '../../source/wire/dissect-websocket.ts';
import {octetsOf} from '../../source/wire/octets.ts';
import {opcodeName, readWebSocketClose, readWebSocketHeader} from '../../source/wire/websocket.ts';

const header = (hex: string) => readWebSocketHeader(octetsOf(hex));

test.each([
  ['810548656c6c6f', {fin: true, opcode: 1, masked: false, length: 5, size: 2}],
  ['818537fa213d7f9f4d5158', {fin: true, opcode: 1, masked: true, length: 5, size: 6}],
  ['010348656c', {fin: false, opcode: 1, masked: false, length: 3, size: 2}],
  ['80026c6f', {fin: true, opcode: 0, masked: false, length: 2, size: 2}],
  ['827e0100', {fin: true, opcode: 2, masked: false, length: 256, size: 4}],
  ['82fe0100aabbccdd', {fin: true, opcode: 2, masked: true, length: 256, size: 8}],
  ['827f0000000000010000', {fin: true, opcode: 2, masked: false, length: 65_536, size: 10}],
  ['827f0000000200000001', {fin: true, opcode: 2, masked: false, length: 2 ** 33 + 1, size: 10}],
  ['827d', {fin: true, opcode: 2, masked: false, length: 125, size: 2}],
])('%s', (hex, told) => expect(header(hex)).toEqual(told));

test.each(['', '81', '818537fa21', '827e01', '82fe0100aabbcc', '827f00000000000100'])('%s is cut', (hex) => {
  expect(header(hex)).toBeUndefined();
  expect(websocketBegun(octetsOf(hex))).toBeUndefined();
  expect(websocketLayer(octetsOf(hex)).fields).toEqual([]);
});

test('opcodes by name (§11.8)', () =>
  expect([0, 1, 2, 8, 9, 10, 3].map(opcodeName)).toEqual([
    ...['continuation', 'text', 'binary', 'close', 'ping', 'pong', '3'],
  ]));

const close = (hex: string) => {
  const bytes = octetsOf(hex);
  const read = readWebSocketHeader(bytes);
  return read && readWebSocketClose(bytes, read);
};

test.each([
  ['8800', {code: undefined, reason: ''}],
  ['880103', {code: undefined, reason: ''}],
  ['880203e8', {code: 1000, reason: ''}],
  ['880503e9627965', {code: 1001, reason: 'bye'}],
  // Masked with 01020304.
  ['88850102030402ea616665', {code: 1000, reason: 'bbd'}],
])('closing: %s', (hex, told) => expect(close(hex)).toEqual(told));

const rows = (hex: string): readonly string[] =>
  websocketLayer(octetsOf(hex)).fields.map(({name, value, start, end, mask}) =>
    `${name.slice(10)} ${value} ${start}…${end} ${mask ?? ''}`.trim(),
  );

const firstTwo = (fin: number, opcode: number, mask: number, length: number): readonly string[] => [
  `fin ${fin} 0…1 128`,
  'rsv 0x00 0…1 112',
  `opcode ${opcode} 0…1 15`,
  `mask ${mask} 1…2 128`,
  `payload_length ${length} 1…2 127`,
];

test.each([
  ['810548656c6c6f', [...firstTwo(1, 1, 0, 5), 'payload.text Hello 2…7']],
  [
    '818537fa213d7f9f4d5158',
    [...firstTwo(1, 1, 1, 5), 'masking_key 37fa213d 2…6', 'payload.text Hello 6…11'],
  ],
  ['00026c6f', [...firstTwo(0, 0, 0, 2), 'payload.continue 6c6f 2…4']],
  ['89024142', [...firstTwo(1, 9, 0, 2), 'payload.ping 4142 2…4']],
  ['8a024142', [...firstTwo(1, 10, 0, 2), 'payload.pong 4142 2…4']],
  ['82024142', [...firstTwo(1, 2, 0, 2), 'payload.unknown 4142 2…4']],
  ['8900', firstTwo(1, 9, 0, 0)],
  ['880103', firstTwo(1, 8, 0, 1)],
  ['880203e8', [...firstTwo(1, 8, 0, 2), 'payload.close.status_code 1000 2…4']],
  [
    '880503e9627965',
    [...firstTwo(1, 8, 0, 5), 'payload.close.status_code 1001 2…4', 'payload.close.reason bye 4…7'],
  ],
  ['827e000141', [...firstTwo(1, 2, 0, 126), 'payload_length_ext_16 1 2…4', 'payload.unknown 41 4…5']],
  [
    '827f000000000000000141',
    [...firstTwo(1, 2, 0, 127), 'payload_length_ext_64 1 2…10', 'payload.unknown 41 10…11'],
  ],
])('rows of %s', (hex, told) => {
  expect(rows(hex)).toEqual(told);
  expect(websocketLayer(octetsOf(hex))).toMatchObject({protocol: 'websocket', start: 0, end: hex.length / 2});
});

test('reserved bits, and a frame that goes on', () => {
  expect(rows('f100')).toContain('rsv 0x70 0…1 112');
  expect(websocketBegun(octetsOf('8105486565'))).toMatchObject({
    ...{protocol: 'websocket', start: 0, end: 5},
    fields: {length: 5},
  });
});
