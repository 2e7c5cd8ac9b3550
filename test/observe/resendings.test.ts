// What was sent again, how often and why, as its marks say; segments by hand.
import {describe, expect, test} from 'vitest';
import {Resendings} from '../../source/observe/resendings.ts';
import {Mark} from '../../source/observe/tcp-marks.ts';
import {seq} from '../../source/wire/seq.ts';
import {FIN, SYN, segmentOf} from './segments.ts';

type Given = Parameters<typeof segmentOf>[0];

const again = Mark.resent;

/** Frames 1, 2, … at 1, 2, … ms. */
const taken = (...said: readonly (readonly [given: Given, marks: number, sacked?: number])[]) => {
  const resent = new Resendings();
  for (const [index, [given, marks, sacked]] of said.entries())
    resent.take(
      segmentOf({frame: index + 1, atUs: 1000 * (index + 1), text: 'abc', ...given}),
      marks,
      sacked === undefined ? undefined : seq(sacked),
    );
  return resent;
};

test('nothing was', () => {
  const {count, fins, reported, acknowledged, causes, frames, longest} = taken([{seq: 1}, 0]);
  expect([count, fins, reported, acknowledged, frames, longest]).toEqual([0, 0, 0, 0, [], undefined]);
  expect(causes).toEqual({probed: 0, reported: 0, timedOut: 0, either: 0, afterTimeout: 0});
});

test('neither SYNs, nor what probes on purpose, are counted', () => {
  const probes = [Mark.keepAlive, Mark.zeroWindowProbe].map((mark) => [{seq: 1}, again | mark] as const);
  expect(taken([{seq: 1, flags: SYN}, again], ...probes).count).toBe(0);
});

test('how many: FINs alone, what had been asked for, what had come', () => {
  const resent = taken(
    ...[[{seq: 1}, again] as const, [{seq: 1, text: '', flags: FIN}, again] as const],
    ...[[{seq: 1, flags: FIN}, again] as const, [{seq: 5}, again | Mark.fastRetransmission] as const],
    ...[[{seq: 5}, again, 6] as const, [{seq: 5}, again, 5] as const],
    [{seq: 5}, again | Mark.spuriousRetransmission],
  );
  expect([resent.count, resent.fins, resent.reported, resent.acknowledged]).toEqual([7, 1, 2, 1]);
  expect(resent.frames).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test.each([
  [Mark.reported, 'reported'],
  [Mark.reported | Mark.timedOut, 'reported'],
  [Mark.afterTimeout, 'afterTimeout'],
  [Mark.probed, 'probed'],
  [Mark.timedOut, 'timedOut'],
  [Mark.probed | Mark.timedOut, 'either'],
  [0, undefined],
])('marks %i: %s', (marks, cause) => {
  const counts = Object.entries(taken([{seq: 1}, again | marks], [{seq: 9}, again | marks]).causes);
  expect(counts.filter(([, count]) => count > 0)).toEqual(cause === undefined ? [] : [[cause, 2]]);
});

describe('the same segment, again and again', () => {
  test('with the waits between, from the first sending where that was seen', () => {
    expect(taken([{seq: 1}, 0], [{seq: 1}, again], [{seq: 1, atUs: 9000}, again]).longest).toEqual({
      ...{seq: 1, end: 4, frames: [2, 3], waitsUs: [1000, 7000]},
    });
    expect(taken([{seq: 5}, 0], [{seq: 1}, again], [{seq: 1, atUs: 9000}, again]).longest).toEqual({
      ...{seq: 1, end: 4, frames: [2, 3], waitsUs: [7000]},
    });
  });

  test('the one that was repeated most, the first of those', () => {
    const [one, other] = [[{seq: 1}, again] as const, [{seq: 9}, again] as const];
    expect(taken(one, one, other, other).longest).toMatchObject({seq: 1, frames: [1, 2]});
    expect(taken(one, other, other).longest).toMatchObject({seq: 9, frames: [2, 3]});
    // What comes between ends it.
    expect(taken(one, other, one).longest).toMatchObject({seq: 1, frames: [1]});
  });

  test('eight frames are remembered, the rest is counted', () => {
    const resent = taken([{seq: 1}, 0], ...Array.from({length: 9}, () => [{seq: 1}, again] as const));
    expect([resent.count, resent.frames.length]).toEqual([9, 8]);
    expect([resent.longest?.frames.length, resent.longest?.waitsUs.length]).toEqual([8, 8]);
  });
});
