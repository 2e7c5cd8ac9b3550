// Finds the program's own lessons by ID: those compiled in the build, and generated challenges such as `make-17`.
import {compiledLesson} from '../io/lessons.ts';
import {readGeneratedId} from '../lesson/generated-id.ts';
import type {Lesson} from '../lesson/lesson.ts';

/** The generator of challenges is loaded only for an ID such as `make-17`. */
const generatedLesson = async (id: string): Promise<Lesson | undefined> => {
  const asked = readGeneratedId(id);
  if (asked === undefined) return undefined;
  const {generated} = await import('../drills/challenges/generated.ts');
  return generated(asked.sort, asked.seed);
};

export const ourLesson = async (id: string): Promise<Lesson | undefined> =>
  compiledLesson(id) ?? (await generatedLesson(id));
