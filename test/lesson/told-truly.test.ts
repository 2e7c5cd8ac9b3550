// Runs of lessons in which a packet is lost, late, doubled, overtaken or altered: all that is told there, by the lesson and by the
// account, in both languages, is judged by the raw events alone. Nothing here knows how beats are chosen.
import {expect, test} from 'vitest';
import {divergedRuns, toldRuns} from '../helpers/diverged.ts';
import {runs, seed} from '../helpers/seeds.ts';
import {inWords, judged} from '../helpers/told-judge.ts';

test('nothing false is told where the path went wrong, and much is told', {timeout: 3_600_000}, () => {
  const all = divergedRuns(toldRuns(), Math.min(3000, runs(300, 8)), seed);
  const told = judged(all);
  console.info(`${all.length} runs, seed ${seed}: ${inWords(told)}`);
  expect([...told.wrong]).toEqual([]);
  // What may be false and what is long is printed, to be read.
  expect(told.doubtful.size).toBeLessThanOrEqual(1 + all.length / 500);
  expect(told.long.size).toBeLessThanOrEqual(1 + all.length / 100);
  expect(told.claims / (told.lesson + told.account)).toBeGreaterThan(2);
});
