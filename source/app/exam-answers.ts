// Saves the answers of an exam to the file of `--save`, which is created before the first answer and replaced as a whole after each one.
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

/** An answer of the learner in the form in which progress is recorded. */
type Given = {readonly question: string; readonly given?: string | undefined};

export type ExamKeeper = {
  keep(answer: Given): void;
  /** Tries again to write the answers if the last attempt failed; returns the failure if they are still only in memory. */
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

/**
 * Creates the answer file of an exam before the first question; undefined without `--save`, a failure if the file exists or cannot be
 * written.
 */
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

/** Converts a learner's answer to the form in an answer file: numbers as numbers, several choices or an order as a list. */
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

/** Saves to the file of `--save` the answers that a script gave all at once, so without times. */
export const saveAnswers = (
  args: Arguments,
  sheet: Pick<QuizSheet, 'seed' | 'wanted' | 'questions'>,
  answers: ReadonlyMap<string, GivenAnswer>,
): 0 | Failure => {
  const exam = beginExam(args, sheet, Object.fromEntries(answers));
  return exam.ok ? 0 : exam.error;
};
