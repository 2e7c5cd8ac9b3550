// A lesson of the program by its ID: one that was compiled when the program was built, or a generated challenge such as `make-17`.
import {compiledLesson} from '../io/lessons.ts';
import {readGeneratedId} from '../lesson/generated-id.ts';
import type {Lesson} from '../lesson/lesson.ts';

/** The generator is only loaded if such a challenge is asked for. */
const generatedLesson = async (id: string): Promise<Lesson | undefined> => {
  const asked = readGeneratedId(id);
  if (asked === undefined) return undefined;
  const {generated} = await import('../drills/challenges/generated.ts');
  return generated(asked.sort, asked.seed);
};

export const ourLesson = async (id: string): Promise<Lesson | undefined> =>
  compiledLesson(id) ?? (await generatedLesson(id));
