// Words that questions share.

import type {Lesson, Run} from '../lesson/lesson.ts';
import {type Text, worded} from '../lesson/text.ts';
import {titles} from '../words/catalogue/questions.ts';

/** `“Handshake” (with data)`: a lesson and a run of it. */
export const titleOf = ({title: lesson}: Lesson, {title: run}: Run): Text =>
  run ? worded(titles.ofRun, {lesson, run}) : worded(titles.ofLesson, {lesson});
