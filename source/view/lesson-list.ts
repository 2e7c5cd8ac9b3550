// Writes the list of lessons as text, by track.

import type {Lesson} from '../lesson/lesson.ts';
import type {Language} from '../lesson/text.ts';
import {type Shelved, shelves} from './shelves.ts';

type Listed = Pick<Lesson, 'id' | 'title' | 'minutes'> & Shelved;

/** The ids of the lessons that the learner has completed, and the mark that is shown before them. */
type Finished = {readonly mark: string; readonly finished: ReadonlySet<string>};

export const lessonList = (
  lessons: readonly Listed[],
  language: Language,
  {mark, finished}: Finished,
): readonly string[] => {
  const widest = Math.max(...lessons.map(({id}) => id.length));
  return shelves(lessons).flatMap(({name, lessons: here}) => {
    const rows = here.map(
      ({id, minutes, title}) =>
        `${finished.has(id) ? mark : ' '} ${id.padEnd(widest)}  ${String(minutes).padStart(3)} min  ${title[language]}`,
    );
    return [name[language], ...rows];
  });
};
