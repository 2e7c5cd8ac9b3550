// lessons/ → JSON for the program: an index; packed, each track and what lessons share. Called by build.mjs.

import {mkdirSync, writeFileSync} from 'node:fs';
import {join, relative, sep} from 'node:path';
import {brotliCompressSync} from 'node:zlib';
import {packLesson} from '../source/io/packed-lesson.ts';
import {withoutProofs} from '../source/lesson/interview.ts';
import {lessonJsonSchema} from '../source/lesson/json-schema.ts';
import type {Lesson, Run} from '../source/lesson/lesson.ts';
import type {LessonError} from '../source/lesson/lesson-error.ts';
import {loadData} from '../source/lesson/load-data.ts';
import {loadInterview} from '../source/lesson/load-interview.ts';
import {scenarioOf} from '../source/lesson/run-scenario.ts';
import {signLesson} from '../source/lesson/signed.ts';
import {published} from '../source/lesson/text.ts';
import {tracks} from '../source/lesson/tracks.ts';
import type {Trace} from '../source/sim/trace.ts';
import {
  certificateFiles,
  curriculumOrder,
  dataFiles,
  interviewFile,
  lessonFiles,
  readLesson,
} from './lesson-files.ts';
import {simulate} from './simulate.ts';

const report = ({message, remedy, file, position}: LessonError): string =>
  `${file}:${position.line}:${position.column}: ${message.en}\n  ${remedy.en}`;

const orFail = <T>(result: {ok: true; value: T} | {ok: false; error: readonly LessonError[]}): T => {
  if (result.ok) return result.value;
  throw new Error(`a lesson cannot be read\n${result.error.map(report).join('\n')}`);
};

const summary = ({id, title, summary, track, minutes, rfc, requires}: Lesson) => ({
  id,
  title,
  summary,
  track,
  minutes,
  rfc,
  requires,
});

/** Of the run as its lesson has it. */
const ownTrace = (run: Run, {id: source}: Lesson): Trace =>
  simulate(scenarioOf(run), {source, run: run.name});

/** What only `check` asks, which reads the lesson's own file, is not published. */
const played = (lesson: Lesson): Lesson => ({...lesson, checks: []});

export const compileLessons = (folder: string, target: string): void => {
  mkdirSync(target, {recursive: true});
  const pack = (name: string, text: string): void =>
    writeFileSync(join(target, `${name}.br`), brotliCompressSync(text));
  // The same on every system: it is compiled in.
  const named = (file: string): string => relative(join(folder, '..'), file).split(sep).join('/');
  const certificates = certificateFiles(folder);
  const lessons = lessonFiles(folder).map((file) => {
    // Of the check alone.
    const {constants: _, ...lesson} = orFail(readLesson(file, named(file), certificates));
    return signLesson(lesson, ownTrace);
  });
  const ordered = curriculumOrder(lessons, folder);
  writeFileSync(join(target, 'index.json'), JSON.stringify(ordered.map(summary)));
  for (const track of tracks) {
    const ofTrack = ordered.filter((lesson) => lesson.track === track);
    pack(track, ofTrack.map((lesson) => packLesson(played(lesson), certificates)).join('\n'));
  }
  pack('certificates', JSON.stringify(Object.fromEntries(certificates)));
  pack('data', JSON.stringify(orFail(loadData(dataFiles(folder), published))));
  const questions = orFail(loadInterview(interviewFile(folder), published));
  pack('interview', JSON.stringify(questions.map(withoutProofs)));
};

/** For editors: `# yaml-language-server: $schema=…`. */
export const writeSchema = (file: string): void => writeFileSync(file, JSON.stringify(lessonJsonSchema()));
