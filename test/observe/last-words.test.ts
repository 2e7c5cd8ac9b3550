// Who was heard of last, by hand; RFC 9293 §3.8.3, §3.8.4: what has no answer is said again, or probed for.
import {expect, test} from 'vitest';
import {LastWords} from '../../source/observe/last-words.ts';
import {Mark} from '../../source/observe/tcp-marks.ts';
import {RST, segmentOf} from './segments.ts';

type Step = readonly [side: 0 | 1, atUs: number, marks?: number, flags?: number];

/** Frame 1, 2, … */
const after = (...steps: readonly Step[]) => {
  const words = new LastWords();
  for (const [index, [side, atUs, marks = 0, flags = 0]] of steps.entries())
    words.take(side, segmentOf({frame: index + 1, atUs, flags}), marks);
  return words.silenced;
};

test('since the other end spoke: how often it was asked again, and for how long', () => {
  const steps: readonly Step[] = [
    [0, 0],
    [1, 100],
    [0, 200],
    [0, 700, Mark.resent],
    [0, 1700, Mark.keepAlive],
  ];
  expect(after(...steps)).toEqual({side: 1, frame: 2, tries: 2, us: 1600});
  expect(after(...steps, [0, 1800])).toEqual({side: 1, frame: 2, tries: 2, us: 1600});
  expect(after(...steps, [1, 1900])).toEqual({side: 0, frame: 5, tries: 0, us: 0});
  expect(after([0, 0], [1, 100], [0, 900, Mark.zeroWindowProbe])?.tries).toBe(1);
});

test('who never spoke, or was broken off with, fell silent for no reason of its own', () => {
  expect(after([0, 0], [0, 900, Mark.resent])).toBeUndefined();
  expect(after([0, 0], [1, 100], [0, 900, Mark.resent], [0, 950, 0, RST])).toBeUndefined();
  expect(after([0, 0], [1, 100, 0, RST], [0, 900, Mark.resent])?.tries).toBe(1);
});
