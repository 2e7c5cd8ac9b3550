// Steps that can be taken back: those of a capture in the making, by event, the newest first, as far as they are remembered.
import {expect, test} from 'vitest';
import {StepsBack} from '../../source/observe/steps-back.ts';

test('all behind an event, the newest first', () => {
  const steps = new StepsBack(true);
  const undone: number[] = [];
  for (const event of [1, 2, 2, 3]) steps.did(event, () => undone.push(event));
  expect([steps.to(2), undone]).toEqual([true, [3]]);
  expect([steps.to(1), undone]).toEqual([true, [3, 2, 2]]);
  expect([steps.to(0), undone]).toEqual([true, [3, 2, 2, 1]]);
  expect([steps.to(0), undone.length]).toEqual([true, 4]);
});

test('of a capture that is whole none is', () => {
  const steps = new StepsBack(false);
  steps.did(5, () => {
    throw new Error('taken back');
  });
  expect(steps.to(0)).toBe(true);
});

test('8192 at least are remembered; before those nothing can be taken back', () => {
  const steps = new StepsBack(true);
  let [done, last] = [0, 0];
  const act = (count: number) => {
    for (let n = 0; n < count; n += 1) {
      last += 1;
      done += 1;
      steps.did(last, () => {
        done -= 1;
      });
    }
  };
  act(2 * 8192 - 1);
  expect(steps.to(2 * 8192 - 1)).toBe(true);
  act(1);
  expect([steps.to(8192), done]).toEqual([false, 2 * 8192]);
  expect([steps.to(8193), done]).toEqual([true, 8193]);
});
