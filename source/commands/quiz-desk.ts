// What the app asks about the learner: the pages of review and progress, what the menu says, and rounds begun from there.
import {compiledLesson, lessonData, lessonIds} from '../io/lessons.ts';
import type {Progress} from '../io/progress.ts';
import type {Lesson} from '../lesson/lesson.ts';
import {nextReview, type ReviewCard} from '../lesson/quiz/schedule.ts';
import type {Standing} from '../lesson/quiz/standing.ts';
import type {LearnerPage} from '../present/quiz/learner-page.ts';
import {everyLesson, whatIsDue, whatIsWeak} from '../present/text/quiz.ts';
import type {QuizDesk} from '../ui/app-options.ts';
import type {Round} from '../ui/quiz-round.ts';
import {cryptoFor} from './crypto-of.ts';
import {now} from './learner.ts';
import {pageOf} from './learner-page.ts';
import {openLessonFile} from './lesson-file.ts';
import {answersIn, freshSeed, growingPool, practiceRound, quizReference, repeated} from './quiz-round.ts';

const practiceCount = 10;

export const learnerPage = (kind: LearnerPage['kind'], progress: Progress): LearnerPage => {
  const {language: _, ascii: __, ...data} = pageOf(progress, {language: 'en', ascii: false});
  return {kind, data};
};

const standing = (progress: Progress): Standing => learnerPage('review', progress).data.standing;

/** By their ids; those of packs as they lie there now. What is gone or broken asks nothing. */
const lessonsOf = async (ids: readonly string[], progress: Progress): Promise<readonly Lesson[]> => {
  const files = new Map(progress.records().map(({lesson, file}) => [lesson, file]));
  const lessons: Lesson[] = [];
  for (const id of new Set(ids)) {
    const file = files.get(id);
    const ours = compiledLesson(id);
    const theirs = ours || file === undefined ? undefined : await openLessonFile(file);
    if (ours) lessons.push(ours);
    else if (theirs?.ok && theirs.value.id === id) lessons.push(theirs.value);
  }
  return lessons;
};

/** Ours say so themselves; of others it is the lesson that asked last. */
const lessonOfBelief = (progress: Progress): ReadonlyMap<string, string> =>
  new Map([
    ...answersIn(progress).flatMap(({touches, lesson}) => touches.map((id) => [id, lesson] as const)),
    ...lessonData().misconceptions.map(({id, lesson}) => [id, lesson] as const),
  ]);

/** Where a card is asked about: its last lesson, and the one that mends the belief. */
const lessonsFor = (cards: readonly ReviewCard[], progress: Progress): Promise<readonly Lesson[]> => {
  const home = lessonOfBelief(progress);
  return lessonsOf(
    cards.flatMap(({name, lesson}) => [lesson, home.get(name) ?? lesson]),
    progress,
  );
};

const poolStep = 20;
/** Beyond that a card has no question today. */
const largestPool = 200;

const reviewRound = async (progress: Progress): Promise<Round> => {
  const {due} = standing(progress);
  const lessons = await lessonsFor(due, progress);
  const crypto = await cryptoFor(lessons);
  const seed = freshSeed();
  const pool = growingPool({lessons, seed, crypto, each: 3});
  return {
    info: {mode: 'review', title: whatIsDue, command: 'review', seed, count: due.length},
    reference: quizReference(lessons),
    next(answered) {
      const left = standing(progress).due;
      const chance = {nowMs: now(), draw: seed + answered.length};
      for (let least = poolStep; left.length > 0; least += poolStep) {
        const isMore = pool.grow(least) && least < largestPool;
        // The first due card first, as long as the runs may still have a question about it.
        const wanted = isMore ? left.slice(0, 1) : left;
        const found = nextReview(pool.entries, wanted, answersIn(progress), chance);
        if (found || !isMore) return found?.question;
      }
      return undefined;
    },
    repeat: (wrong) =>
      repeated({mode: 'review', title: whatIsDue, command: 'review', seed, count: 0}, wrong, {
        lessons,
        crypto,
      }),
  };
};

const practice = async (progress: Progress, isWeak: boolean): Promise<Round> => {
  const home = lessonOfBelief(progress);
  const weak = standing(progress).beliefs.filter(({level}) => level === 'weak' || level === 'shaky');
  const named = isWeak ? weak.flatMap(({misconception}) => home.get(misconception) ?? []) : [];
  const mending = await lessonsOf(named, progress);
  const lessons = mending.length > 0 ? mending : await lessonsOf(lessonIds(), progress);
  const seed = freshSeed();
  const crypto = await cryptoFor(lessons);
  const info = {
    mode: 'practice',
    title: mending.length > 0 ? whatIsWeak : everyLesson,
    command: ['quiz', ...mending.map(({id, openedFrom = id}) => openedFrom)].join(' '),
    seed,
    count: practiceCount,
  } as const;
  return practiceRound(info, {lessons, seed, crypto, count: practiceCount}, progress);
};

export const quizDesk = (progress: Progress): Pick<QuizDesk, 'begin' | 'page' | 'note'> => ({
  page: (kind) => learnerPage(kind, progress),
  note() {
    const {due, beliefs} = standing(progress);
    const weakest = beliefs.find(({level}) => level === 'weak');
    return {due: due.length, weakest: weakest?.misconception};
  },
  async begin(which) {
    return {
      round: which === 'review' ? await reviewRound(progress) : await practice(progress, which === 'weak'),
    };
  },
});
