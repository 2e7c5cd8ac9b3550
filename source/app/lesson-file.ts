// Opens lesson files by their names, and finds the beliefs that lessons and their packs define.
import {lessonData} from '../io/lessons.ts';
import {mythAndFact} from '../lesson/belief.ts';
import type {Misconception} from '../lesson/data.ts';
import type {Lesson} from '../lesson/lesson.ts';
import {type Language, sameIn, type Text} from '../lesson/text.ts';
import {err, type Result} from '../wire/result.ts';
import type {Failure} from './command.ts';

export const isLessonFile = (source: string): boolean => /\.ya?ml$/i.test(source);

/** Reads a lesson file; of several faults in it, the first is the failure. */
export const openLessonFile = async (file: string): Promise<Result<Lesson, Failure>> => {
  const {readLessonFile} = await import('./read-lesson-file.ts');
  const lesson = await readLessonFile(file);
  if (lesson.ok) return lesson;
  const [first] = lesson.error;
  if (first === undefined) throw new Error('a lesson was refused without a reason');
  return err(first);
};

/** Returns the beliefs that questions of these lessons can be about: the program's own and those of the lessons' packs. */
export const beliefsKnownTo = (lessons: readonly Lesson[]): readonly Misconception[] => {
  const own = new Map(lessons.flatMap(({beliefs = []}) => beliefs.map((each) => [each.id, each] as const)));
  return [...lessonData().misconceptions, ...own.values()];
};

/** Returns a belief in its sentences, the myth and the fact; only its ID if the belief no longer exists. */
export const beliefToldIn = (
  id: string,
  lessons: readonly Lesson[],
  language: Language,
): readonly string[] => {
  const known = beliefsKnownTo(lessons).find((each) => each.id === id);
  return known === undefined ? [id] : mythAndFact(known, language);
};

/** Returns the name of a belief; its ID if the belief no longer exists. */
export const beliefNameIn = (id: string, lessons: readonly Lesson[]): Text =>
  beliefsKnownTo(lessons).find((each) => each.id === id)?.name ?? sameIn(id);
