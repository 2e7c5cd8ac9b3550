// The digest of every run and what-if of every lesson, under three seeds, as `show --json` ends with it.
import {join, relative} from 'node:path';
import {traceLines} from '../source/account/trace-json.ts';
import {bindBeats} from '../source/lesson/bind.ts';
import type {Lesson, Run} from '../source/lesson/lesson.ts';
import {scenarioOf} from '../source/lesson/run-scenario.ts';
import {lessonFiles, readLesson} from './lesson-files.ts';
import {simulate} from './simulate.ts';

const seeds = [1, 2, 4_294_967_295];

/** As the last line of `show --json` says it. */
export const digestOf = (lesson: Lesson, run: Run, seed: number): string => {
  const trace = simulate(scenarioOf({...run, seed}), {
    source: lesson.id,
    sourceDigest: lesson.digest,
    run: run.name,
  });
  const notes = bindBeats(lesson, run.name, trace).beats.map(({event, index, kind}) => ({
    after: kind === 'prediction' ? event - 1 : event,
    beat: index + 1,
    form: kind,
    text: '',
  }));
  const inOrder = notes.sort((a, b) => a.after - b.after || a.beat - b.beat);
  let digest = '';
  for (const line of traceLines(trace, {title: '', notes: inOrder})) digest = String(line['digest'] ?? '');
  return digest;
};

export const allDigests = (root: string): Readonly<Record<string, string>> => {
  const digests: Record<string, string> = {};
  for (const file of lessonFiles(join(root, 'lessons'))) {
    const lesson = readLesson(file, relative(root, file));
    if (!lesson.ok) throw new Error(`${file}: ${lesson.error[0]?.message.en}`);
    const {id, runs, whatIfs} = lesson.value;
    const named = [
      ...runs.map((run) => ({name: run.name, run})),
      ...whatIfs.map(({run}, index) => ({name: `what-if ${index + 1}`, run})),
    ];
    for (const {name, run} of named) {
      for (const seed of seeds) digests[`${id} ${name} seed ${seed}`] = digestOf(lesson.value, run, seed);
    }
  }
  return digests;
};
