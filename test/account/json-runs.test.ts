// What programs read of the lessons' runs, as they are and with faults, is what was pinned when it had been judged (npm run digests):
// kernels and the peers' suites say that the stack is right; this says that nobody changed it unawares, and that it is the same
// everywhere.
import {expect, test} from 'vitest';
import {type Pinned, pinnedRunsOf} from '../../scripts/json-digests.ts';
import {allLessons} from '../helpers/all-runs.ts';
import {changedOf} from '../helpers/pins.ts';
import {asksOthers, some} from '../helpers/seeds.ts';

/** Half of the time would go into these few. In one of them ACKs answer each other until the run has had as many events as it may have. */
const isLong = ({name}: Pinned): boolean => /^cubic |^handshake what-if-2, with faults/.test(name);

const pinned = allLessons().flatMap((lesson) =>
  some(
    pinnedRunsOf(lesson).filter((each) => asksOthers() || !isLong(each)),
    1,
  ),
);

test('runs, by themselves and with faults', async () => {
  expect(await changedOf('json-digests', pinned)).toEqual([]);
  // The longest of all by itself: a busy machine needs more than a test has.
}, 600_000);
