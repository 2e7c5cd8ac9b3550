// What programs read of the lessons' runs, as they are and with faults, is what was pinned when it had been judged (npm run digests):
// kernels and the peers' suites say that the stack is right; this says that nobody changed it unawares, and that it is the same
// everywhere.
import {expect, test} from 'vitest';
import {pinnedRunsOf} from '../../scripts/json-digests.ts';
import {allLessons} from '../helpers/all-runs.ts';
import {changedOf} from '../helpers/pins.ts';
import {some} from '../helpers/seeds.ts';

/** Most of the time of all goes into the runs of these. */
const isLong = ({id}: {readonly id: string}): boolean => id === 'cubic' || id === 'congestion';

const pinned = allLessons().flatMap((lesson) => some(pinnedRunsOf(lesson), isLong(lesson) ? 1 : 3));

test('runs, by themselves and with faults', async () => {
  expect(await changedOf('json-digests', pinned)).toEqual([]);
  // The longest of all by itself: a busy machine needs more than a test has.
}, 600_000);
