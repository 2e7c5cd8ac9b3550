// Rounds whose questions are known before they begin, and what all rounds have in common.

import {lessonData} from '../io/lessons.ts';
import type {Lesson} from '../lesson/lesson.ts';
import {ofTrack} from '../quiz/composition.ts';
import type {Question} from '../quiz/question.ts';
import {type SheetWish, sheet} from '../quiz/sheet.ts';
import type {CryptoPort} from '../stack/tls/crypto-port.ts';
import type {Round} from '../ui/opened-run.ts';
import type {QuizReference} from '../view/quiz/quiz-screen.ts';
import type {RoundInfo} from '../view/quiz/quiz-state.ts';
import {byId} from './by-id.ts';
import {beliefsKnownTo} from './lesson-file.ts';

/** The lessons that are asked about, before any question is made. */
export type QuizSubject = {
  readonly lessons: readonly Lesson[];
  readonly seed: number;
  readonly count: number;
  readonly crypto: CryptoPort | undefined;
  readonly fixed: NonNullable<SheetWish['fixed']>;
  /** The most events that one run may have. */
  readonly mostEvents?: number | undefined;
};

/** Returns the reference for questions about `lessons`, whose packs may define beliefs of their own. */
export const quizReference = (lessons: readonly Lesson[]): QuizReference => ({
  rule: byId(lessonData().rules),
  misconception: byId(beliefsKnownTo(lessons)),
});

/** The material of a round. A round about a capture has no lessons and opens its run itself. */
type Ground = Pick<QuizSubject, 'lessons' | 'crypto'> & Pick<Round, 'openAsked'>;

/** Returns a question of the same kind about the same lesson, or also about others of its track, with the numbers of another seed. */
const renewed = (question: Question, seed: number, {lessons, crypto}: Ground): Question => {
  const lesson = lessons.find(({id}) => id === question.lesson);
  if (!lesson) return question;
  const beside = lessons.filter(({track}) => ofTrack.includes(question.kind) && track === lesson.track);
  const [other] = sheet({lessons: [...new Set([lesson, ...beside])], kinds: [question.kind], seed, crypto});
  return other ?? question;
};

/** Returns a round whose questions are known before it begins. */
export const listedRound = (info: RoundInfo, questions: readonly Question[], ground: Ground): Round => ({
  info,
  ...(ground.openAsked ? {openAsked: ground.openAsked} : {}),
  reference: quizReference(ground.lessons),
  next: (answered, dropped) => questions[answered.length + dropped],
  repeat: (wrong) => repeated(info, wrong, ground),
});

export const repeated = (info: RoundInfo, wrong: readonly Question[], ground: Ground): Round => {
  const seed = info.seed + 1;
  const {limitMs: _, fewer: __, ...rest} = info;
  const questions = wrong.map((question) => renewed(question, seed, ground));
  return listedRound({...rest, mode: 'practice', seed, count: questions.length}, questions, ground);
};
