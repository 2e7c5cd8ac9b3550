// Which questions a call of `quiz` is about: lessons or tracks, how many, which seed.
import {compiledLesson, lessonIds} from '../io/lessons.ts';
import {type Lesson, tracks} from '../lesson/lesson.ts';
import type {Question} from '../lesson/quiz/question.ts';
import {noQuestions, noSuchSubject, notCapture} from '../present/text/quiz-errors.ts';
import type {CryptoPort} from '../stack/tls/crypto-port.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {chooseRun, wishOf} from './choose-run.ts';
import type {Arguments, Failure} from './command.ts';
import {cryptoOf} from './crypto-of.ts';
import {openSource} from './open-source.ts';
import {optionalNumber} from './options.ts';

export type QuizSheet = {
  /** None: it is about a capture. */
  readonly lessons: readonly Lesson[];
  readonly seed: number;
  readonly questions: readonly Question[];
};

const largestSeed = 0xffff_ffff;
const mostQuestions = 1000;
const usualCount = 10;

const lessonsNamed = (names: readonly string[]): Result<readonly Lesson[], Failure> => {
  const all = lessonIds().flatMap((id) => compiledLesson(id) ?? []);
  const chosen = new Set<Lesson>();
  for (const name of names) {
    const found = all.filter(({id, track}) => id === name || track === name);
    if (found.length === 0) return err({...noSuchSubject(name, [...lessonIds(), ...tracks]), exit: 2});
    for (const lesson of found) chosen.add(lesson);
  }
  return ok(names.length === 0 ? all : [...chosen]);
};

const cryptoFor = async (lessons: readonly Lesson[]): Promise<CryptoPort | undefined> => {
  for (const lesson of lessons) {
    const crypto = await cryptoOf(lesson);
    if (crypto) return crypto;
  }
  return undefined;
};

type Numbers = {readonly seed: number; readonly count: number};

const numbersOf = (args: Arguments, usualSeed: number): Result<Numbers, Failure> => {
  const count = optionalNumber(args, 'count', 1, mostQuestions);
  if (!count.ok) return count;
  const seed = optionalNumber(args, 'seed', 0, largestSeed);
  if (!seed.ok) return seed;
  return ok({seed: seed.value ?? usualSeed, count: count.value ?? usualCount});
};

const taken = (questions: Iterable<Question>, count: number): Result<readonly Question[], Failure> => {
  const list: Question[] = [];
  for (const question of questions) {
    list.push(question);
    if (list.length === count) break;
  }
  return list.length === 0 ? err({...noQuestions(), exit: 2}) : ok(list);
};

/** `--seed` is the sheet's: a capture has none. */
const withoutSeed = (args: Arguments): Arguments => ({
  ...args,
  list: (name) => (name === 'seed' ? [] : args.list(name)),
});

const captureSheet = async (
  source: string,
  args: Arguments,
  {seed, count}: Numbers,
): Promise<Result<QuizSheet, Failure>> => {
  const opened = await openSource(source, withoutSeed(args));
  if (!opened.ok) return opened;
  const {trace, replay} = opened.value;
  if (replay || trace.header.profile !== 'capture') return err({...notCapture(source), exit: 2});
  const {asCaptured, captureKinds} = await import('../lesson/quiz/captured.ts');
  const {sheetAbout} = await import('../lesson/quiz/sheet.ts');
  const questions = taken(sheetAbout(asCaptured(trace), {seed, kinds: captureKinds}), count);
  return questions.ok ? ok({lessons: [], seed, questions: questions.value}) : questions;
};

/** `usualSeed`: where the call names none. */
export const openSheet = async (args: Arguments, usualSeed: number): Promise<Result<QuizSheet, Failure>> => {
  const numbers = numbersOf(args, usualSeed);
  if (!numbers.ok) return numbers;
  const {seed, count} = numbers.value;
  const source = args.value('source');
  if (source !== undefined) return captureSheet(source, args, numbers.value);
  const lessons = lessonsNamed(args.positionals);
  if (!lessons.ok) return lessons;
  const wish = wishOf(args);
  if (!wish.ok) return wish;
  for (const lesson of lessons.value) {
    const chosen = chooseRun(lesson, {...wish.value, seed: undefined});
    if (!chosen.ok) return chosen;
  }
  const {run, profile, faults} = wish.value;
  const {sheet} = await import('../lesson/quiz/sheet.ts');
  const crypto = await cryptoFor(lessons.value);
  const fixed = {run, profile, faults};
  const questions = taken(sheet({lessons: lessons.value, seed, crypto, fixed}), count);
  return questions.ok ? ok({lessons: lessons.value, seed, questions: questions.value}) : questions;
};
