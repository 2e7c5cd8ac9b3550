// Words that questions share. Hosts are called as the picture of the run calls them.

import type {Lesson, Run} from '../lesson/lesson.ts';
import {sameIn, type Text, textOf, worded} from '../lesson/text.ts';
import {hostsFirst, hostsInside} from '../words/catalogue/hosts.ts';
import {titles} from '../words/catalogue/questions.ts';

export const hostText = (host: string): Text => textOf(hostsInside, host) ?? sameIn(host);

/** At the beginning of a sentence. */
export const hostFirst = (host: string): Text => textOf(hostsFirst, host) ?? sameIn(host);

/** `“Handshake” (with data)`: a lesson and a run of it. */
export const titleOf = ({title: lesson}: Lesson, {title: run}: Run): Text =>
  run ? worded(titles.ofRun, {lesson, run}) : worded(titles.ofLesson, {lesson});
