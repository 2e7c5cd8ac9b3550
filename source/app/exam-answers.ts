// Keeps an exam's answers in a file of the learner's, which exists from the first question on and is replaced whole with each answer.
import {type ExamFile, examText, type SheetName, sheetName} from '../io/exam-file.ts';
import {createFile, replaceFile} from '../io/file-writing.ts';
import type {Text} from '../lesson/text.ts';
import type {GivenAnswer} from '../quiz/grade.ts';
import type {Question} from '../quiz/question.ts';
import {inOneLine} from '../view/note.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {badName} from '../words/catalogue/classes.ts';
import {problemOf} from '../words/problem.ts';
import {byId} from './by-id.ts';
import type {Arguments, Failure} from './command.ts';
import {now} from './learner.ts';
import {isoTime} from './learner-page.ts';
import {writeOutcome} from './lesson-failure.ts';
import type {QuizSheet} from './quiz-sheet.ts';
import {askingFlags, askingValues} from './round-call.ts';

/** An answer as the record of progress has it. */
type Given = {readonly question: string; readonly given?: string | undefined};

export type ExamKeeper = {
  keep(answer: Given): void;
  /** Tries once more to write; returns why answers are only in memory, if that fails. */
  lost(): Failure | undefined;
  unsaved(): Text | undefined;
  readonly file: string;
  readonly name: string;
};

const mostCharacters = 200;

export const callOf = (
  args: Arguments,
  {seed, wanted}: Pick<QuizSheet, 'seed' | 'wanted'>,
): Omit<SheetName, 'machine' | 'questions'> => {
  const values = askingValues.map((option) => [option, args.list(option)] as const);
  const options = Object.fromEntries([
    ...values.filter(([, given]) => given.length > 0),
    ...askingFlags.flatMap((option) => (args.flag(option) ? [[option, []] as const] : [])),
  ]);
  return {sources: args.positionals, seed, count: wanted, options};
};

/** Creates the file before the first answer; fails if it cannot be written or already exists. */
export const beginExam = (
  args: Arguments,
  sheet: Pick<QuizSheet, 'seed' | 'wanted' | 'questions'>,
  answers: ExamFile['answers'] = {},
): Result<(ExamFile & {readonly file: string}) | undefined, Failure> => {
  const file = args.value('save');
  if (file === undefined) return ok(undefined);
  const name = (args.value('name') ?? '').trim();
  if (name === '' || name.length > mostCharacters)
    return err({...problemOf(badName, {most: mostCharacters}), exit: 2});
  const began = isoTime(now());
  const asked = sheetName(callOf(args, sheet), sheet.questions);
  const exam = {name, began, ...asked, times: {}, answers};
  const made = writeOutcome(file, createFile(file, examText(exam)));
  return made === 0 ? ok({...exam, file}) : err(made);
};

/** Returns an answer in the form of `--answers`: numbers as numbers, several choices as a list. */
const answerOf = (question: Question, given: string): GivenAnswer => {
  if (question.form === 'several' || question.form === 'order') return given.split(' ');
  return /^\d{1,15}$/.test(given) ? Number(given) : given;
};

export const keepExam = (
  {file, ...begun}: ExamFile & {readonly file: string},
  questions: readonly Question[],
): ExamKeeper => {
  const questionNamed = byId(questions);
  let exam: ExamFile = begun;
  let failure: Failure | undefined;
  const write = (): void => {
    failure = writeOutcome(file, replaceFile(file, examText(exam))) || undefined;
  };
  return {
    file,
    name: exam.name,
    keep({question: id, given}) {
      const question = questionNamed(id);
      if (question === undefined || given === undefined || Object.hasOwn(exam.answers, id)) return;
      const answers = {...exam.answers, [id]: answerOf(question, given)};
      exam = {...exam, answers, times: {...exam.times, [id]: isoTime(now())}};
      write();
    },
    lost() {
      if (failure) write();
      return failure;
    },
    unsaved: () => failure && inOneLine(failure),
  };
};

/** Saves answers that a script gave all at once, so they have no times. */
export const saveAnswers = (
  args: Arguments,
  sheet: Pick<QuizSheet, 'seed' | 'wanted' | 'questions'>,
  answers: ReadonlyMap<string, GivenAnswer>,
): 0 | Failure => {
  const exam = beginExam(args, sheet, Object.fromEntries(answers));
  return exam.ok ? 0 : exam.error;
};
