// Where a run leaves what its lesson tells: from there on the account has a voice of its own.

import {entriesOf} from '../account/entries.ts';
import type {Lesson} from '../lesson/lesson.ts';
import {scenarioOf} from '../lesson/run-scenario.ts';
import {allRuns} from '../lesson/run-variant.ts';
import {formatFault} from '../sim/fault-text.ts';
import {identityOf} from '../sim/identity.ts';
import type {Scenario} from '../sim/scenario.ts';
import type {Trace} from '../sim/trace.ts';

/** The run that the beats are about; of what has none, the lesson's first. */
const toldRun = (lesson: Lesson, name: string) =>
  (lesson.beats.some(({run}) => run === name)
    ? allRuns(lesson).find((run) => run.name === name)
    : undefined) ?? lesson.runs[0];

/** The first event that the lesson knows nothing of; Infinity: it knows all of them. */
export const departureOf = (lesson: Lesson, scenario: Scenario, trace: Trace): number => {
  const told = toldRun(lesson, trace.header.run);
  if (!told || lesson.beats.length === 0) return 1;
  const own = scenarioOf(told);
  const withoutFaults = (of: Scenario): string => identityOf({...of, faults: []});
  if (withoutFaults(scenario) !== withoutFaults(own)) return 1;
  const known = own.faults?.map(formatFault) ?? [];
  const added = (scenario.faults ?? []).map(formatFault).filter((fault) => !known.includes(fault));
  if ((scenario.faults ?? []).length - added.length < known.length) return 1;
  for (const {faults, n} of entriesOf(trace, 'send'))
    if (faults.some((fault) => added.includes(fault))) return n;
  return Number.POSITIVE_INFINITY;
};
