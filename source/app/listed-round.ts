// Rounds whose questions are known before they begin, and what all rounds have in common.

import {lessonData} from '../io/lessons.ts';
import type {Lesson} from '../lesson/lesson.ts';
import {isSameIdea} from '../quiz/composition.ts';
import {generators} from '../quiz/generators.ts';
import {ofTrack} from '../quiz/lesson-topic.ts';
import type {Question} from '../quiz/question.ts';
import {type SheetWish, sheet} from '../quiz/sheet.ts';
import type {MenuQuestions} from '../quiz/taught.ts';
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
type Ground = Pick<QuizSubject, 'lessons' | 'crypto'> &
  Pick<Round, 'openAsked'> & {
    /** The questions that the quiz of the menu may ask. @default everything */
    readonly menu?: MenuQuestions;
  };

/** The number of questions among which one of another kind is looked for. */
const mostLookedAt = 12;

/**
 * Returns another form of the question: about one of its beliefs, of another kind; or else of the same kind with the numbers of another
 * seed. Both are about the same lesson, or also about others of its track.
 */
const renewed = (question: Question, seed: number, {lessons, crypto, menu}: Ground): Question => {
  const lesson = lessons.find(({id}) => id === question.lesson);
  if (!lesson) return question;
  const beside = lessons.filter(({track}) => ofTrack.includes(question.kind) && track === lesson.track);
  const about = {lessons: [...new Set([lesson, ...beside])], seed, crypto, isSmall: menu !== undefined};
  const others = (menu?.kinds ?? generators.map(({kind}) => kind)).filter((kind) => kind !== question.kind);
  const isAsked = (other: Question): boolean => menu?.accepts(other) ?? true;
  let looked = 0;
  if (question.touches.length > 0)
    for (const other of sheet({...about, kinds: others})) {
      if (isAsked(other) && other.touches.some((belief) => question.touches.includes(belief))) return other;
      looked += 1;
      if (looked === mostLookedAt) break;
    }
  for (const other of sheet({...about, kinds: [question.kind]})) return isAsked(other) ? other : question;
  return question;
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
  const ideas = wrong.filter((each, n) => !wrong.slice(0, n).some((before) => isSameIdea(before, each)));
  const questions = ideas.map((question) => renewed(question, seed, ground));
  return listedRound({...rest, mode: 'practice', seed, count: questions.length}, questions, ground);
};
