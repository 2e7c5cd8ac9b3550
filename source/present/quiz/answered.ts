// A question of a round with the learner's answer to it.
import type {GivenAnswer, Grade} from '../../lesson/quiz/grade.ts';
import type {Confidence} from '../../lesson/quiz/progress-record.ts';
import type {Question} from '../../lesson/quiz/question.ts';

export type Answered = {
  readonly question: Question;
  readonly given: GivenAnswer;
  readonly grade: Grade;
  /** Steps of the hint that were read; a look at the run counts as one. */
  readonly hints: number;
  readonly confidence?: Confidence;
};
