// Finds the event from which a run differs from what its lesson describes; after it, the account describes every event.

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

/**
 * Returns the run that readers have seen before a run without beats: the run that a what-if changes, or the lesson's first. Undefined if
 * the run has beats or is the first.
 */
const startOf = ({beats, runs, whatIfs}: Lesson, name: string): Run | undefined => {
  const isTold = (of: string | undefined): boolean => beats.some(({run}) => run === of);
  const [first] = runs;
  if (beats.length === 0 || isTold(name) || first?.name === name) return undefined;
  const changed = whatIfs.find(({run}) => run.name === name)?.changes;
  return runs.find((run) => run.name === changed && isTold(changed)) ?? first;
};

/** Returns the run that a lesson's beats describe for a reader of this run. */
const toldRun = (lesson: Lesson, name: string): Run | undefined =>
  startOf(lesson, name) ?? allRuns(lesson).find((run) => run.name === name) ?? lesson.runs[0];

const faultsOf = (run: Run | undefined): readonly string[] =>
  (run && scenarioOf(run).faults?.map(formatFault)) ?? [];

/**
 * Returns the number of the first event that differs from the run that the lesson describes; 1 if anything but added faults differs,
 * Infinity if nothing does.
 */
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

/**
 * Returns the events before the departure at which a beat of the lesson's own run is left out in this changed run, because the beat looks
 * ahead.
 */
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

/**
 * Returns how the account complements the lesson in a run: from which event, where the lesson leaves out a beat, and what a reader of
 * another run has seen already.
 */
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
  // If the reader made the change that the lesson invites to, the lesson itself describes what follows.
  const from = takenIn(beats).length > 0 ? Number.POSITIVE_INFINITY : departureOf(lesson, scenario, trace);
  const planned = new Set(faultsOf(toldRun(lesson, trace.header.run)));
  return {from, planned, silenced: silencedIn(lesson, trace, {from, beats}), ...(heard ? {heard} : {})};
};
