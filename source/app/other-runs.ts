// Finds the other runs of a lesson that can be opened, and makes the beats at the beginning and the end of a what-if.

import {toldBy} from '../lesson/beat-texts.ts';
import {fillTemplate} from '../lesson/bind.ts';
import {aside, type BoundBeat} from '../lesson/bound-beat.ts';
import type {Lesson, Run, WhatIf} from '../lesson/lesson.ts';
import {matchingEvents} from '../lesson/match.ts';
import {allRuns, calledName} from '../lesson/run-variant.ts';
import {isAsSigned} from '../lesson/signature.ts';
import {sameIn, type Text, worded} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import {otherRunsSentences} from '../words/catalogue/cli.ts';

export type OtherRun = {readonly name: string; readonly title: Text};

/** Returns a text that is equal for runs that differ only in their names and their place in the lesson file. */
const causesOf = ({name: _, id: __, title: ___, lettered: ____, position: _____, ...causes}: Run): string =>
  JSON.stringify(causes);

const whatIfOf = ({whatIfs}: Lesson, name: string, run: Run | undefined): WhatIf | undefined =>
  whatIfs.find((each) => each.run.name === name) ??
  whatIfs.find((each) => run !== undefined && causesOf(each.run) === causesOf(run));

export const runTitle = ({runs, title: whole}: Lesson, {name, title}: Run): Text =>
  title ?? (name === runs[0]?.name ? whole : sameIn(name));

const named = (lesson: Lesson, run: Run): OtherRun => ({name: calledName(run), title: runTitle(lesson, run)});

/** Returns the runs of a lesson except the named one, in the order of the file. */
export const otherRuns = (lesson: Lesson, name: string): readonly OtherRun[] =>
  allRuns(lesson)
    .filter((run) => run.name !== name)
    .map((run) => named(lesson, run));

/**
 * Returns the runs that the player offers at the end of a run: what-ifs, then other runs; without duplicates and without the run itself.
 */
export const offeredRuns = (lesson: Lesson, name: string): readonly OtherRun[] => {
  const current = allRuns(lesson).find((run) => run.name === name);
  const seen = new Set(current ? [causesOf(current)] : []);
  return [...lesson.whatIfs.map(({run}) => run), ...lesson.runs.slice(1)]
    .filter((run) => {
      const causes = causesOf(run);
      return seen.has(causes) ? false : seen.add(causes);
    })
    .map((run) => named(lesson, run));
};

/**
 * Returns the panels and values shown with the beats of a what-if: the panels of the run that it changes, and the values that its beats
 * showed last.
 */
const looksOf = ({beats, runs}: Lesson, {changes}: WhatIf): Pick<BoundBeat, 'panels' | 'show'> => {
  const of = (name: string | undefined) => beats.filter(({run}) => run === name);
  const own = of(changes);
  const told = own.length > 0 ? own : of(runs[0]?.name);
  const panels = [...new Set(told.flatMap((beat) => beat.panels ?? []))];
  const show = told.findLast((beat) => beat.show.length > 0)?.show ?? [];
  return {panels: panels.length > 0 ? panels : undefined, show};
};

/**
 * Returns the beats of a what-if: its title at the beginning, and its outcome at the end, unless the run differs from what the lesson
 * expects. Empty for other runs.
 */
export const asidesOf = (lesson: Lesson, name: string, trace: Trace): readonly BoundBeat[] => {
  const run = lesson.runs.slice(1).find((each) => each.name === name);
  const whatIf = whatIfOf(lesson, name, run);
  if (whatIf === undefined) return [];
  const {title, say, expect} = whatIf;
  const {panels, show} = looksOf(lesson, whatIf);
  const hasBeats = lesson.beats.some((beat) => beat.run === name);
  const asked = worded(otherRunsSentences.asidesOf.first, {title});
  const first = {...aside(lesson.beats.length, 0, asked), panels};
  const end = {trace, event: trace.length};
  const told = say && isAsSigned(toldBy(whatIf), end) ? fillTemplate(say, end) : undefined;
  const asExpected = expect.every(({selector}) => matchingEvents(selector, trace).length > 0);
  if (hasBeats || !told || told.problems.length > 0 || !asExpected) return [first];
  return [first, {...aside(lesson.beats.length + 1, trace.length, told.text), panels, show}];
};
