// What programs read of captures and runs is what was pinned when it had been judged (npm run digests): tshark, side files and
// the peers' suites say that it is right; this says that nobody changed it unawares.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {type Pinned, pinnedCaptures, pinnedRunsOf} from '../../scripts/json-digests.ts';
import {allLessons} from '../helpers/all-runs.ts';
import {root} from '../helpers/root.ts';
import {few, some} from '../helpers/seeds.ts';

const pins: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(`${root}test/fixtures/json-digests.json`, 'utf8'),
);
const captures = pinnedCaptures(root);
const runs = allLessons().flatMap(pinnedRunsOf);

const changed = async (all: readonly Pinned[]): Promise<readonly string[]> => {
  const others: string[] = [];
  for (const {name, digest} of all) if ((await digest()) !== pins[name]) others.push(name);
  return others;
};

test('each has a pin, and each pin is somebody’s', () => {
  expect(Object.keys(pins).toSorted()).toEqual([...captures, ...runs].map(({name}) => name).toSorted());
});

test('captures', async () => {
  expect(await changed(some(captures, 30))).toEqual([]);
});

test('runs, by themselves and with a fault', async () => {
  expect(await changed(few(some(runs, 12), 100))).toEqual([]);
});
