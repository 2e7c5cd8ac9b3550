// The bytes that programs send in the simulator (`send, bytes: N`): text in which every line of 16 bytes says its own offset in the stream,
// so that a learner sees which part of the stream a packet carries.
import type {ByteSource} from '../wire/rope.ts';

const lineBytes = 16;
const label = 'offset ';
/** The place values of the eight digits of the offset in each line of the text. */
const powers = [10_000_000, 1_000_000, 100_000, 10_000, 1000, 100, 10, 1];

/** Returns the byte at an offset of the text. A line is `offset 00000016` and a line feed, here the one at offset 16. */
const byteAt = (offset: number): number => {
  const column = offset % lineBytes;
  if (column < label.length) return label.charCodeAt(column);
  if (column === lineBytes - 1) return 0x0a;
  const power = powers[column - label.length] ?? 1;
  return 0x30 + (Math.floor((offset - column) / power) % 10);
};

export const offsetText: ByteSource = {
  id: 'offset-text',
  read: (offset, target) => {
    for (let i = 0; i < target.length; i++) target[i] = byteAt(offset + i);
  },
};
