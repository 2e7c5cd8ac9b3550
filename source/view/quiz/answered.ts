// A question of a round with the learner's answer to it.
import type {GivenAnswer, Grade} from '../../quiz/grade.ts';
import type {Confidence} from '../../quiz/progress-record.ts';
import type {Question} from '../../quiz/question.ts';

export type Answered = {
  readonly question: Question;
  readonly given: GivenAnswer;
  readonly grade: Grade;
  /** Steps of the hint that were read; a look at the run counts as one. */
  readonly hints: number;
  readonly confidence?: Confidence;
};
