// The list of lessons as text, by track.

import type {Lesson} from '../lesson/lesson.ts';
import type {Language} from '../lesson/text.ts';
import {tracks} from '../lesson/tracks.ts';
import {trackNames} from '../words/catalogue/tracks.ts';

type Listed = Pick<Lesson, 'id' | 'title' | 'track' | 'minutes'>;

/** What stands before the lessons that were gone through. */
type Finished = {readonly mark: string; readonly finished: ReadonlySet<string>};

export const lessonList = (
  lessons: readonly Listed[],
  language: Language,
  {mark, finished}: Finished,
): readonly string[] => {
  const widest = Math.max(...lessons.map(({id}) => id.length));
  return tracks.flatMap((track) => {
    const here = lessons.filter((lesson) => lesson.track === track);
    if (here.length === 0) return [];
    const rows = here.map(
      ({id, minutes, title}) =>
        `${finished.has(id) ? mark : ' '} ${id.padEnd(widest)}  ${String(minutes).padStart(3)} min  ${title[language]}`,
    );
    return [trackNames[track][language], ...rows];
  });
};
