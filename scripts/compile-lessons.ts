// lessons/ → JSON for the program: an index, each lesson, and what they share. Called by build.mjs.
import {mkdirSync, writeFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {lessonJsonSchema} from '../source/lesson/json-schema.ts';
import type {Lesson} from '../source/lesson/lesson.ts';
import type {LessonError} from '../source/lesson/lesson-error.ts';
import {loadData} from '../source/lesson/load-data.ts';
import {certificateFiles, curriculumOrder, dataFiles, lessonFiles, readLesson} from './lesson-files.ts';

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

export const compileLessons = (folder: string, target: string): void => {
  mkdirSync(target, {recursive: true});
  const write = (name: string, value: unknown): void =>
    writeFileSync(join(target, `${name}.json`), JSON.stringify(value));
  const named = (file: string): string => relative(join(folder, '..'), file);
  const certificates = certificateFiles(folder);
  const lessons = lessonFiles(folder).map((file) => orFail(readLesson(file, named(file), certificates)));
  for (const lesson of lessons) write(lesson.id, lesson);
  write('index', curriculumOrder(lessons, folder).map(summary));
  write('certificates', Object.fromEntries(certificates));
  write('data', orFail(loadData(dataFiles(folder))));
};

/** For editors: `# yaml-language-server: $schema=…`. */
export const writeSchema = (file: string): void => writeFileSync(file, JSON.stringify(lessonJsonSchema()));
