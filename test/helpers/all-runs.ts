// Every lesson with every run and what-if of it, simulated.
import {join} from 'node:path';
import {lessonFiles, readLesson} from '../../scripts/lesson-files.ts';
import {simulate} from '../../scripts/simulate.ts';
import type {Lesson, Run} from '../../source/lesson/lesson.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {root} from './terminal.ts';

export type LessonRun = {readonly name: string; readonly lesson: Lesson; readonly run: Run};

const lessons = (): readonly Lesson[] =>
  lessonFiles(join(root, 'lessons')).map((file) => {
    const lesson = readLesson(file, file.slice(root.length));
    if (!lesson.ok) throw new Error(lesson.error[0]?.message.en);
    return lesson.value;
  });

export const allRuns = (): readonly LessonRun[] =>
  lessons().flatMap((lesson) => [
    ...lesson.runs.map((run) => ({name: `${lesson.id} ${run.name}`, lesson, run})),
    ...lesson.whatIfs.map(({run}, index) => ({name: `${lesson.id} what-if ${index + 1}`, lesson, run})),
  ]);

export const traceOf = ({lesson, run}: LessonRun): Trace =>
  simulate(scenarioOf(run), {source: lesson.id, sourceDigest: lesson.digest, run: run.name});
