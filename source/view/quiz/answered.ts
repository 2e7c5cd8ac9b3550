// A question of a round with the learner's answer to it.
import type {GivenAnswer, Grade} from '../../quiz/grade.ts';
import type {Confidence} from '../../quiz/progress-record.ts';
import type {Question} from '../../quiz/question.ts';

/** All but `again` is about the first try: the second one is worth half the points, and says nothing of what is believed. */
export type Answered = {
  readonly question: Question;
  readonly given: GivenAnswer;
  readonly grade: Grade;
  /** Steps of the hint that were read before it; a look at the run counts as one. */
  readonly hints: number;
  readonly confidence?: Confidence;
  /** After a wrong answer and a hint. */
  readonly again?: {readonly given: GivenAnswer; readonly grade: Grade};
};

export const pointsOf = ({grade, again}: Answered): number =>
  grade.right ? 1 : again?.grade.right ? 0.5 : 0;
