// The types of interview questions (lessons/data/interview.yaml): the points of a good answer, and for each point the run that proves it.
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

/** The reasons for which no run of a lesson can show a point of an interview answer. */
export const unshownReasons = ['kernel', 'tool', 'program', 'protocol', 'scale', 'speed', 'case'] as const;

export type UnshownReason = (typeof unshownReasons)[number];

/** A run that proves a point of an interview answer, as written: the condition `that` is true at the instant `at`. */
export type ProofFile = {
  readonly lesson: string;
  /** The name of the lesson's run that proves the point. @default the lesson's first run */
  readonly run?: string | undefined;
  readonly at: SelectorFile;
  readonly that: string;
};

export type InterviewPoint = {
  /** The id of the point of an interview answer, under which ticks of the learner are stored. */
  readonly id: string;
  readonly text: Text;
  /** The lesson and run that prove the point; absent if no run does. */
  readonly proof?: Pick<ProofFile, 'lesson' | 'run'> | undefined;
  /** The reason for which no run proves the point; absent if one does. */
  readonly unshown?: UnshownReason | undefined;
};

export type InterviewQuestion = {
  readonly id: string;
  readonly topic: Track;
  /** The difficulty of the interview question: 1 for what everybody asks, 3 for what is hard. */
  readonly level: number;
  readonly sets: readonly InterviewSet[];
  /** Words, in either language, by which a search finds the interview question although its texts lack them. */
  readonly words: readonly string[];
  /** The id of the misconception that the answer contradicts; absent if there is none. */
  readonly belief?: string | undefined;
  readonly ask: Text;
  /** Follow-up questions that an interviewer may ask next. */
  readonly next: readonly Text[];
  readonly points: readonly InterviewPoint[];
  /** A model answer to the interview question as it would be spoken, 60 to 90 seconds long. */
  readonly answer: Text;
};

/** Returns the id of the lesson whose runs prove most points of an interview answer (the first of several); undefined if none does. */
export const lessonOf = ({points}: Pick<InterviewQuestion, 'points'>): string | undefined => {
  const lessons = points.flatMap(({proof}) => proof?.lesson ?? []);
  const count = (lesson: string): number => lessons.filter((each) => each === lesson).length;
  return lessons.toSorted((a, b) => count(b) - count(a))[0];
};

export type InterviewFile = Omit<InterviewQuestion, 'points'> & {
  readonly points: readonly (InterviewPoint & {readonly proof?: ProofFile | undefined})[];
};

/** The proof of a point in an interview answer, compiled with the names of the lesson that has its run. */
export type Proof = {
  readonly question: string;
  readonly point: string;
  readonly run: string;
  readonly at: Selector;
  readonly that: Expression;
};

/** The proof of a point in an interview answer as it is written, with the ids of its question and point. */
export type Claimed = Pick<Proof, 'question' | 'point'> & {readonly proof: ProofFile};

export const claimsIn = (lesson: string, questions: readonly InterviewFile[]): readonly Claimed[] =>
  questions.flatMap(({id: question, points}) =>
    points.flatMap(({id: point, proof}) => (proof?.lesson === lesson ? [{question, point, proof}] : [])),
  );

/** Returns the interview question as it is published: each proof keeps only its lesson and run, because the lesson has the rest. */
export const withoutProofs = (question: InterviewFile): InterviewQuestion => ({
  ...question,
  points: question.points.map(({proof, ...point}) =>
    proof ? {...point, proof: {lesson: proof.lesson, ...(proof.run ? {run: proof.run} : {})}} : point,
  ),
});
