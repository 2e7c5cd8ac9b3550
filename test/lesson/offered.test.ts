// What the end of a lesson offers: no run twice under two names.
import {expect, test} from 'vitest';
import {offeredRuns} from '../../source/app/other-runs.ts';
import {allLessons} from '../helpers/all-runs.ts';

test('no two of them have one title, in either language', () => {
  const twice = allLessons().flatMap((lesson) => {
    const [run = expect.fail()] = lesson.runs;
    const titles = offeredRuns(lesson, run.name).flatMap(({title}) => [`en ${title.en}`, `zh ${title.zh}`]);
    return titles.filter((title, place) => titles.indexOf(title) < place);
  });
  expect(twice).toEqual([]);
});

test('a what-if that changes nothing of a run stands for it', () => {
  const lesson = allLessons().find(({id}) => id === 'half-open') ?? expect.fail();
  const offered = offeredRuns(lesson, lesson.runs[0]?.name ?? '').map(({title}) => title.en);
  expect(offered).toContain('A NAT forgets the idle connection');
  expect(offered).not.toContain('A NAT forgets');
});
