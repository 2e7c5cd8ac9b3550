// Words that questions share. Hosts are called as the picture of the run calls them.

import {theHost, theHostFirst} from '../lesson/host-names.ts';
import type {Lesson, Run} from '../lesson/lesson.ts';
import {type Text, worded} from '../lesson/text.ts';
import {titles} from '../words/catalogue/questions.ts';

export const hostText = (host: string): Text => theHost({header: {hosts: []}}, host);

/** At the beginning of a sentence. */
export const hostFirst = (host: string): Text => theHostFirst({header: {hosts: []}}, host);

/** `“Handshake” (with data)`: a lesson and a run of it. */
export const titleOf = ({title: lesson}: Lesson, {title: run}: Run): Text =>
  run ? worded(titles.ofRun, {lesson, run}) : worded(titles.ofLesson, {lesson});
