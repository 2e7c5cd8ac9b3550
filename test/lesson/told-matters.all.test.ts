// Nothing that matters is silent: in runs whose path went wrong each loss, each repetition and that a timer brought it, each end of a
// connection, each error and each alert, what programs are answered, and what comes out otherwise in the end is told by the lesson or
// by the account, in both languages, if not each time, then of that host. What matters the raw events say: `helpers/matters.ts`.
import {expect, test} from 'vitest';
import {departureOf} from '../../source/app/departure.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import {runVariant} from '../../source/lesson/run-variant.ts';
import {signed, traceOf} from '../helpers/all-runs.ts';
import {divergedRuns, lossesOf, toldOf, toldRuns, tracedWith} from '../helpers/diverged.ts';
import {askedOf} from '../helpers/matters.ts';
import {few, runs, seed} from '../helpers/seeds.ts';

/** As `account/told/voice.ts` bounds it; what is told for the first time may come on top. */
const mostTold = 25;

test('what matters is told', {timeout: 3_600_000}, () => {
  const silent: string[] = [];
  const sums = {matters: 0, told: 0};
  const losses = few(toldRuns().flatMap(lossesOf), 20);
  for (const each of [...divergedRuns(toldRuns(), runs(60, 10), seed + 1), ...losses]) {
    const trace = tracedWith(each);
    const scenario = scenarioOf(runVariant(each.run, {faults: [each.fault]}));
    const from = departureOf(each.lesson, scenario, trace);
    const all = toldOf(signed(each.lesson), each, trace);
    // Of a long run the account tells no more than its greater things: that a connection came to its regular end is none.
    const isFull = all.filter(({by}) => by === 'account').length >= mostTold;
    const asked = askedOf({trace, own: traceOf(each), from}, all);
    sums.matters += asked.matters;
    sums.told += asked.told;
    for (const what of asked.silent)
      if (!(isFull && what.endsWith(' is CLOSED'))) silent.push(`${each.code}: ${what}`);
  }
  console.info(
    `${sums.matters} things that matter, ${sums.told} told where they happen; silent: ${silent.length}`,
  );
  // Of a flood, too, only a part is told: of hundreds of things two may be silent.
  if (silent.length > 0) console.info(silent.join('\n'));
  expect(silent.length).toBeLessThanOrEqual(2);
});
