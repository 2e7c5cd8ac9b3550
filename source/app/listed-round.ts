// Quiz rounds whose questions are all known before they begin, and what all rounds have in common.

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

/** The lessons that a quiz asks about, with the limits and tools that their runs need. */
export type QuizSubject = {
  readonly lessons: readonly Lesson[];
  readonly seed: number;
  readonly count: number;
  readonly crypto: CryptoPort | undefined;
  readonly fixed: NonNullable<SheetWish['fixed']>;
  /** The most events of each run that the quiz simulates; the usual limit if undefined. */
  readonly mostEvents?: number | undefined;
};

/** Returns the reference that explains quiz answers (beliefs and rules), including the beliefs of the lessons' packs. */
export const quizReference = (lessons: readonly Lesson[]): QuizReference => ({
  rule: byId(lessonData().rules),
  misconception: byId(beliefsKnownTo(lessons)),
});

/** The source from which a quiz round takes new questions. A round about a capture has no lessons and opens its run itself. */
type Ground = Pick<QuizSubject, 'lessons' | 'crypto'> &
  Pick<Round, 'openAsked'> & {
    /** The questions that a quiz from the menu may ask; absent for other quizzes. @default everything */
    readonly menu?: MenuQuestions;
  };

/** The number of questions that are made in search of one of another kind. */
const mostLookedAt = 12;

/**
 * Returns another question for one answered wrongly: another kind about the same belief, or else the same kind with numbers from another
 * seed; about the same lesson or others of its track.
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

/** Returns a quiz round with a fixed list of questions. */
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
