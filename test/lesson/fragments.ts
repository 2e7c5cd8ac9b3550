// Small lessons for tests: a whole lesson's text with one part replaced, and its errors as single lines.
import {expect} from 'vitest';
import type {Lesson, Run} from '../../source/lesson/lesson.ts';
import type {LessonError} from '../../source/lesson/lesson-error.ts';
import {loadLesson} from '../../source/lesson/load.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {traceOf as traceOfRun} from '../helpers/all-runs.ts';
import {type Told, toldError} from './told-problem.ts';

const parts = {
  head: `format: 1
id: sample
title: {en: Sample, zh: 样例}
summary: {en: A sample., zh: 样例。}
track: tcp-open
minutes: 5
rfc: [9293 §3.5]
`,
  topology: `topology:
  hosts:
    client: {iss: 1000}
    server: {iss: 9000}
`,
  script: `script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: client, call: connect, to: 'server:80', from: 40000, as: c}
`,
  runs: '',
  beats: `beats:
  - {when: {sends: client, flags: [SYN]}, say: {en: hello, zh: 你好}}
`,
  checks: '',
  whatIf: '',
};

export const lessonText = (changed: Partial<typeof parts> = {}): string =>
  Object.values({...parts, ...changed}).join('');

/** Line in the lesson's text where a part begins, so that a test says “line 2 of beats”. */
export const lineOf = (text: string, piece: string): number =>
  text.slice(0, text.indexOf(piece)).split('\n').length;

export const errorLine = ({position, message, remedy}: LessonError): string =>
  `${position.line}:${position.column} ${message.en} | ${remedy.en}`;

export const load = (changed: Partial<typeof parts> = {}): Lesson => {
  const lesson = loadLesson(lessonText(changed), 'sample.yaml');
  if (!lesson.ok) expect.fail(lesson.error.map(errorLine).join('\n'));
  return lesson.value;
};

export const errorsOf = (changed: Partial<typeof parts>): readonly Told[] => {
  const lesson = loadLesson(lessonText(changed), 'sample.yaml');
  if (lesson.ok) expect.fail('no error was found');
  for (const {message, remedy} of lesson.error) {
    expect(message.zh).not.toBe('');
    expect(remedy.zh).not.toBe('');
  }
  return lesson.error.map(toldError);
};

export const runOf = (lesson: Lesson, name = 'base'): Run => {
  const run = lesson.runs.find((each) => each.name === name);
  if (!run) expect.fail(`no run ${name}`);
  return run;
};

export const traceOf = (lesson: Lesson, name = 'base'): Trace =>
  traceOfRun({lesson, run: runOf(lesson, name)});
