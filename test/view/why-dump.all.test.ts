// What *Why?* and `show` tell is what was pinned when it had been judged. A twentieth of all runs and captures, by the seed; all of
// them: node scripts/build.mjs scripts/dump-whys.ts --pin.
import {expect, test} from 'vitest';
import {digestOf} from '../../scripts/json-digests.ts';
import {allDumps} from '../../scripts/why-dumps.ts';
import {lessonData} from '../../source/io/lessons.ts';
import {allLessons} from '../helpers/all-runs.ts';
import {changedOf, pinsIn} from '../helpers/pins.ts';
import {root} from '../helpers/root.ts';
import {few} from '../helpers/seeds.ts';

const dumps = allDumps(root, allLessons(), lessonData());

test('every run and capture is pinned, and nothing else', () => {
  expect(Object.keys(pinsIn('why-digests')).toSorted()).toEqual(dumps.map(({name}) => name).toSorted());
});

test('what is told of them is what was pinned', async () => {
  const chosen = few(dumps, Math.ceil(dumps.length / 20)).map(({name, lines}) => ({
    name,
    digest: async () => digestOf(await lines()),
  }));
  expect(await changedOf('why-digests', chosen)).toEqual([]);
}, 600_000);
