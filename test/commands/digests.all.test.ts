// No run and no what-if of a lesson has changed unsaid.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {allDigests} from '../../scripts/run-digests.ts';
import {root} from '../helpers/root.ts';

test('all runs and what-ifs have the pinned digests (npm run digests pins them anew)', () => {
  expect(allDigests(root)).toEqual(JSON.parse(readFileSync(`${root}test/fixtures/digests.json`, 'utf8')));
});
