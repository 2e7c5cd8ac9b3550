// Interview questions (lessons/data/interview.yaml): the points of a good answer, and the run that proves each point.
import type {Expression} from './expression.ts';
import type {SelectorFile} from './schema-script.ts';
import type {Selector} from './selector.ts';
import type {Text} from './text.ts';
import type {Track} from './tracks.ts';

/** A run that proves a point. `at` is the instant to look at; `that` holds there. */
export type ProofFile = {
  readonly lesson: string;
  /** The run that proves the point. @default the lesson's first run */
  readonly run?: string | undefined;
  readonly at: SelectorFile;
  readonly that: string;
};

export type InterviewPoint = {
  /** Identifies the point in the stored ticks. */
  readonly id: string;
  readonly text: Text;
  /** The lesson whose run shows the answer; absent if no run does. */
  readonly proof?: Pick<ProofFile, 'lesson'> | undefined;
};

export type InterviewQuestion = {
  readonly id: string;
  readonly topic: Track;
  readonly ask: Text;
  /** Follow-up questions. */
  readonly next: readonly Text[];
  readonly points: readonly InterviewPoint[];
  readonly answer: Text;
};

export type InterviewFile = Omit<InterviewQuestion, 'points'> & {
  readonly points: readonly (InterviewPoint & {readonly proof?: ProofFile | undefined})[];
};

/** A proof, read with the names of the lesson that has the run. */
export type Proof = {
  readonly question: string;
  readonly point: string;
  readonly run: string;
  readonly at: Selector;
  readonly that: Expression;
};

/** A proof as it is written, with its question and point. */
export type Claimed = Pick<Proof, 'question' | 'point'> & {readonly proof: ProofFile};

export const claimsIn = (lesson: string, questions: readonly InterviewFile[]): readonly Claimed[] =>
  questions.flatMap(({id: question, points}) =>
    points.flatMap(({id: point, proof}) => (proof?.lesson === lesson ? [{question, point, proof}] : [])),
  );

/** Returns the question as it is published, without proofs, which are in the lessons that have their runs. */
export const withoutProofs = (question: InterviewFile): InterviewQuestion => ({
  ...question,
  points: question.points.map(({proof, ...point}) =>
    proof ? {...point, proof: {lesson: proof.lesson}} : point,
  ),
});
