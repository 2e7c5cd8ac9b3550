// docs/findings.md tells of each finding, with the level that the table has for it.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {findingTable} from '../../source/verdict/ids.ts';
import {root} from '../helpers/root.ts';

test('each id has its row, and no other has one', () => {
  const page = readFileSync(join(root, 'docs/findings.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([\w-]+)` \| (fault|slow|note) \|/gm)].map(([, id, level]) => [
    id,
    level,
  ]);
  expect(rows).toEqual(Object.entries(findingTable).map(([id, {level}]) => [id, level]));
});
