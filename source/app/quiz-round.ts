// Makes quiz rounds for the terminal: practice that adapts to the answers, an exam with fixed questions, questions about a capture.

import {lessonData} from '../io/lessons.ts';
import type {Progress} from '../io/progress.ts';
import type {Lesson} from '../lesson/lesson.ts';
import type {Text} from '../lesson/text.ts';
import {onSubject, rulesFor} from '../quiz/composition.ts';
import {drawFrom} from '../quiz/draw.ts';
import {growingPool, leastAfter, leastInMenu} from '../quiz/growing-pool.ts';
import {topicOf} from '../quiz/lesson-topic.ts';
import {nextAfter} from '../quiz/next-in-ten.ts';
import {nextPractice} from '../quiz/practice.ts';
import {enough, practicePool} from '../quiz/practice-pool.ts';
import type {Question} from '../quiz/question.ts';
import type {MenuQuestions} from '../quiz/taught.ts';
import type {OpenedRun, Round} from '../ui/opened-run.ts';
import type {RoundInfo} from '../view/quiz/quiz-state.ts';
import {ok, type Result} from '../wire/result.ts';
import {inEvery} from '../words/catalogue/language.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import {everyLesson} from '../words/catalogue/quiz.ts';
import {askable} from './askable.ts';
import {openAskedIn} from './asked-about.ts';
import type {Arguments, Failure} from './command.ts';
import {beginExam, type ExamKeeper, keepExam} from './exam-answers.ts';
import {answersIn, freshSeed, now} from './learner.ts';
import {beliefsKnownTo} from './lesson-file.ts';
import {listedRound, type QuizSubject, quizReference, repeated} from './listed-round.ts';
import type {Opened} from './opened.ts';
import {optionalNumber} from './options.ts';
import {fewerText, openSheet, quizSubject} from './quiz-sheet.ts';
import type {Bar} from './reading-bar.ts';
import {roundCall} from './round-call.ts';

/** Makes a quiz round; it is called when the progress file is open. */
export type RoundMaker = {
  readonly makeRound: (progress: Progress) => Round;
  /** Saves the answers of an exam with `--save`; undefined without it. */
  readonly exam?: ExamKeeper | undefined;
};

const usualCount = {practice: 10, exam: 20} as const;
const mostMinutes = 600;

/** Returns the beliefs that the lessons correct, or that one of their runs contradicts. */
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
    /** The IDs of the beliefs that questions should be about. @default those of the lessons */
    readonly about?: ReadonlySet<string>;
    /** The questions that a quiz from the menu may ask; absent for other quizzes. @default everything */
    readonly menu?: MenuQuestions;
  };

/** Returns the lessons in an order in which their topics alternate. */
const inTurn = (lessons: readonly Lesson[]): readonly Lesson[] => {
  const nth = (lesson: Lesson, index: number): number =>
    lessons.slice(0, index).filter((each) => topicOf(each) === topicOf(lesson)).length;
  return lessons
    .map((lesson, index) => ({lesson, turn: nth(lesson, index)}))
    .toSorted((a, b) => a.turn - b.turn)
    .map(({lesson}) => lesson);
};

export const practiceRound = (
  info: RoundInfo,
  {lessons, seed, crypto, fixed, mostEvents, menu, about = beliefsOf(lessons)}: Practised,
  progress: Progress,
): Round => {
  const order = inTurn(drawFrom(`practice ${seed}`).shuffled('lessons', lessons));
  const topic = about.size > 0 ? {about} : {};
  const wish = {lessons: order, seed, crypto, mostEvents, each: enough, ...topic, ...(fixed ? {fixed} : {})};
  const pool = menu ? growingPool(practicePool({...wish, ...menu})) : growingPool(practicePool(wish), about);
  const least = menu ? leastInMenu : leastAfter;
  /** The question that was returned last. If it is missing among the answers, it could not be shown and is not asked again. */
  let last: Question | undefined;
  const unfit = new Set<Question>();
  const shown = (entries: typeof pool.entries) => entries.filter(({question}) => !unfit.has(question));
  const rules = {...rulesFor(lessons), isOn: onSubject(lessons)};
  return {
    info,
    reference: quizReference(lessons),
    prepare: (answered) => answered < info.count && pool.step(least(answered)),
    next(answered, dropped) {
      const asked = answered.map(({question}) => question);
      const after = nextAfter<(typeof pool.entries)[number]>(asked, rules);
      if (last && last !== asked.at(-1)) unfit.add(last);
      for (let more = answered.length; ; more += 1) {
        const isMore = pool.grow(least(more));
        const round = {nowMs: now(), draw: seed + answered.length + dropped, isAll: !isMore, ...topic};
        const found = nextPractice(pool.entries, answersIn(progress), {
          ...round,
          ...after,
          fitting: (entries) => after.fitting(shown(entries)),
        });
        last = found?.question;
        if (found || !isMore) return last;
      }
    },
    repeat: (wrong) => repeated(info, wrong, {lessons, crypto, ...(menu ? {menu} : {})}),
  };
};

export const titleOf = (names: readonly string[]): Text =>
  names.length === 0 ? everyLesson : inEvery((language) => names.join(punctuation.listComma[language]));

/** Opens a practice round, or with `--exam` or `--source` a round of fixed questions. Failures are returned before the screen changes. */
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
  const fewer = fewerText(opened.value);
  const info = {...infoOf({seed, count: questions.length}), ...(fewer && {fewer})};
  const play = (run: Opened): OpenedRun => askable(run, lessonData());
  const ground = {lessons, crypto, ...(capture ? {openAsked: openAskedIn(capture, play)} : {})};
  const exam = beginExam(args, opened.value);
  if (!exam.ok) return exam;
  return ok({
    makeRound: () => listedRound(info, questions, ground),
    exam: exam.value && keepExam(exam.value, questions),
  });
};
