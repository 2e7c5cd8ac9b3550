// The lessons in the menu: the program's own, then those of packs; those that cannot be opened are listed with the reason.
import {resolve} from 'node:path';
import {lessonSummaries} from '../io/lessons.ts';
import {fileOfLesson, lessonIdOf} from '../io/packs-here.ts';
import type {Lesson} from '../lesson/lesson.ts';
import {sameIn, type Text, worded} from '../lesson/text.ts';
import type {LessonEntry} from '../ui/menu-state.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {faultText} from '../words/catalogue/packs.ts';
import {noLesson} from '../words/errors.ts';
import type {Failure} from './command.ts';
import {openLessonFile} from './lesson-file.ts';
import {ourLesson} from './our-lesson.ts';
import {idsKnown} from './packs.ts';
import type {ReadPacks} from './read-packs.ts';

/** Returns a failure as one text: what is wrong, where, and the remedy. */
export const failureText = ({what, remedy, place}: Failure): Text =>
  place === undefined ? what : worded(faultText, {what, remedy, place});

export const lessonEntries = ({lessons, faulty}: ReadPacks): readonly LessonEntry[] => [
  ...lessonSummaries(),
  ...lessons.map(({file, ...lesson}) => ({...lesson, keptAs: resolve(file)})),
  // Faulty lessons of packs are identified by file, because their ID may be that of another lesson.
  ...faulty.map(({file, pack, failure}) => ({
    ...{id: file, pack, minutes: 0},
    ...{title: sameIn(lessonIdOf(file)), summary: sameIn(''), fault: failureText(failure)},
  })),
];

/** Returns the lesson with this ID, read again if it is a file of a pack. */
export const lessonById = async (id: string): Promise<Result<Lesson, Failure>> => {
  const ours = await ourLesson(id);
  if (ours) return ok(ours);
  const file = fileOfLesson(id);
  return file === undefined ? err({...noLesson(id, idsKnown()), exit: 2}) : openLessonFile(file);
};
