// `list`: lessons by track, for people or as JSON.

import type {Command, Context} from '../app/command.ts';
import {openLearner} from '../app/learner.ts';
import {printJson, printLine} from '../app/print.ts';
import {type LessonSummary, lessonSummaries} from '../io/lessons.ts';
import {tracks} from '../lesson/tracks.ts';
import {type LessonStanding, lessonsOf} from '../quiz/lesson-standing.ts';
import {lessonList} from '../view/lesson-list.ts';

const untouched: LessonStanding = {finished: false, answers: 0, right: 0};

const entryJson = (
  {id, title, track, minutes, rfc, requires}: LessonSummary,
  standing: ReadonlyMap<string, LessonStanding>,
) => ({
  id,
  title,
  track,
  minutes,
  rfc,
  requires,
  progress: standing.get(id) ?? untouched,
});

export const printLessons = ({language, ascii}: Context): void => {
  const finished = [...lessonsOf(openLearner(language).records())].flatMap(([id, lesson]) =>
    lesson.finished ? [id] : [],
  );
  const mark = ascii ? '*' : '✓';
  for (const line of lessonList(lessonSummaries(), language, {mark, finished: new Set(finished)}))
    printLine(line);
};

export const list: Command = {
  options: [],
  run: async (_args, context) => {
    if (context.json) {
      const order = (summary: LessonSummary): number => tracks.indexOf(summary.track);
      const standing = lessonsOf(openLearner(context.language).records());
      const sorted = [...lessonSummaries()].sort((a, b) => order(a) - order(b));
      printJson(
        sorted.map((summary) => entryJson(summary, standing)),
        2,
      );
    } else {
      printLessons(context);
    }
    return 0;
  },
};
