// Every lesson and run with each single packet lost: what is told there is true.
import {expect, test} from 'vitest';
import {allRuns} from '../helpers/all-runs.ts';
import {allLossesOf} from '../helpers/diverged.ts';
import {inWords, judged} from '../helpers/told-judge.ts';

test('nothing false is told of any run with any packet lost', {timeout: 7_200_000}, () => {
  const all = allRuns().flatMap(allLossesOf);
  const told = judged(all);
  console.info(`${all.length} losses in ${allRuns().length} runs: ${inWords(told)}`);
  expect([...told.wrong]).toEqual([]);
});
