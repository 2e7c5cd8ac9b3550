// Signs the beats and what-ifs of a lesson: each gets a hash of facts of the run for which its text was written, so that the text is told
// only where they hold.
import {identityOf} from '../sim/identity.ts';
import type {Scenario} from '../sim/scenario.ts';
import type {Trace} from '../sim/trace.ts';
import {toldBy, toldIn} from './beat-texts.ts';
import {bindBeats, leadsTo} from './bind.ts';
import type {Beat, Lesson, Run, WhatIf} from './lesson.ts';
import {scenarioOf} from './run-scenario.ts';
import {allRuns} from './run-variant.ts';
import {signatureOf} from './signature.ts';

type TraceOf = (run: Run, lesson: Lesson) => Trace;

/** Returns the beats of one run of a lesson with their signatures, each with its index among the lesson's beats. */
const signedIn = (lesson: Lesson, run: Run, traceOf: TraceOf): readonly (readonly [number, Beat])[] => {
  if (!lesson.beats.some((beat) => beat.run === run.name)) return [];
  const trace = traceOf(run, lesson);
  const {beats} = bindBeats(lesson, run.name, trace);
  return beats.flatMap(({index, event}, place) => {
    const beat = lesson.beats[index];
    const earlier = beats.slice(0, place).findLast((other) => other.event < event);
    const around = {near: earlier?.event ?? 1, far: beats[place + 1]?.event ?? trace.length};
    const signature = beat && signatureOf(toldIn(beat), {trace, event}, around);
    return beat && signature ? [[index, {...beat, signature}]] : [];
  });
};

/**
 * Returns a what-if of a lesson with the signature of its text, which is told at the end of its run and may speak of all events before;
 * unchanged if it has no text.
 */
const signedWhatIf = (whatIf: WhatIf, traceOf: (run: Run) => Trace): WhatIf => {
  if (!whatIf.say) return whatIf;
  const trace = traceOf(whatIf.run);
  const around = {near: 1, far: trace.length};
  const signature = signatureOf(toldBy(whatIf), {trace, event: trace.length}, around);
  return signature ? {...whatIf, signature} : whatIf;
};

export const signLesson = (lesson: Lesson, traceOf: TraceOf): Lesson => {
  const signed = new Map(allRuns(lesson).flatMap((run) => signedIn(lesson, run, traceOf)));
  return {
    ...lesson,
    beats: lesson.beats.map((beat, index) => signed.get(index) ?? beat),
    whatIfs: lesson.whatIfs.map((whatIf) => signedWhatIf(whatIf, (run) => traceOf(run, lesson))),
  };
};

/**
 * Returns the lesson, signed if its texts are to be told of `scenario`, a changed version of its run `name`. It stays as it is if it is
 * signed already, as built-in lessons are, or if the scenario is that of its own run; signing simulates the lesson's own run.
 */
export const signedFor = (
  lesson: Lesson,
  {name, scenario}: {readonly name: string; readonly scenario: Scenario},
  traceOf: TraceOf,
): Lesson => {
  const own = allRuns(lesson).find((run) => run.name === name);
  const led = lesson.beats.flatMap((beat) => (beat.run === name ? (leadsTo(beat) ?? []) : []));
  const isSigned = [...lesson.beats, ...lesson.whatIfs].some(({signature}) => signature !== undefined);
  if (!own || isSigned || identityOf(scenarioOf(own)) === identityOf(scenario)) return lesson;
  const isOwn = (run: Run): boolean => run === own || led.includes(run.name);
  const concerned = {runs: lesson.runs.filter(isOwn), whatIfs: lesson.whatIfs.filter(({run}) => isOwn(run))};
  const {beats, whatIfs} = signLesson({...lesson, ...concerned}, traceOf);
  return {
    ...lesson,
    beats,
    whatIfs: lesson.whatIfs.map((each) => whatIfs.find(({run}) => run.name === each.run.name) ?? each),
  };
};
