// The kinds of questions: what each is about, and its name for lists and reports.
import type {Text} from '../lesson.ts';
import {text} from '../problem.ts';
import type {Topic} from './question.ts';

type Kind = {readonly topic: Topic; readonly name: Text};

const tcp = (en: string, zh: string): Kind => ({topic: 'tcp', name: text(en, zh)});

export const kinds = {
  'next-ack': tcp('the next ack', '下一个 ack'),
  'next-seq': tcp('the next seq', '下一个 seq'),
  prediction: {topic: 'layers', name: text('from the lesson', '课程里的题')},
} as const satisfies {readonly [kind: string]: Kind};

export type QuestionKind = keyof typeof kinds;
