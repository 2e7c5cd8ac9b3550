// Makes what the app offers the learner: pages of review and progress, the note in the menu, and the quiz rounds that begin there.

import {resolve} from 'node:path';
import process from 'node:process';
import {writeNew} from '../io/file-writing.ts';
import {exists} from '../io/files.ts';
import {compiledLesson, lessonData, lessonIds} from '../io/lessons.ts';
import {fileOfLesson} from '../io/packs-here.ts';
import {offsetAt, type Progress} from '../io/progress.ts';
import type {Lesson} from '../lesson/lesson.ts';
import {sameIn, type Text, worded} from '../lesson/text.ts';
import {checkLength} from '../quiz/lesson-standing.ts';
import {progressText} from '../quiz/progress-format.ts';
import type {FreshRecord} from '../quiz/progress-record.ts';
import {keyOf, openQuestionOf, type ReviewCard} from '../quiz/schedule.ts';
import type {Standing} from '../quiz/standing.ts';
import type {QuizDesk} from '../ui/app-options.ts';
import type {RoundResult} from '../ui/opened-run.ts';
import type {Postponed, RoundWish} from '../ui/quiz-round.ts';
import type {Message} from '../view/note.ts';
import type {LearnerPage} from '../view/quiz/learner-page.ts';
import {weakBeliefs} from '../view/quiz/ways-on.ts';
import {progressWords} from '../words/catalogue/progress.ts';
import {
  everyLesson,
  finishFirst,
  lessonsGone,
  whatIsDue,
  whatIsFinished,
  whatIsWeak,
} from '../words/catalogue/quiz.ts';
import {reasonOf} from '../words/file-errors.ts';
import {shell, shellFile} from '../words/written.ts';
import {challengeListOf, sharedResult, triedLast, unplayed} from './challenge-desk.ts';
import {openCounter} from './counter-run.ts';
import {cryptoFor} from './crypto-of.ts';
import {interviewAbout, interviewOf, openProof} from './interview-desk.ts';
import {answersIn, freshSeed, now} from './learner.ts';
import {type About, isoTime, pageOf} from './learner-page.ts';
import {openLessonFile} from './lesson-file.ts';

const practiceCount = 10;

export const learnerPage = (kind: LearnerPage['kind'], progress: Progress, about?: About): LearnerPage => {
  const {language: _, ascii: __, ...data} = pageOf(progress, {language: 'en', ascii: false}, about);
  return {kind, data, row: 0};
};

const standing = (progress: Progress, about?: About): Standing =>
  learnerPage('review', progress, about).data.standing;

/** Returns the files of lessons, by lesson ID, as the progress file names them. */
const filesOf = (progress: Progress): ReadonlyMap<string, string | undefined> =>
  progress.summary(offsetAt(now())).files;

const fileThere = (file: string | undefined): string | undefined => (file && exists(file) ? file : undefined);

/** Returns the lessons with these IDs; those of packs are read again from their files. Missing and faulty lessons are left out. */
const lessonsOf = async (ids: readonly string[], progress: Progress): Promise<readonly Lesson[]> => {
  const files = filesOf(progress);
  const lessons: Lesson[] = [];
  for (const id of new Set(ids)) {
    const ours = compiledLesson(id);
    const file = fileThere(files.get(id)) ?? fileOfLesson(id);
    const theirs = ours || file === undefined ? undefined : await openLessonFile(file);
    if (ours) lessons.push(ours);
    else if (theirs?.ok && theirs.value.id === id) lessons.push(theirs.value);
  }
  return lessons;
};

/** Returns the lesson of each belief: the program's own beliefs name it; for others it is the lesson that last asked about it. */
const lessonOfBelief = (progress: Progress): ReadonlyMap<string, string> =>
  new Map([
    ...answersIn(progress).flatMap(({touches, lesson}) => touches.map((id) => [id, lesson] as const)),
    ...lessonData().misconceptions.map(({id, lesson}) => [id, lesson] as const),
  ]);

/** Returns the lessons that can ask about review cards: the one that last asked about each card, and the one that corrects its belief. */
const lessonsFor = (cards: readonly ReviewCard[], progress: Progress): Promise<readonly Lesson[]> => {
  const home = lessonOfBelief(progress);
  return lessonsOf(
    cards.flatMap(({name, lesson}) => [lesson, home.get(name) ?? lesson]),
    progress,
  );
};

/** Returns the due review cards that a quiz can ask, without open questions, which the interview asks. */
const dueInQuiz = (progress: Progress, about?: About): readonly ReviewCard[] =>
  standing(progress, about).due.filter((card) => openQuestionOf(card) === undefined);

const reviewRound = async (progress: Progress, about?: About): Promise<RoundResult> => {
  const cards = dueInQuiz(progress, about);
  const lessons = await lessonsFor(cards, progress);
  const crypto = await cryptoFor(lessons);
  const seed = freshSeed();
  const {ReviewPool} = await import('../quiz/review-pool.ts');
  const {quizReference, repeated} = await import('./listed-round.ts');
  const pool = new ReviewPool({lessons, seed, crypto}, answersIn(progress));
  // Cards for which no question can be made are not counted as due.
  const askable = new Set(cards.filter((card) => pool.has(card)).map(keyOf));
  const due = (): readonly ReviewCard[] =>
    dueInQuiz(progress, about).filter((card) => askable.has(keyOf(card)));
  if (askable.size === 0) return {message: worded(lessonsGone, {what: whatIsDue})};
  const info = {mode: 'review', title: whatIsDue, command: shell`review`, seed, count: askable.size} as const;
  return {
    round: {
      info,
      reference: quizReference(lessons),
      left: () => due().length,
      next: (answered) =>
        pool.next(due(), answersIn(progress), {nowMs: now(), draw: seed + answered.length})?.question,
      repeat: (wrong) => repeated({...info, count: 0}, wrong, {lessons, crypto}),
    },
  };
};

/** The subject that a practice round asks about: its title, its lessons, and perhaps certain beliefs. */
type Subject = {
  readonly title: Text;
  readonly lessons: readonly Lesson[];
  /** The IDs of the beliefs that the round asks about. @default those of the lessons */
  readonly about?: ReadonlySet<string>;
};

const weakOf = async (progress: Progress): Promise<Subject> => {
  const home = lessonOfBelief(progress);
  const weak = standing(progress).beliefs.filter(({level}) => level === 'weak' || level === 'shaky');
  const ids = weak.flatMap(({misconception}) => home.get(misconception) ?? []);
  return {title: whatIsWeak, lessons: await lessonsOf(ids, progress)};
};

/**
 * Returns the subject of a practice round about one belief: the lesson that corrects it, the one that contradicts it, and those in whose
 * answers it showed.
 */
const beliefSubject = async (id: string, progress: Progress): Promise<Subject> => {
  const known = lessonData().misconceptions.find((each) => each.id === id);
  const shown = answersIn(progress).flatMap(({touches, lesson}) => (touches.includes(id) ? [lesson] : []));
  const ids = [known?.lesson, known?.counter?.lesson, ...shown].flatMap((each) => each ?? []);
  return {title: sameIn(id), lessons: await lessonsOf(ids, progress), about: new Set([id])};
};

const lessonSubject = async (id: string, progress: Progress, file?: string): Promise<Subject> => {
  const opened = file === undefined ? undefined : await openLessonFile(file);
  const lessons = opened?.ok ? [opened.value] : await lessonsOf([id], progress);
  return {title: sameIn(id), lessons};
};

const finishedIds = (progress: Progress): readonly string[] => {
  const {lessons} = standing(progress);
  return lessonIds().filter((id) => lessons.get(id)?.finished === true);
};

const subjectOf = async (which: Exclude<RoundWish, 'review'>, progress: Progress): Promise<Subject> => {
  if (which === 'practice')
    return {title: whatIsFinished, lessons: await lessonsOf(finishedIds(progress), progress)};
  if (which === 'everything') return {title: everyLesson, lessons: await lessonsOf(lessonIds(), progress)};
  if (which === 'weak') return weakOf(progress);
  if ('belief' in which) return beliefSubject(which.belief, progress);
  return 'check' in which
    ? lessonSubject(which.check, progress, which.file)
    : lessonSubject(which.lesson, progress);
};

const practice = async (which: Exclude<RoundWish, 'review'>, progress: Progress): Promise<RoundResult> => {
  const {title, lessons, about} = await subjectOf(which, progress);
  // No lesson is left if its pack was removed after it was asked about.
  if (lessons.length === 0)
    return {message: which === 'practice' ? finishFirst : worded(lessonsGone, {what: title})};
  const seed = freshSeed();
  const crypto = await cryptoFor(lessons);
  const isMenu = which === 'practice' || which === 'everything';
  const isCheck = typeof which === 'object' && 'check' in which;
  const count = isCheck ? checkLength : practiceCount;
  const named =
    lessons.length === lessonIds().length
      ? []
      : lessons.map(({id, openedFrom = id}) => shellFile(openedFrom));
  const info = {
    mode: isCheck ? 'check' : 'practice',
    title,
    command: shell.join([shell`quiz`, ...named], shell` `),
    seed,
    count,
  } as const;
  const {practiceRound} = await import('./quiz-round.ts');
  const {menuQuestions} = await import('../quiz/taught.ts');
  const homes = new Map(lessonData().misconceptions.map(({id, lesson}) => [id, lesson]));
  const menu = isMenu ? {menu: menuQuestions({lessons, homes})} : {};
  return {
    round: practiceRound(info, {lessons, seed, crypto, count, ...menu, ...(about ? {about} : {})}, progress),
  };
};

const cardsAskedFor = (what: Postponed, progress: Progress): readonly ReviewCard[] => {
  if ('card' in what) return [what.card];
  const {skill, touches} = what.question;
  return standing(progress).due.filter(({kind, name}) =>
    kind === 'skill' ? name === skill : touches.includes(name),
  );
};

/** Exports the progress to a new JSON file in the current folder, and returns the message about it. */
const exportProgress = (progress: Progress): Message => {
  const day = isoTime(now()).slice(0, 10);
  const written = writeNew(resolve(`packet-tutor-progress-${day}.json`), progressText(progress.records()));
  if (written.ok) return {...worded(progressWords.exportedAs, {file: written.value}), isDone: true};
  const {error} = written;
  return worded(progressWords.notExported, {
    folder: process.cwd(),
    name: reasonOf(error.code === 'system' ? error.name : error.code),
  });
};

export const quizDesk = (
  progress: Progress,
  keep: (fresh: FreshRecord) => void,
  /** The IDs of the lessons that a review asks about. @default all */
  about?: About,
): Omit<QuizDesk, 'record' | 'openAsked'> => ({
  page: (kind) => learnerPage(kind, progress, about),
  note() {
    const page = learnerPage('progress', progress).data;
    const {due, beliefs, lessons} = page.standing;
    const weak = beliefs.filter(({level}) => level === 'weak').map(({misconception}) => misconception);
    return {
      due: due.length,
      toCorrect: weakBeliefs(page).length,
      weak: new Set(weak),
      lessons,
      challenges: challengeListOf(page.standing),
      tried: triedLast(page.standing, progress.summary(page.here.offsetMs).newest?.atMs),
    };
  },
  putOff(what) {
    const files = filesOf(progress);
    for (const {kind, name, lesson} of cardsAskedFor(what, progress)) {
      const file = files.get(lesson);
      keep({kind: 'later', card: kind, name, lesson, ...(file === undefined ? {} : {file})});
    }
  },
  interview(about) {
    if (about === undefined) return interviewOf(progress);
    const due = standing(progress).due.flatMap((card) => openQuestionOf(card) ?? []);
    return interviewAbout(due, about, progress);
  },
  openProof,
  freshChallenge: (sort) => unplayed(sort, standing(progress)),
  share: (solved, language) => sharedResult(solved, standing(progress), language),
  exportProgress: () => exportProgress(progress),
  openCounter: (misconception) =>
    openCounter(misconception, (ids) => lessonsOf(ids, progress), lessonOfBelief(progress)),
  async begin(which) {
    return which === 'review' ? reviewRound(progress, about) : practice(which, progress);
  },
});
