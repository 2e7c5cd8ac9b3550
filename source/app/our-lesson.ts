// A lesson of the program by its ID: one that was compiled when the program was built, or a generated challenge such as `make-17`.
import {compiledLesson} from '../io/lessons.ts';
import type {Lesson} from '../lesson/lesson.ts';
import {sorts} from '../lesson/tracks.ts';

/** The greatest number of a generated challenge. */
export const mostSeed = 999_999_999;

const shape = new RegExp(`^(${sorts.join('|')})-(0|[1-9]\\d{0,8})$`);

/** The generator is only loaded if such a challenge is asked for. */
const generatedLesson = async (id: string): Promise<Lesson | undefined> => {
  const [, word, seed] = shape.exec(id) ?? [];
  const sort = sorts.find((each) => each === word);
  if (sort === undefined) return undefined;
  const {generated} = await import('../drills/challenges/generated.ts');
  return generated(sort, Number(seed));
};

export const ourLesson = async (id: string): Promise<Lesson | undefined> =>
  compiledLesson(id) ?? (await generatedLesson(id));
