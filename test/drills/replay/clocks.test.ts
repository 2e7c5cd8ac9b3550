// What timestamps tell of a way. Oracle: RFC 7323 §3.2: TSval is the sender's clock, a tick of a millisecond here; TSecr is the newest
// that had come. Connections written down, the server 10 ms from the capture point.
import {expect, test} from 'vitest';
import {clocked} from '../../../source/drills/replay/clocks.ts';
import {connection, seenFrom} from './segments.ts';

/** Each segment with its TSval and TSecr. */
const shown = (...lines: readonly (readonly [line: string, val: number, ecr: number])[]) => {
  const seen = connection(...lines.map(([line]) => line));
  const segments = seen.segments.map((segment, index) => {
    const [, val = 0, ecr = 0] = lines[index] ?? [];
    return {...segment, options: [{kind: 'timestamps', val, ecr} as const]};
  });
  const {segments: found} = clocked({...seen, segments}, seenFrom(0, 10), 1);
  return found.map(({heldUs = 0, lateUs = 0}) => [heldUs, lateUs]);
};

const opening = [
  ['0 c S 0:1', 1000, 0],
  ['20 s SA 0:1 ack 1', 510, 1000],
  ['20 c A 1 ack 1', 1020, 510],
] as const;

test('what queued on its way left by its own clock, to a tick', () => {
  expect(shown(...opening, ['70 s PA 1:101 ack 1', 530, 1020]).at(-1)).toEqual([29_000, 0]);
  expect(shown(...opening, ['40.5 s PA 1:101 ack 1', 530, 1020]).at(-1)).toEqual([0, 0]);
});

test('an acknowledgement that what left afar does not echo came behind it, before what does', () => {
  const acked = ['40 c A 1 ack 101', 1040, 530] as const;
  const data = ['40 s PA 1:101 ack 1', 530, 1020] as const;
  const again = ['100 s PA 1:101 ack 1', 590, 1020] as const;
  expect(shown(...opening, data, acked, again, ['110 s A 101 ack 1', 600, 1040])[4]).toEqual([0, 45_000]);
  expect(shown(...opening, data, acked, again, ['200 s A 101 ack 1', 690, 1040])[4]).toEqual([0, 48_000]);
  expect(shown(...opening, data, acked, ['100 s A 101 ack 1', 590, 1040])[4]).toEqual([0, 0]);
});
