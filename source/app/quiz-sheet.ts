// Chooses the questions of a call of `quiz`: lessons or tracks, how many, which seed.

import type {Lesson, Run} from '../lesson/lesson.ts';
import {type Text, worded} from '../lesson/text.ts';
import type {Composed, Shortage} from '../quiz/composition.ts';
import type {Question} from '../quiz/question.ts';
import type {Fault} from '../sim/fault.ts';
import type {CryptoPort} from '../stack/tls/crypto-port.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {noQuestions, notCapture} from '../words/catalogue/quiz-errors.ts';
import {resultWords} from '../words/catalogue/quiz-result.ts';
import {problemOf} from '../words/problem.ts';
import {chooseRun, lessonWithSet, wishOf} from './choose-run.ts';
import type {Arguments, Failure} from './command.ts';
import {cryptoFor} from './crypto-of.ts';
import {judgedFaults} from './judged-faults.ts';
import {inFile} from './lesson-failure.ts';
import type {QuizSubject} from './listed-round.ts';
import {openSource} from './open-source.ts';
import type {Opened} from './opened.ts';
import {connectionOf, optionalNumber} from './options.ts';
import {lessonsNamed} from './quiz-subjects.ts';
import type {Bar} from './reading-bar.ts';

export type QuizSheet = {
  /** The lessons that the questions are about; empty if they are about a capture. */
  readonly lessons: readonly Lesson[];
  readonly seed: number;
  readonly questions: readonly Question[];
  readonly wanted: number;
  /** The reason why there are fewer questions than wanted; absent if there are enough. */
  readonly fewer?: Shortage;
  readonly crypto?: CryptoPort | undefined;
  /** The opened capture or simulated connection that the questions are about; absent if they are about lessons. */
  readonly capture?: Opened;
};

export const fewerText = ({questions, wanted, fewer}: QuizSheet): Text | undefined =>
  fewer && worded(resultWords.fewer[fewer], {made: questions.length, wanted});

/** The seed and the number of questions for a call of `quiz` that does not give them. */
export type Usual = {readonly seed: number; readonly count: number};

const largestSeed = 0xffff_ffff;
/** The most questions of one call: all lessons together yield them in a few minutes, while a single lesson may yield fewer. */
const mostQuestions = 10_000;

type Numbers = {readonly seed: number; readonly count: number};

const numbersOf = (args: Arguments, usual: Usual): Result<Numbers, Failure> => {
  const count = optionalNumber(args, 'count', 1, mostQuestions);
  if (!count.ok) return count;
  const seed = optionalNumber(args, 'seed', 0, largestSeed);
  if (!seed.ok) return seed;
  return ok({seed: seed.value ?? usual.seed, count: count.value ?? usual.count});
};

const asked = ({questions, fewer}: Composed): Result<Composed, Failure> =>
  questions.length === 0 ? err({...noQuestions, exit: 2}) : ok({questions, ...(fewer && {fewer})});

/** Removes `--seed` from the arguments for opening a capture, because it is the seed of the questions. */
const withoutSeed = (args: Arguments): Arguments => ({
  ...args,
  value: (name) => (name === 'seed' ? undefined : args.value(name)),
  list: (name) => (name === 'seed' ? [] : args.list(name)),
});

const captureSheet = async (
  source: string,
  args: Arguments,
  {seed, count}: Numbers,
  bar: Bar,
): Promise<Result<QuizSheet, Failure>> => {
  const opened = await openSource(source, withoutSeed(args), {bar});
  if (!opened.ok) return opened;
  const {questionsAbout} = await import('./asked-about.ts');
  const connection = connectionOf(args);
  if (!connection.ok) return connection;
  const about = questionsAbout(opened.value, seed, connection.value);
  if (!about) return err({...problemOf(notCapture, {given: source}), exit: 2});
  const {composed} = await import('../quiz/composition.ts');
  const made = asked(composed(about, count));
  return made.ok ? ok({lessons: [], seed, ...made.value, wanted: count, capture: opened.value}) : made;
};

/** Returns the lessons of a call of `quiz` with their runs and settings; a failure if a run cannot be used. */
export const quizSubject = async (args: Arguments, usual: Usual): Promise<Result<QuizSubject, Failure>> => {
  const numbers = numbersOf(args, usual);
  if (!numbers.ok) return numbers;
  const lessons = await lessonsNamed(args.positionals);
  if (!lessons.ok) return lessons;
  const wish = wishOf(args);
  if (!wish.ok) return wish;
  const {run, profile, faults = [], mostEvents} = wish.value;
  const crypto = await cryptoFor(lessons.value);
  const subjects: Lesson[] = [];
  for (const lesson of lessons.value) {
    const chosen = await chooseRun(lesson, {...wish.value, seed: undefined});
    if (!chosen.ok) return chosen;
    const unfit = await unfitRun(lesson, chosen.value.run, {crypto, mostEvents, faults});
    if (unfit) return err(unfit);
    const {replay} = chosen.value;
    const subject = await lessonWithSet(lesson, replay.run, replay.set);
    if (!subject.ok) return subject;
    subjects.push(subject.value);
  }
  const {askedAnyhow} = await import('../quiz/lesson-topic.ts');
  const asked = askedAnyhow(subjects, {run, faults});
  return ok({lessons: asked, ...numbers.value, crypto, fixed: {run, profile, faults}, mostEvents});
};

type Means = Pick<QuizSubject, 'crypto' | 'mostEvents'> & {readonly faults: readonly Fault[]};

/**
 * Returns why a lesson's run cannot be used for a quiz: a fault is impossible, or the run is too long. Only lessons of packs can be too
 * long, because ours are known to be short.
 */
const unfitRun = async (
  lesson: Lesson,
  run: Run,
  {crypto, mostEvents, faults}: Means,
): Promise<Failure | undefined> => {
  if (lesson.openedFrom === undefined && faults.length === 0) return undefined;
  const {happened, quizEvents} = await import('../quiz/variant.ts');
  const most = mostEvents ?? quizEvents;
  const {seed, profile} = run;
  const {trace} = happened({lesson, run, seed, profile, faults: []}, {crypto, mostEvents: most});
  const judged = await judgedFaults(trace, faults);
  if (!judged.ok) return judged.error;
  if (lesson.openedFrom === undefined || trace.endReason !== 'budget') return undefined;
  const {runTooLong} = await import('../lesson/run-too-long.ts');
  const {message, remedy} = runTooLong(run.name, most, trace.durationUs);
  return {what: inFile(lesson.file, message), remedy, exit: 1};
};

export const openSheet = async (
  args: Arguments,
  usual: Usual,
  bar: Bar,
): Promise<Result<QuizSheet, Failure>> => {
  const source = args.value('source');
  if (source !== undefined) {
    const numbers = numbersOf(args, usual);
    return numbers.ok ? captureSheet(source, args, numbers.value, bar) : numbers;
  }
  const subject = await quizSubject(args, usual);
  if (!subject.ok) return subject;
  const {lessons, seed, count, crypto, fixed, mostEvents} = subject.value;
  const {sheet} = await import('../quiz/sheet.ts');
  const {composed, onPoint, rulesFor} = await import('../quiz/composition.ts');
  const supply = sheet({lessons, seed, crypto, fixed, mostEvents});
  const made = asked(composed(supply, count, onPoint(lessons), rulesFor(lessons)));
  return made.ok ? ok({lessons, seed, ...made.value, wanted: count, crypto}) : made;
};
