// A question of a round with the learner's answer to it.
import type {GivenAnswer, Grade} from '../../quiz/grade.ts';
import type {Confidence} from '../../quiz/progress-record.ts';
import type {Question} from '../../quiz/question.ts';

/** Everything except `again` is about the first try: a second try is worth half the points, and shows nothing about beliefs. */
export type Answered = {
  readonly question: Question;
  readonly given: GivenAnswer;
  readonly grade: Grade;
  /** The number of hint steps that were read before; a look at the run counts as one. */
  readonly hints: number;
  readonly confidence?: Confidence;
  /** The second try, after a wrong answer and a hint. */
  readonly again?: {readonly given: GivenAnswer; readonly grade: Grade};
};

export const pointsOf = ({grade, again}: Answered): number =>
  grade.right ? 1 : again?.grade.right ? 0.5 : 0;
