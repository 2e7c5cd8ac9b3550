// Gives each beat and each what-if of a lesson its signature, from the run that it was written for.
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

/** Returns the signed beats of `run` by their indexes. */
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

/** Returns a what-if with the signature of its text, which is told at the end about everything before; unchanged if it has no text. */
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
 * Returns the lesson as it may be told of this scenario of its run `name`. Built-in lessons are signed when the program is built. A lesson
 * from a file is signed only if that is needed, because its own run has to be simulated for that.
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
