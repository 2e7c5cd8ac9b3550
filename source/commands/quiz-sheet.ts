// Which questions a call of `quiz` is about: lessons or tracks, how many, which seed.
import {compiledLesson, lessonIds} from '../io/lessons.ts';
import {type Lesson, tracks} from '../lesson/lesson.ts';
import type {Question} from '../lesson/quiz/question.ts';
import {noQuestions, noSuchSubject} from '../present/text/quiz-errors.ts';
import type {CryptoPort} from '../stack/tls/crypto-port.ts';
import {err, ok, type Result} from '../wire/result.ts';
import type {Arguments, Failure} from './command.ts';
import {cryptoOf} from './crypto-of.ts';
import {optionalNumber} from './options.ts';

export type QuizSheet = {
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

/** `usualSeed`: where the call names none. */
export const openSheet = async (args: Arguments, usualSeed: number): Promise<Result<QuizSheet, Failure>> => {
  const lessons = lessonsNamed(args.positionals);
  if (!lessons.ok) return lessons;
  const count = optionalNumber(args, 'count', 1, mostQuestions);
  if (!count.ok) return count;
  const given = optionalNumber(args, 'seed', 0, largestSeed);
  if (!given.ok) return given;
  const seed = given.value ?? usualSeed;
  const {sheet} = await import('../lesson/quiz/sheet.ts');
  const crypto = await cryptoFor(lessons.value);
  const questions: Question[] = [];
  for (const question of sheet({lessons: lessons.value, seed, crypto})) {
    questions.push(question);
    if (questions.length === (count.value ?? usualCount)) break;
  }
  if (questions.length === 0) return err({...noQuestions(), exit: 2});
  return ok({lessons: lessons.value, seed, questions});
};
