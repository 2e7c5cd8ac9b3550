// Checks the belief file of a pack for the command `check`, and lists the files of a folder that are to be checked.
import {basename, dirname, join} from 'node:path';
import {exists, readText} from '../io/files.ts';
import {lessonIds} from '../io/lessons.ts';
import {beliefFile, isFolder, mostLessons, packFiles} from '../io/pack.ts';
import type {Lesson} from '../lesson/lesson.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {tooManyLessons} from '../words/catalogue/quiz-errors.ts';
import {problemOf} from '../words/problem.ts';
import type {Failure} from './command.ts';
import {simulator} from './crypto-of.ts';
import {fileFailure, lessonFailure} from './lesson-failure.ts';
import type {Budget} from './options.ts';
import {readBeliefFile, readLessonFile} from './read-lesson-file.ts';

/** Returns the files that `check` is to check: named files, and the belief file and the lessons of named folders. */
export const filesToJudge = (given: readonly string[]): Result<readonly string[], Failure> => {
  const files: string[] = [];
  for (const name of given) {
    const {lessons, beliefs} = isFolder(name) ? packFiles(name) : {lessons: [], beliefs: undefined};
    if (lessons.length > mostLessons)
      return err({
        ...problemOf(tooManyLessons, {folder: name, lessons: lessons.length, most: mostLessons}),
        exit: 2,
      });
    if (lessons.length === 0) files.push(name);
    else files.push(...(beliefs === undefined ? [] : [beliefs]), ...lessons);
  }
  return ok(files);
};

type Read = {readonly lessons: readonly Lesson[]; readonly failures: readonly Failure[]};

/** Reads the lessons of a pack. Only faults in the belief file are returned, because faults in lessons are reported elsewhere. */
const readAll = async (files: readonly string[]): Promise<Read> => {
  const lessons: Lesson[] = [];
  const failures: Failure[] = [];
  for (const file of files) {
    const lesson = await readLessonFile(file);
    if (lesson.ok) lessons.push(lesson.value);
    else failures.push(...lesson.error.filter(({place}) => place?.startsWith(`${beliefFile}:`)));
  }
  return {lessons, failures};
};

const judgePack = async (file: string, budget: Budget): Promise<readonly Failure[]> => {
  const pack = await readBeliefFile(file);
  if (!pack.ok) return pack.error;
  const files = packFiles(dirname(file)).lessons.slice(0, mostLessons);
  const inPack = files.map((each) => basename(each).replace(/\.ya?ml$/i, ''));
  const {lessons, failures} = await readAll(files);
  const {beliefErrors} = await import('../lesson/check-beliefs.ts');
  const simulate = await simulator(lessons);
  const errors = beliefErrors(pack.value, {lessons, inPack, ours: lessonIds(), simulate, ...budget});
  return [...errors.map(lessonFailure), ...failures];
};

/** Returns notes on the sentences of a pack's beliefs that the quiz does not print. */
export const beliefNotes = async (file: string): Promise<readonly Failure[]> => {
  const pack = isRegistry(file) ? undefined : await readBeliefFile(file);
  if (!pack?.ok) return [];
  const {lessons} = await readAll(packFiles(dirname(file)).lessons.slice(0, mostLessons));
  const {tiedSentences} = await import('../lesson/check-beliefs.ts');
  return tiedSentences(lessons, pack.value).map(lessonFailure);
};

/** Tells whether a belief file is the program's own, which has rules.yaml beside it and its lessons in another folder. */
export const isRegistry = (file: string): boolean =>
  basename(file) === beliefFile && exists(join(dirname(file), 'rules.yaml'));

const judgeRegistry = async (file: string): Promise<readonly Failure[]> => {
  const text = readText(file);
  if (!text.ok) return [fileFailure(file, text.error)];
  const {loadData} = await import('../lesson/load-data.ts');
  const data = loadData({misconceptions: {text: text.value, file}});
  return data.ok ? [] : data.error.map(lessonFailure);
};

export const judgeBeliefs = (file: string, budget: Budget): Promise<readonly Failure[]> =>
  isRegistry(file) ? judgeRegistry(file) : judgePack(file, budget);
