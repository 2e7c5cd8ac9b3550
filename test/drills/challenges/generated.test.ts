import {expect, test} from 'vitest';
import {checkLesson} from '../../../source/lesson/check.ts';
import {simulate} from '../../../scripts/simulate.ts';
import {generated} from '../../../source/drills/challenges/generated.ts';

test.each(Array.from({length: 21}, (_, i) => i))('make %i', (seed) => {
  const start = performance.now();
  const lesson = generated('make', seed);
  console.log(seed, lesson.challenge?.task?.en, Math.round(performance.now() - start));
});
