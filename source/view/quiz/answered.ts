// A question of a quiz round with the learner's answer to it.
import type {GivenAnswer, Grade} from '../../quiz/grade.ts';
import type {Confidence} from '../../quiz/progress-record.ts';
import type {Question} from '../../quiz/question.ts';

/**
 * A question that was answered. Everything except `again` is about the first try: a second try is worth half the points, and shows nothing
 * about misconceptions.
 */
export type Answered = {
  readonly question: Question;
  readonly given: GivenAnswer;
  readonly grade: Grade;
  /** The number of hint steps that the learner read before answering; a look at the run counts as one. */
  readonly hints: number;
  readonly confidence?: Confidence;
  /** The second try; undefined unless the first one was wrong and was followed by a second. */
  readonly again?: {readonly given: GivenAnswer; readonly grade: Grade};
};

export const pointsOf = ({grade, again}: Answered): number =>
  grade.right ? 1 : again?.grade.right ? 0.5 : 0;
