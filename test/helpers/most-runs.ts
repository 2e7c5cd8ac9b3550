// The runs of the lessons without the longest ones, for tests that would go through all of them.
import {allRuns, type LessonRun} from './all-runs.ts';
import {asksOthers} from './seeds.ts';

/** Returns all runs. `npm test` leaves out those of `cubic`, which take as long as all others together. */
export const mostRuns = (): readonly LessonRun[] =>
  asksOthers() ? allRuns() : allRuns().filter(({lesson}) => lesson.id !== 'cubic');
