// What every lesson's runs come to, to the byte. Oracle: the digests that were pinned when the runs had been judged (npm run digests).
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {allPins, otherEvents, type Pins} from '../../scripts/run-digests.ts';
import {root} from '../helpers/root.ts';

const pinned: Pins = JSON.parse(readFileSync(`${root}test/fixtures/digests.json`, 'utf8'));
const now = allPins(root);

test('the same causes lead to the same events, or machineVersion in source/sim/identity.ts is raised', () => {
  expect(otherEvents(pinned, now)).toEqual([]);
});

test('all runs and what-ifs have the pinned causes and digests (npm run digests pins them anew)', () => {
  expect(now).toEqual(pinned);
});

test('runs of other events have other causes, whatever their names', () => {
  const digests = new Map<string, Set<string>>();
  for (const {identity, digest} of Object.values(now))
    digests.set(identity, (digests.get(identity) ?? new Set()).add(digest));
  expect([...digests].filter(([, {size}]) => size !== 1)).toEqual([]);
});
