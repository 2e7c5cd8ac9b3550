// Words that several kinds of quiz questions share.

import type {Lesson, Run} from '../lesson/lesson.ts';
import {type Text, worded} from '../lesson/text.ts';
import {titles} from '../words/catalogue/questions.ts';

/** Returns the title of a lesson with that of one of its runs, `“Handshake” (with data)`; only the lesson's if the run has none. */
export const titleOf = ({title: lesson}: Lesson, {title: run}: Run): Text =>
  run ? worded(titles.ofRun, {lesson, run}) : worded(titles.ofLesson, {lesson});
