// A capture that is looked at while it is made: each look says what reading all of that at once says, whatever the looks before have
// been, and what it promises to share with them it shares.
import {describe, expect, test} from 'vitest';
import type {Trace} from '../../source/sim/trace.ts';
import {type Frames, GrowingCapture, interleaved, told} from '../helpers/growing.ts';
import {type Chance, chanceOf} from '../helpers/monkey/chance.ts';
import {runs, seed, some} from '../helpers/seeds.ts';
import {captureFiles} from '../wire/captures.ts';

/** What happened, to what, when: what looks share. */
const happenings = (trace: Trace, count: number): readonly unknown[] =>
  [...trace.events(1, count)].map((event) => {
    const {n, atUs, kind, host, instant} = event;
    const way = event.kind === 'send' ? [event.dueUs, event.lost, event.retransmission] : undefined;
    return [n, atUs, kind, host, instant, 'packet' in event ? event.packet : undefined, way];
  });

/** Places to look at, rising, the last one the end. */
const looksAt = (chance: Chance, count: number, most: number): readonly number[] => {
  const places = Array.from({length: chance.below(most)}, () => 1 + chance.below(count));
  return [...new Set([...places, count])].sort((a, b) => a - b);
};

const check = (frames: Frames, chance: Chance): void => {
  const grown = new GrowingCapture(frames);
  let before: Trace | undefined;
  for (const count of looksAt(chance, frames.length, 12)) {
    const trace = grown.upTo(count);
    expect(told(trace)).toEqual(told(new GrowingCapture(frames).upTo(count)));
    const shared = trace.growth?.unchangedSince(before?.growth?.look ?? 0) ?? 0;
    if (before) expect(happenings(trace, shared)).toEqual(happenings(before, shared));
    before = trace;
  }
};

describe('each look is what reading all of it at once is', () => {
  test.each(some(captureFiles, 8))('%s', (name) => check(interleaved([[name, 0]]), chanceOf(seed)));

  test('several conversations at the same time', () => {
    for (let run = 0; run < runs(60, 3); run++) {
      const chance = chanceOf(seed + run);
      const files = Array.from({length: 2 + chance.below(4)}, () => {
        return [chance.of(captureFiles), chance.below(2_000_000)] as const;
      });
      check(interleaved(files), chance);
    }
  });
});
