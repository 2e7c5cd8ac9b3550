// Makes the record of an answer to a question that a lesson asks while it is played.
import type {BoundBeat} from '../lesson/bound-beat.ts';
import type {Lesson} from '../lesson/lesson.ts';
import {identityOf} from './candidate.ts';
import {topicOf} from './lesson-topic.ts';
import type {Answer} from './progress-record.ts';

type Given = {
  readonly lesson: Pick<Lesson, 'id' | 'track' | 'openedFrom'>;
  readonly question: Extract<BoundBeat, {kind: 'prediction' | 'concept'}>;
  /** The id of the choice that the learner took. */
  readonly choice: string;
  readonly hinted: boolean;
  /** The id of the choice that the learner took at the second try; absent if there was none. */
  readonly again?: string;
};

export const answerInLesson = ({
  lesson,
  question,
  choice,
  hinted,
  again,
}: Given): Omit<Answer, 'id' | 'atMs'> | undefined => {
  const {choices, index} = question;
  const taken = choices.find(({id}) => id === choice);
  if (!taken) return undefined;
  const touches = choices.flatMap(({misconception}) => misconception ?? []);
  return {
    kind: 'answer',
    ...(lesson.openedFrom === undefined ? {} : {file: lesson.openedFrom}),
    question: `${lesson.id}/${index}`,
    text: identityOf('prediction', `${lesson.id} ${index}`, choices),
    lesson: lesson.id,
    asks: 'prediction',
    topic: topicOf(lesson),
    skill: `${lesson.id}/prediction`,
    touches: [...new Set(touches)],
    wrongWays: choices.filter(({correct}) => !correct).length,
    given: choice,
    right: taken.correct,
    means: taken.correct || taken.misconception === undefined ? [] : [taken.misconception],
    ...(again === undefined ? {} : {again, mended: choices.some(({id, correct}) => id === again && correct)}),
    hints: hinted ? 1 : 0,
    askedIn: 'lesson',
  };
};
