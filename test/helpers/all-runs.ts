// Every lesson with every run and what-if of it. A worker reads the lessons once and simulates a run once: whoever comes
// next gets the same trace, which nothing can change.
import {basename, join} from 'node:path';
import {lessonFiles} from '../../scripts/lesson-files.ts';
import {simulate} from '../../scripts/simulate.ts';
import type {Lesson, Run, Signature} from '../../source/lesson/lesson.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import {signLesson} from '../../source/lesson/signed.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {oncePer} from '../../source/wire/once-per.ts';
import {actedIn} from './acted.ts';
import {kept, lessonIn} from './kept-lessons.ts';
import {root} from './root.ts';
// The program makes the names of a run's hosts once. They are to be remembered as messages whichever test makes them first.
import './meaning.ts';

export type LessonRun = {readonly name: string; readonly lesson: Lesson; readonly run: Run};

const known = new Map<string, Lesson>();

const knownIn = (file: string): Lesson => {
  const lesson = known.get(file) ?? lessonIn(file);
  known.set(file, lesson);
  return lesson;
};

const lessonPaths = lessonFiles(join(root, 'lessons'));

/** Reads this one alone. */
export const lessonNamed = (id: string): Lesson => {
  const file = lessonPaths.find((each) => basename(each) === `${id}.yaml`);
  if (file === undefined) throw new Error(`no lesson ${id}`);
  return knownIn(file);
};

export const allLessons = (): readonly Lesson[] => lessonPaths.map(knownIn);

export const allRuns = (): readonly LessonRun[] =>
  allLessons().flatMap((lesson) => [
    ...lesson.runs.map((run) => ({name: `${lesson.id} ${run.name}`, lesson, run})),
    ...lesson.whatIfs.map(({run}, index) => ({name: `${lesson.id} what-if ${index + 1}`, lesson, run})),
  ]);

/** Puts back the signatures that were kept apart. Beats and what-ifs are in the order of the lesson. */
const withSignatures = <T extends {readonly signature?: Signature}>(
  parts: readonly T[],
  signatures: readonly (Signature | undefined)[],
): readonly T[] =>
  parts.map((part, at) => {
    const signature = signatures[at];
    return signature ? {...part, signature} : part;
  });

/**
 * Returns a lesson with its signatures, as in the program: with them its beats are shown for other runs only if those are alike. Signing simulates
 * all runs of a lesson, so the signatures are kept from one run of the tests to the next.
 */
export const signed = oncePer((lesson: Lesson): Lesson => {
  const signatures = kept(`signatures-${lesson.id}`, () => {
    const {beats, whatIfs} = signLesson(lesson, (run) => traceOf({lesson, run}));
    return [beats.map(({signature}) => signature), whatIfs.map(({signature}) => signature)] as const;
  });
  const [ofBeats, ofWhatIfs] = signatures;
  return {
    ...lesson,
    beats: withSignatures(lesson.beats, ofBeats),
    whatIfs: withSignatures(lesson.whatIfs, ofWhatIfs),
  };
});

/** Its narration speaks wherever its event is found: nobody asks whether it is true there. */
export const unconditional = (lesson: Lesson): Lesson => ({
  ...lesson,
  beats: lesson.beats.map((beat) => {
    if (beat.kind !== 'narration') return beat;
    const {holds: _, leans: __, ...bare} = beat;
    return bare;
  }),
});

const traces = new WeakMap<Run, Trace>();

export const traceOf = ({lesson, run}: Pick<LessonRun, 'lesson' | 'run'>): Trace => {
  const known = traces.get(run);
  if (known) return actedIn(known);
  const about = {source: lesson.id, run: run.name};
  const trace = simulate(scenarioOf(run), about);
  traces.set(run, trace);
  return actedIn(trace);
};
