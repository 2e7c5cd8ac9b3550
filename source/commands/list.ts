// `list`: lessons by track, for people or as JSON.
import {type LessonSummary, lessonSummaries} from '../io/lessons.ts';
import {type Language, tracks} from '../lesson/lesson.ts';
import {lessonList} from '../present/lesson-list.ts';
import type {Command} from './command.ts';
import {printLine} from './print.ts';

/** Progress is kept from a later version on; the shape of the output is the contract's already. */
const entryJson = ({id, title, track, minutes, rfc, requires}: LessonSummary) => ({
  id,
  title,
  track,
  minutes,
  rfc,
  requires,
  progress: null,
});

export const printLessons = (language: Language): void => {
  for (const line of lessonList(lessonSummaries(), language)) printLine(line);
};

export const list: Command = {
  options: [],
  run: async (_args, {json, language}) => {
    if (json) {
      const order = (summary: LessonSummary): number => tracks.indexOf(summary.track);
      const sorted = [...lessonSummaries()].sort((a, b) => order(a) - order(b));
      printLine(JSON.stringify(sorted.map(entryJson), undefined, 2));
    } else {
      printLessons(language);
    }
    return 0;
  },
};
