// Oracle: the examples of RFC 6455 §5.7, octet by octet.
import {expect, it} from 'vitest';
import {WebSocketFrames} from '../../source/observe/websocket-frames.ts';

const octets = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

const examples = [
  ['81 05 48 65 6c 6c 6f', {opcode: 1, fin: true, masked: false, length: 5}],
  ['81 85 37 fa 21 3d 7f 9f 4d 51 58', {opcode: 1, fin: true, masked: true, length: 5}],
  ['01 03 48 65 6c', {opcode: 1, fin: false, masked: false, length: 3}],
  ['80 02 6c 6f', {opcode: 0, fin: true, masked: false, length: 2}],
  ['89 05 48 65 6c 6c 6f', {opcode: 9, fin: true, masked: false, length: 5}],
  ['8a 85 37 fa 21 3d 7f 9f 4d 51 58', {opcode: 10, fin: true, masked: true, length: 5}],
  [`82 7e 01 00 ${'ab'.repeat(256)}`, {opcode: 2, fin: true, masked: false, length: 256}],
  [
    `82 7f 00 00 00 00 00 01 00 00 ${'ab'.repeat(65_536)}`,
    {opcode: 2, fin: true, masked: false, length: 65_536},
  ],
] as const;

const told = (pieces: readonly Uint8Array[]) => {
  const socket = new WebSocketFrames();
  for (const [index, bytes] of pieces.entries())
    socket.take(0, {kind: 'bytes', start: 0, bytes, frame: index + 1}, index + 1);
  return socket;
};

const all = Uint8Array.from(Buffer.concat(examples.map(([hex]) => octets(hex))));

it('reads each frame, wherever packets cut it', () => {
  const expected = examples.map(([, header]) => header);
  expect(told([all]).frames).toMatchObject(expected);
  for (const size of [1, 3, 7, 1000]) {
    const pieces = Array.from({length: Math.ceil(all.length / size)}, (_, at) =>
      all.subarray(size * at, size * (at + 1)),
    );
    const {frames} = told(size === 1 ? pieces.slice(0, 400) : pieces);
    expect(frames).toMatchObject(size === 1 ? expected.slice(0, 7) : expected);
  }
});

it('says who closed it and why (§5.5.1), and nothing behind a gap', () => {
  const {close, frames} = told([octets('88 85 37 fa'), octets('21 3d 34 12 43 44 52')]);
  expect(close).toEqual({side: 0, frame: 2, code: 1000, reason: 'bye'});
  expect(frames).toHaveLength(1);
  const torn = told([octets('81 05 48')]);
  torn.take(0, {kind: 'hole', start: 3, end: 9}, 2);
  torn.take(0, {kind: 'bytes', start: 9, bytes: octets('81 00'), frame: 3}, 3);
  expect(torn.frames).toEqual([]);
});
