// What every lesson's runs come to, to the byte. Oracle: the digests that were pinned when the runs had been judged (npm run digests).
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {allDigests} from '../../scripts/run-digests.ts';
import {root} from '../helpers/root.ts';

test('all runs and what-ifs have the pinned digests', () => {
  expect(allDigests(root)).toEqual(JSON.parse(readFileSync(`${root}test/fixtures/digests.json`, 'utf8')));
});
