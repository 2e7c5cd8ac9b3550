// A lesson that is damaged is refused at the places that were pinned when they had been judged (npm run digests).
import {expect, test} from 'vitest';
import {pinnedProblems} from '../../scripts/problem-digests.ts';
import {changedOf, pinsIn} from '../helpers/pins.ts';
import {root} from '../helpers/root.ts';
import {some} from '../helpers/seeds.ts';

const problems = pinnedProblems(root);

test('damaged skeletons', async () => {
  expect(Object.keys(pinsIn('problem-digests'))).toEqual(problems.map(({name}) => name));
  expect(await changedOf('problem-digests', some(problems, 1))).toEqual([]);
});
