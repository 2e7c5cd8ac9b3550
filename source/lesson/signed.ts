// Gives each beat of a lesson its signature, from the run that it was written for.
import {identityOf} from '../sim/identity.ts';
import type {Scenario} from '../sim/scenario.ts';
import type {Trace} from '../sim/trace.ts';
import {bindBeats} from './bind.ts';
import type {Beat, Lesson, Run} from './lesson.ts';
import {scenarioOf} from './run-scenario.ts';
import {signatureOf} from './signature.ts';

type TraceOf = (run: Run, lesson: Lesson) => Trace;

/** Beats of `run` by their indexes. */
const signedIn = (lesson: Lesson, run: Run, traceOf: TraceOf): readonly (readonly [number, Beat])[] => {
  if (!lesson.beats.some((beat) => beat.run === run.name)) return [];
  const trace = traceOf(run, lesson);
  const {beats} = bindBeats(lesson, run.name, trace);
  return beats.flatMap(({index, event}, place) => {
    const beat = lesson.beats[index];
    const around = {near: beats[place - 1]?.event ?? 1, far: beats[place + 1]?.event ?? trace.length};
    const signature = beat && signatureOf(beat, {trace, event}, around);
    return beat && signature ? [[index, {...beat, signature}]] : [];
  });
};

export const signLesson = (lesson: Lesson, traceOf: TraceOf): Lesson => {
  const signed = new Map(lesson.runs.flatMap((run) => signedIn(lesson, run, traceOf)));
  return {...lesson, beats: lesson.beats.map((beat, index) => signed.get(index) ?? beat)};
};

/**
 * The lesson as it may be told of this scenario of its run `name`. Ours are signed when the program is built; one that is read from
 * a file is signed only where it has to be: its own run is simulated for that.
 */
export const signedFor = (
  lesson: Lesson,
  {name, scenario}: {readonly name: string; readonly scenario: Scenario},
  traceOf: TraceOf,
): Lesson => {
  const own = lesson.runs.find((run) => run.name === name);
  const isSigned = lesson.beats.some(({signature}) => signature !== undefined);
  if (!own || isSigned || identityOf(scenarioOf(own)) === identityOf(scenario)) return lesson;
  return signLesson({...lesson, runs: [own]}, traceOf);
};
