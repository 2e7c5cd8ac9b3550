// Every lesson's runs under their own seed come to what was pinned when they had been judged; test/sim/digests.all.test.ts asks two more seeds.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import type {Pins} from '../../scripts/run-digests.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import {digestOf} from '../../source/sim/digest.ts';
import {identityOf} from '../../source/sim/identity.ts';
import {allRuns, traceOf} from '../helpers/all-runs.ts';
import {root} from '../helpers/root.ts';
import {some} from '../helpers/seeds.ts';

const pinned: Pins = JSON.parse(readFileSync(`${root}test/fixtures/digests.json`, 'utf8'));

const pinnedRuns = allRuns().flatMap(({lesson, run}) => {
  const name = `${lesson.id} ${run.name} seed ${run.seed}`;
  const pin = pinned[name];
  return pin === undefined ? [] : [{name, lesson, run, pin}];
});

test('nearly every run has a seed that is pinned', () => {
  expect(pinnedRuns.length).toBeGreaterThan(0.9 * allRuns().length);
});

test('runs have the pinned causes and come to the pinned events', () => {
  const others = some(pinnedRuns, 16).filter(
    ({lesson, run, pin}) =>
      identityOf(scenarioOf(run)) !== pin.identity || digestOf(traceOf({lesson, run})) !== pin.digest,
  );
  expect(others.map(({name}) => name)).toEqual([]);
});
