// Interview questions (lessons/data/interview.yaml): the points of a good answer, and the run that proves each point.
import type {Expression} from './expression.ts';
import type {SelectorFile} from './schema-script.ts';
import type {Selector} from './selector.ts';
import type {Text} from './text.ts';
import type {Track} from './tracks.ts';

/** The sets of questions for a kind of interview, with how many questions of the set are asked; `sets` of a question names them. */
export const interviewSets = {screening: 8, network: 10, web: 10, reliability: 10} as const;

export type InterviewSet = keyof typeof interviewSets;

export const isInterviewSet = (name: string): name is InterviewSet => Object.hasOwn(interviewSets, name);

export const setNames = Object.keys(interviewSets).filter(isInterviewSet);

/** The reasons for which no run shows a point. */
export const unshownReasons = ['kernel', 'tool', 'program', 'protocol', 'scale', 'speed', 'case'] as const;

export type UnshownReason = (typeof unshownReasons)[number];

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
  readonly proof?: Pick<ProofFile, 'lesson' | 'run'> | undefined;
  /** The reason for which no run shows the point; absent if one does. */
  readonly unshown?: UnshownReason | undefined;
};

export type InterviewQuestion = {
  readonly id: string;
  readonly topic: Track;
  /** 1 for what everybody asks, 3 for what is hard. */
  readonly level: number;
  readonly sets: readonly InterviewSet[];
  /** Words of either language by which the question is found although its own texts lack them. */
  readonly words: readonly string[];
  /** The misconception that the answer contradicts; absent if none of those that are known does. */
  readonly belief?: string | undefined;
  readonly ask: Text;
  /** Follow-up questions. */
  readonly next: readonly Text[];
  readonly points: readonly InterviewPoint[];
  /** An answer as it would be spoken, of 60 to 90 seconds. */
  readonly answer: Text;
};

/** Returns the lesson that shows most points of an answer; of several, the first. */
export const lessonOf = ({points}: Pick<InterviewQuestion, 'points'>): string | undefined => {
  const lessons = points.flatMap(({proof}) => proof?.lesson ?? []);
  const count = (lesson: string): number => lessons.filter((each) => each === lesson).length;
  return lessons.toSorted((a, b) => count(b) - count(a))[0];
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

/** Returns the question as it is published: of a proof only lesson and run, because the rest is in the lesson that has the run. */
export const withoutProofs = (question: InterviewFile): InterviewQuestion => ({
  ...question,
  points: question.points.map(({proof, ...point}) =>
    proof ? {...point, proof: {lesson: proof.lesson, ...(proof.run ? {run: proof.run} : {})}} : point,
  ),
});
