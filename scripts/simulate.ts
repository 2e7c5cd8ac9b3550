// Runs of lessons as tools and tests simulate them: whether they have TLS or not.
import {nodeCrypto} from '../source/io/crypto.ts';
import type {Lesson, Run} from '../source/lesson/lesson.ts';
import {scenarioOf} from '../source/lesson/run-scenario.ts';
import type {Scenario} from '../source/sim/scenario.ts';
import {type About, simulate as plainly} from '../source/sim/simulate.ts';
import type {Trace} from '../source/sim/trace.ts';

export const simulate = (scenario: Scenario, about: About): Trace =>
  plainly({...scenario, crypto: nodeCrypto}, about);

export const traceOf = ({id}: Lesson, run: Run): Trace =>
  simulate(scenarioOf(run), {source: id, run: run.name});
