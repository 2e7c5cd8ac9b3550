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

it('a close is read as far as it goes; the first one counts (§5.5.1)', () => {
  const bye = '88 05 03 e8 62 79 65';
  const {close, frames} = told([octets(`${bye} 81 01 78 88 02 03 e9`)]);
  expect(close).toEqual({side: 0, frame: 1, code: 1000, reason: 'bye'});
  expect(frames.map(({opcode, start, end}) => [opcode, start, end])).toEqual([
    [8, 0, 7],
    [1, 7, 10],
    [8, 10, 14],
  ]);
  // Longer than a control frame may be: it closes nothing (§5.5).
  expect(told([octets(`88 7e 00 7e 03 e8 ${'61'.repeat(124)}`)]).close).toBeUndefined();
  expect(told([octets(`88 7d 03 e8 ${'61'.repeat(123)}`)]).close?.reason).toHaveLength(123);
});

it('where each lies in its direction, and what it says, unmasked (§5.3)', () => {
  const socket = new WebSocketFrames();
  const take = (side: 0 | 1, start: number, hex: string, frame: number): void =>
    socket.take(side, {kind: 'bytes', start, bytes: octets(hex), frame}, frame);
  take(0, 100, '8a 85 37 fa 21 3d 7f', 1);
  take(1, 50, '81 00', 2);
  take(0, 107, '9f 4d', 3);
  take(0, 109, '51 58 81', 4);
  take(0, 112, '02 6f 6b', 5);
  const said = socket.frames.map(({side, frame, start, end, payload}) => [
    ...[side, frame, start, end],
    new TextDecoder().decode(payload),
  ]);
  expect(said).toEqual([
    [1, 2, 50, 52, ''],
    [0, 4, 100, 111, 'Hello'],
    [0, 5, 111, 115, 'ok'],
  ]);
});

it('keeps what a control frame may say, 125 octets, wherever it is cut (§5.5)', () => {
  const ping = [0x89, 125, ...Array.from({length: 125}, (_, at) => at)];
  for (const size of [1, 60, 126]) {
    const {frames} = told([Uint8Array.from(ping.slice(0, size)), Uint8Array.from(ping.slice(size))]);
    expect([...(frames[0]?.payload ?? [])]).toEqual(ping.slice(2));
  }
  const [long] = told([octets(`82 7e 01 00 ${'ab'.repeat(256)}`)]).frames;
  // As many octets of others, with the longest header: 14, of which this one has 4.
  expect(long?.payload).toHaveLength(125 + 14 - 4);
});
