// Rounds of the quiz for the terminal: practice that follows the answers, an exam with its sheet, questions about a capture.
import {lessonData} from '../io/lessons.ts';
import type {Progress} from '../io/progress.ts';
import type {Lesson, Text} from '../lesson/lesson.ts';
import {drawFrom} from '../lesson/quiz/draw.ts';
import {growingPool, leastAfter} from '../lesson/quiz/growing-pool.ts';
import {nextPractice} from '../lesson/quiz/practice.ts';
import {enough, practicePool} from '../lesson/quiz/practice-pool.ts';
import type {Answer} from '../lesson/quiz/progress-record.ts';
import type {Question} from '../lesson/quiz/question.ts';
import {sheet} from '../lesson/quiz/sheet.ts';
import type {QuizReference} from '../present/quiz/quiz-screen.ts';
import type {RoundInfo} from '../present/quiz/quiz-state.ts';
import {everyLesson} from '../present/text/quiz.ts';
import type {Round} from '../ui/quiz-round.ts';
import {ok, type Result} from '../wire/result.ts';
import type {Arguments, Failure} from './command.ts';
import {now} from './learner.ts';
import {beliefsKnownTo} from './lesson-file.ts';
import type {Opened} from './open-lesson.ts';
import {optionalNumber} from './options.ts';
import {openSheet, type QuizSubject, quizSubject} from './quiz-sheet.ts';
import type {Bar} from './reading-bar.ts';
import {roundCall} from './round-call.ts';

/** Made once the file of progress is open. */
export type RoundMaker = {
  readonly makeRound: (progress: Progress) => Round;
  readonly capture?: Opened | undefined;
};

const usualCount = {practice: 10, exam: 20} as const;
const mostMinutes = 600;
const seeds = 9000;

/** Another one whenever nobody names it, short enough to be typed. */
export const freshSeed = (): number => 1 + (Math.floor(now() / 1000) % seeds);

/** `lessons`: those asked about; their packs may have beliefs of their own. */
export const quizReference = (lessons: readonly Lesson[]): QuizReference => {
  const {rules} = lessonData();
  const misconceptions = beliefsKnownTo(lessons);
  const byRule = new Map(rules.map((rule) => [rule.id, rule]));
  const byBelief = new Map(misconceptions.map((each) => [each.id, each]));
  return {rule: (id) => byRule.get(id), misconception: (id) => byBelief.get(id)};
};

export const answersIn = (progress: Progress): readonly Answer[] =>
  progress.records().flatMap((record) => (record.kind === 'answer' ? [record] : []));

/** What rounds are made of: a round about a capture has no lessons. */
type Ground = Pick<QuizSubject, 'lessons' | 'crypto'>;

/** The same kind of question about the same lesson, or beside it about those of its track, with the numbers of another seed. */
const renewed = (question: Question, seed: number, {lessons, crypto}: Ground): Question => {
  const lesson = lessons.find(({id}) => id === question.lesson);
  if (!lesson) return question;
  const beside = lessons.filter(({track}) => question.kind === 'which-is-so' && track === lesson.track);
  const [other] = sheet({lessons: [...new Set([lesson, ...beside])], kinds: [question.kind], seed, crypto});
  return other ?? question;
};

/** Questions that are known before the round begins. */
const listedRound = (info: RoundInfo, questions: readonly Question[], ground: Ground): Round => ({
  info,
  reference: quizReference(ground.lessons),
  next: (answered) => questions[answered.length],
  repeat: (wrong) => repeated(info, wrong, ground),
});

export const repeated = (info: RoundInfo, wrong: readonly Question[], ground: Ground): Round => {
  const seed = info.seed + 1;
  const {limitMs: _, ...rest} = info;
  const questions = wrong.map((question) => renewed(question, seed, ground));
  return listedRound({...rest, mode: 'practice', seed, count: questions.length}, questions, ground);
};

/** Those that the lessons name, and those that a run of theirs contradicts. */
const beliefsOf = (lessons: readonly Lesson[]): ReadonlySet<string> => {
  const ids = new Set(lessons.map(({id}) => id));
  return new Set(
    beliefsKnownTo(lessons).flatMap(({id, lesson, counter}) =>
      ids.has(lesson) || (counter && ids.has(counter.lesson)) ? [id] : [],
    ),
  );
};

type Practised = Omit<QuizSubject, 'fixed'> &
  Partial<Pick<QuizSubject, 'fixed'>> & {
    /** The beliefs that questions are wanted about. @default those of the lessons */
    readonly about?: ReadonlySet<string>;
  };

export const practiceRound = (
  info: RoundInfo,
  {lessons, seed, crypto, fixed, about = beliefsOf(lessons)}: Practised,
  progress: Progress,
): Round => {
  const order = drawFrom(`practice ${seed}`).shuffled('lessons', lessons);
  const topic = about.size > 0 ? {about} : {};
  const wish = {lessons: order, seed, crypto, each: enough, ...topic, ...(fixed ? {fixed} : {})};
  const pool = growingPool(practicePool(wish), about);
  return {
    info,
    reference: quizReference(lessons),
    prepare: (answered) => answered < info.count && pool.step(leastAfter(answered)),
    next(answered) {
      for (let more = answered.length; ; more += 1) {
        const isMore = pool.grow(leastAfter(more));
        const round = {nowMs: now(), draw: seed + answered.length, ...topic};
        const found = nextPractice(pool.entries, answersIn(progress), round);
        if (found || !isMore) return found?.question;
      }
    },
    repeat: (wrong) => repeated(info, wrong, {lessons, crypto}),
  };
};

const titleOf = (names: readonly string[]): Text =>
  names.length === 0 ? everyLesson : {en: names.join(', '), zh: names.join('、')};

/** Practice, or with `--exam` and `--source` a sheet; what cannot be asked is said before the screen changes. */
export const openRound = async (args: Arguments, bar: Bar): Promise<Result<RoundMaker, Failure>> => {
  const isExam = args.flag('exam');
  const minutes = optionalNumber(args, 'minutes', 1, mostMinutes);
  if (!minutes.ok) return minutes;
  const mode = isExam ? 'exam' : 'practice';
  const usual = {seed: freshSeed(), count: usualCount[mode]};
  const source = args.value('source');
  const names = source === undefined ? args.positionals : [source];
  const infoOf = ({seed, count}: {readonly seed: number; readonly count: number}): RoundInfo => ({
    mode,
    title: titleOf(names),
    command: roundCall(args),
    seed,
    count,
    ...(isExam && minutes.value !== undefined ? {limitMs: minutes.value * 60_000} : {}),
  });
  if (!isExam && source === undefined) {
    const subject = await quizSubject(args, usual);
    if (!subject.ok) return subject;
    const {value} = subject;
    return ok({makeRound: (progress) => practiceRound(infoOf(value), value, progress)});
  }
  const opened = await openSheet(args, usual, bar);
  if (!opened.ok) return opened;
  const {questions, seed, capture, lessons, crypto} = opened.value;
  const info = infoOf({seed, count: questions.length});
  return ok({makeRound: () => listedRound(info, questions, {lessons, crypto}), capture});
};
