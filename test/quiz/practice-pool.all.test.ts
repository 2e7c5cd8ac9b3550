// What practice chooses from. Oracle: a sheet asks no kind a third time in ten (composition.ts), so what one kind has about a belief
// cannot all be asked in a round.
import {expect, test} from 'vitest';
import {enough} from '../../source/quiz/practice-pool.ts';
import {allLessons} from '../helpers/all-runs.ts';
import {poolOf} from '../helpers/quiz-pool.ts';

test('of the questions about a belief no kind has more than half of what is enough, and others are found', () => {
  const belief = 'layer-mixup';
  const lessons = allLessons().filter(({track}) => track === 'foundations');
  const counts = new Map<string, number>();
  for (const {question, touches} of poolOf(lessons, new Set([belief]), 7))
    if (touches.includes(belief)) counts.set(question.kind, (counts.get(question.kind) ?? 0) + 1);
  expect(counts.size).toBeGreaterThan(2);
  expect(Math.max(...counts.values())).toBeLessThanOrEqual(enough / 2);
  expect([...counts.values()].reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(enough);
});
