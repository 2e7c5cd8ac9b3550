// Finds the subjects of a quiz by name: the program's lessons and tracks, lesson files, folders of lessons.

import {exists} from '../io/files.ts';
import {compiledLesson, lessonIds} from '../io/lessons.ts';
import {isFolder, mostLessons, packFiles} from '../io/pack.ts';
import {fileOfLesson, packCalled} from '../io/packs-here.ts';
import type {Lesson} from '../lesson/lesson.ts';
import {tracks} from '../lesson/tracks.ts';
import type {Question} from '../quiz/question.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {noFile} from '../words/catalogue/errors.ts';
import {captureNeedsSource, noLessonsIn, tooManyLessons} from '../words/catalogue/quiz-errors.ts';
import {problemOf} from '../words/problem.ts';
import {noSuchSubject, twoOfOneName} from '../words/quiz-errors.ts';
import type {Failure} from './command.ts';
import {isLessonFile, openLessonFile} from './lesson-file.ts';
import {isCapture} from './open-source.ts';
import {idsKnown, packNames} from './packs.ts';

const filesOf = (name: string): Result<readonly string[], Failure> => {
  if (isLessonFile(name)) return ok([name]);
  const [lesson, pack] = [fileOfLesson(name), packCalled(name)];
  if (lesson !== undefined) return ok([lesson]);
  if (isCapture(name)) return err({...problemOf(captureNeedsSource, {given: name}), exit: 2});
  if (!pack && !isFolder(name)) {
    const isPath = /[./\\]/.test(name) && !exists(name);
    return err({
      ...(isPath
        ? problemOf(noFile, {file: name})
        : noSuchSubject(name, [...idsKnown(), ...packNames(), ...tracks])),
      exit: 2,
    });
  }
  const {lessons} = pack ?? packFiles(name);
  if (lessons.length > mostLessons)
    return err({
      ...problemOf(tooManyLessons, {folder: name, lessons: lessons.length, most: mostLessons}),
      exit: 2,
    });
  return lessons.length > 0 ? ok(lessons) : err({...problemOf(noLessonsIn, {folder: name}), exit: 2});
};

/**
 * Returns the lessons that a name means: a lesson ID, a track, a file, a pack or a folder. The program's names come first, so a folder
 * called like a track is `./dns`.
 */
const lessonsCalled = async (
  name: string,
  ours: readonly Lesson[],
): Promise<Result<readonly Lesson[], Failure>> => {
  const known = ours.filter(({id, track}) => id === name || track === name);
  if (known.length > 0) return ok(known);
  const files = filesOf(name);
  if (!files.ok) return files;
  const lessons: Lesson[] = [];
  for (const file of files.value) {
    const lesson = await openLessonFile(file);
    if (!lesson.ok) return lesson;
    lessons.push(lesson.value);
  }
  return ok(lessons);
};

/** Returns the lessons that the names mean, without duplicates; all of the program's own if there are no names. */
export const lessonsNamed = async (names: readonly string[]): Promise<Result<readonly Lesson[], Failure>> => {
  const ours = lessonIds().flatMap((id) => compiledLesson(id) ?? []);
  if (names.length === 0) return ok(ours);
  const chosen = new Map<string, Lesson>();
  for (const name of names) {
    const found = await lessonsCalled(name, ours);
    if (!found.ok) return found;
    for (const lesson of found.value) {
      const {id, openedFrom = id} = lesson;
      const before = chosen.get(id);
      const other = before && (before.openedFrom ?? id);
      // Questions, answers and progress name a lesson by its ID, so two lessons with one ID could not be told apart.
      if (other !== undefined && other !== openedFrom)
        return err({...twoOfOneName(id, [other, openedFrom]), exit: 2});
      chosen.set(id, lesson);
    }
  }
  return ok([...chosen.values()]);
};

/** Returns the lesson that a quiz question is about, read from its file if it is not the program's own. */
export const lessonOfQuestion = async ({lesson, evidence}: Question): Promise<Result<Lesson, Failure>> => {
  const {source} = evidence;
  if (source !== lesson) return openLessonFile(source);
  const found = compiledLesson(lesson);
  return found ? ok(found) : err({...noSuchSubject(lesson, lessonIds()), exit: 2});
};
