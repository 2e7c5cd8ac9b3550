// What programs read of captures is what was pinned when it had been judged (npm run digests): tshark, side files and the peers'
// suites say that it is right; this says that nobody changed it unawares, and that every machine reads the same.
import {expect, test} from 'vitest';
import {pinnedCaptures, pinnedRunsOf} from '../../scripts/json-digests.ts';
import {allLessons} from '../helpers/all-runs.ts';
import {changedOf, pinsIn} from '../helpers/pins.ts';
import {root} from '../helpers/root.ts';
import {part, some} from '../helpers/seeds.ts';

const captures = pinnedCaptures(root);

test('each has a pin, and each pin is somebody’s', () => {
  const named = [...captures, ...allLessons().flatMap(pinnedRunsOf)].map(({name}) => name);
  expect(Object.keys(pinsIn('json-digests')).toSorted()).toEqual(named.toSorted());
});

test('captures, whole and damaged', async () => {
  const isDamaged = ({name}: {readonly name: string}): boolean => name.endsWith(', damaged');
  // A damaged capture is read three times, each time with other damage.
  const whole = captures.filter((each) => !isDamaged(each));
  const chosen = [...part(whole, 60), ...some(captures.filter(isDamaged), 8)];
  expect(await changedOf('json-digests', chosen)).toEqual([]);
});
