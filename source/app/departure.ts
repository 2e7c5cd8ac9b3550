// Finds where a run departs from what its lesson tells; from there on the account tells more.

import {entriesOf} from '../account/entries.ts';
import {type BoundBeat, takenIn} from '../lesson/bound-beat.ts';
import type {Lesson, Run} from '../lesson/lesson.ts';
import {matchingEvents} from '../lesson/match.ts';
import {scenarioOf} from '../lesson/run-scenario.ts';
import {allRuns} from '../lesson/run-variant.ts';
import {formatFault} from '../sim/fault-text.ts';
import {identityOf} from '../sim/identity.ts';
import type {Scenario} from '../sim/scenario.ts';
import type {Trace} from '../sim/trace.ts';
import {sayable} from '../view/story/commentary.ts';
import type {Tells} from '../view/story/told-beside.ts';

/** Returns the run from which a reader comes to one without beats: the run that it changes, or the lesson's first. */
const startOf = ({beats, runs, whatIfs}: Lesson, name: string): Run | undefined => {
  const isTold = (of: string | undefined): boolean => beats.some(({run}) => run === of);
  const [first] = runs;
  if (beats.length === 0 || isTold(name) || first?.name === name) return undefined;
  const changed = whatIfs.find(({run}) => run.name === name)?.changes;
  return runs.find((run) => run.name === changed && isTold(changed)) ?? first;
};

/** Returns the run that the beats are about. */
const toldRun = (lesson: Lesson, name: string): Run | undefined =>
  startOf(lesson, name) ?? allRuns(lesson).find((run) => run.name === name) ?? lesson.runs[0];

const faultsOf = (run: Run | undefined): readonly string[] =>
  (run && scenarioOf(run).faults?.map(formatFault)) ?? [];

/** Returns the first event that the lesson does not know; Infinity if it knows all of them. */
export const departureOf = (lesson: Lesson, scenario: Scenario, trace: Trace): number => {
  const told = toldRun(lesson, trace.header.run);
  if (!told || lesson.beats.length === 0) return 1;
  const own = scenarioOf(told);
  const withoutFaults = (of: Scenario): string => identityOf({...of, faults: []});
  if (withoutFaults(scenario) !== withoutFaults(own)) return 1;
  const known = faultsOf(told);
  const added = (scenario.faults ?? []).map(formatFault).filter((fault) => !known.includes(fault));
  if ((scenario.faults ?? []).length - added.length < known.length) return 1;
  for (const {faults, n} of entriesOf(trace, 'send'))
    if (faults.some((fault) => added.includes(fault))) return n;
  return Number.POSITIVE_INFINITY;
};

/** Returns events before the departure about which the lesson speaks in its own run and is silent here, because it looks ahead there. */
const silencedIn = (
  lesson: Lesson,
  trace: Trace,
  {from, beats}: {readonly from: number; readonly beats: readonly BoundBeat[]},
): readonly number[] => {
  if (from === Number.POSITIVE_INFINITY || from <= 1) return [];
  const bound = new Set(beats.map(({index}) => index));
  return lesson.beats.flatMap((beat, index) => {
    if (beat.kind !== 'narration' || beat.run !== trace.header.run || bound.has(index) || !beat.when)
      return [];
    return matchingEvents(beat.when, trace, from).slice(0, 1);
  });
};

/** Returns until where the lesson tells the run, where it is silent, and what a reader who comes from another run has seen there. */
export const tellsOf = (
  lesson: Lesson,
  scenario: Scenario,
  {
    trace,
    beats,
    traceOf,
  }: {
    readonly trace: Trace;
    readonly beats: readonly BoundBeat[];
    readonly traceOf: (run: Run) => Trace;
  },
): Tells => {
  const start = startOf(lesson, trace.header.run);
  const heard = start && sayable(traceOf(start));
  // After the reader has accepted the lesson's invitation, the lesson itself tells what happens.
  const from = takenIn(beats).length > 0 ? Number.POSITIVE_INFINITY : departureOf(lesson, scenario, trace);
  const planned = new Set(faultsOf(toldRun(lesson, trace.header.run)));
  return {from, planned, silenced: silencedIn(lesson, trace, {from, beats}), ...(heard ? {heard} : {})};
};
