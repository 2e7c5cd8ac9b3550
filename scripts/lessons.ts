// Judges every lesson, or those that are named: schema, each run and what-if, every beat, both languages. Prints a table; 1 if any fails.
import {existsSync} from 'node:fs';
import {basename, relative, resolve} from 'node:path';
import process from 'node:process';
import {checkLesson} from '../source/lesson/check.ts';
import type {Lesson} from '../source/lesson/lesson.ts';
import type {LessonError} from '../source/lesson/lesson-error.ts';
import {loadData} from '../source/lesson/load-data.ts';
import {published} from '../source/lesson/text.ts';
import {challengeFiles, dataFiles, lessonFiles, readLesson} from './lesson-files.ts';
import {simulate} from './simulate.ts';

const folder = `${process.cwd()}/lessons`;

const say = ({file, position, message, remedy}: LessonError): void => {
  console.error(`${file}:${position.line}:${position.column}: ${message.en}\n  ${remedy.en}`);
};

const row = (cells: readonly (string | number)[]): string => {
  const [name = '', ...numbers] = cells;
  return `${String(name).padEnd(28)}${numbers.map((cell) => String(cell).padStart(11)).join('')}`;
};

const countsOf = ({runs, whatIfs, beats, checks}: Lesson): readonly number[] => [
  runs.length,
  whatIfs.length,
  beats.filter(({kind}) => kind === 'narration').length,
  beats.filter(({kind}) => kind !== 'narration').length,
  checks.length + whatIfs.reduce((sum, whatIf) => sum + whatIf.checks.length + whatIf.expect.length, 0),
];

const data = loadData(dataFiles(folder), published);
if (!data.ok) data.error.forEach(say);
let failed = data.ok ? 0 : 1;

const all = [...lessonFiles(folder), ...challengeFiles(folder)];
const lessons = all.map((file) => basename(file, '.yaml'));

/** A path, or the id of a lesson. */
const named = process.argv.slice(2);
const fileOf = (name: string): string | undefined =>
  existsSync(name) ? resolve(name) : all.find((file) => basename(file, '.yaml') === name);
for (const name of named.filter((each) => fileOf(each) === undefined)) {
  console.error(`${name} is no lesson\n  give a file, or an id: ${lessons.join(' ')}`);
  failed += 1;
}
const files = named.length === 0 ? all : named.flatMap((name) => fileOf(name) ?? []);

console.log(row(['lesson', 'runs', 'what-ifs', 'narration', 'questions', 'checks', '']));
for (const file of files) {
  const lesson = readLesson(file, relative(process.cwd(), file));
  const shared = data.ok ? data.value : {rules: [], misconceptions: [], glossary: [], labels: [], cards: []};
  const errors = lesson.ok
    ? checkLesson(lesson.value, simulate, {...shared, lessons, ours: true})
    : lesson.error;
  const name = lesson.ok ? lesson.value.id : relative(folder, file);
  console.log(
    row([
      name,
      ...(lesson.ok ? countsOf(lesson.value) : ['', '', '', '', '']),
      errors.length === 0 ? 'ok' : 'FAILED',
    ]),
  );
  errors.forEach(say);
  if (errors.length > 0) failed += 1;
}
process.exitCode = failed === 0 ? 0 : 1;
