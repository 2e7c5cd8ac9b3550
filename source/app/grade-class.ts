// Grades the answer files of a class for `quiz --grade FOLDER`, against the sheet that the command names, or else the sheet that most files
// answer.
import {join} from 'node:path';
import {answerFiles, mostFiles, readAnswerFile} from '../io/answer-folder.ts';
import {
  type ExamFault,
  type ExamFile,
  type SheetName,
  sheetName,
  type TimeFault,
  timeFault,
} from '../io/exam-file.ts';
import {exists} from '../io/files.ts';
import {lessonIds} from '../io/lessons.ts';
import {tracks} from '../lesson/tracks.ts';
import {type Answers, type ClassReport, classReport} from '../quiz/class-report.ts';
import {canonicalJson} from '../sim/canonical-json.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {folderHasNone, nameTheSheet, notFolder, tooManyFiles} from '../words/catalogue/classes.ts';
import {problemOf} from '../words/problem.ts';
import {shell, shellFile, type Written} from '../words/written.ts';
import type {Arguments, Failure} from './command.ts';
import {callOf} from './exam-answers.ts';
import {now} from './learner.ts';
import {fileFailure} from './lesson-failure.ts';
import {openSheet, type QuizSheet, type Usual} from './quiz-sheet.ts';
import type {Bar} from './reading-bar.ts';
import {roundCall} from './round-call.ts';

export type Refused = {
  readonly file: string;
  readonly reason: ExamFault | 'unreadable' | 'sheet' | 'version';
  /** The command for the sheet that the refused file answers; undefined if the file does not answer another sheet. */
  readonly call: Written<'shell'> | undefined;
};

/**
 * A graded answer file: its learner, when the exam began, how many seconds it took by the file's times, and what is wrong with these times.
 */
export type About = {
  readonly name: string;
  readonly file: string;
  readonly began: string;
  readonly seconds: number | undefined;
  readonly timeFault: TimeFault | undefined;
};

export type GradedClass = {
  readonly sheet: QuizSheet;
  readonly name: SheetName;
  readonly report: ClassReport<About>;
  readonly refused: readonly Refused[];
};

/** Returns the arguments of `quiz` that produce this sheet again. */
const argumentsFor = ({sources, seed, count, options}: SheetName): Arguments => {
  const given: SheetName['options'] = {...options, seed: [`${seed}`], count: [`${count}`]};
  const listOf = (name: string) => (Object.hasOwn(given, name) ? (given[name] ?? []) : []);
  return {
    positionals: sources,
    flag: (name) => Object.hasOwn(given, name) && listOf(name).length === 0,
    value: (name) => listOf(name).at(-1),
    list: listOf,
  };
};

const callFor = (name: SheetName): Written<'shell'> => {
  const call = argumentsFor(name);
  return shell`packet-tutor ${roundCall(call)} --seed ${name.seed}`;
};

/** Returns a text that is equal for all calls that ask for the same sheet: sources, seed, count and options as JSON. */
const keyOf = ({sources, seed, count, options}: Omit<SheetName, 'machine' | 'questions'>): string =>
  canonicalJson({sources, seed, count, options});

const namesSheet = (args: Arguments): boolean => {
  const {sources, options} = callOf(args, {seed: 0, wanted: 0});
  const isNamed = ['seed', 'count'].some((name) => args.value(name) !== undefined);
  return isNamed || sources.length > 0 || Object.keys(options).length > 0;
};

/** Returns the sheet that most files answer; if several are equally frequent, the first file's. */
const commonest = (names: Iterable<SheetName>): SheetName | undefined => {
  const found = new Map<string, {readonly name: SheetName; files: number}>();
  for (const name of names) {
    const known = found.get(name.questions) ?? {name, files: 0};
    known.files += 1;
    found.set(name.questions, known);
  }
  const [first] = [...found.values()].toSorted((a, b) => b.files - a.files);
  return first?.name;
};

function* examsIn(folder: string, files: readonly string[]): Generator<ExamFile, void> {
  for (const file of files) {
    const exam = readAnswerFile(join(folder, file));
    if (exam.ok) yield exam.value;
  }
}

/**
 * Tells whether a sheet only asks for lessons of this program. A file is only opened if somebody at this computer names it, and not because
 * an answer file does.
 */
const asksOursOnly = ({sources, options}: SheetName): boolean => {
  const ours: ReadonlySet<string> = new Set([...lessonIds(), ...tracks]);
  return sources.every((each) => ours.has(each)) && options['source'] === undefined;
};

/** Returns the arguments of the sheet to grade against: those of the command, or else those of the sheet that most files answer. */
const sheetAsked = (
  args: Arguments,
  folder: string,
  answered: SheetName | undefined,
): Result<Arguments, Failure> => {
  if (namesSheet(args)) return ok(args);
  if (answered === undefined) return err({...problemOf(folderHasNone, {folder}), exit: 2});
  if (asksOursOnly(answered)) return ok(argumentsFor(answered));
  return err({...problemOf(nameTheSheet, {call: callFor(answered), folder: shellFile(folder)}), exit: 2});
};

const secondsOf = ({began, times}: ExamFile): number | undefined => {
  const last = Math.max(...Object.values(times).map((time) => Date.parse(time)));
  const seconds = Math.round((last - Date.parse(began)) / 1000);
  return Number.isSafeInteger(seconds) && seconds >= 0 ? seconds : undefined;
};

const refusal = (exam: ExamFile, name: SheetName): Pick<Refused, 'reason' | 'call'> | undefined => {
  if (exam.questions === name.questions) return undefined;
  const isSame = keyOf(exam) === keyOf(name);
  return isSame ? {reason: 'version', call: undefined} : {reason: 'sheet', call: callFor(exam)};
};

export const gradeClass = async (
  folder: string,
  args: Arguments,
  {usual, bar}: {readonly usual: Usual; readonly bar: Bar},
): Promise<Result<GradedClass, Failure>> => {
  const files = answerFiles(folder);
  if (!files.ok) {
    const isFile = files.error.code === 'missing' && exists(folder);
    return err(isFile ? {...problemOf(notFolder, {folder}), exit: 2} : fileFailure(folder, files.error));
  }
  if (files.value === undefined) return err({...problemOf(tooManyFiles, {folder, most: mostFiles}), exit: 2});
  const answered = commonest(examsIn(folder, files.value));
  const call = sheetAsked(args, folder, answered);
  if (!call.ok) return call;
  const sheet = await openSheet(call.value, answered ?? usual, bar);
  if (!sheet.ok) return sheet;
  const name = sheetName(callOf(call.value, sheet.value), sheet.value.questions);
  const refused: Refused[] = [];
  function* papers(of: readonly string[]): Generator<{about: About; answers: Answers}, void> {
    for (const file of of) {
      const exam = readAnswerFile(join(folder, file));
      const fault = exam.ok ? refusal(exam.value, name) : {reason: exam.error, call: undefined};
      if (fault) refused.push({file, ...fault});
      if (!exam.ok || fault) continue;
      const {name: person, began, answers} = exam.value;
      const seconds = secondsOf(exam.value);
      const about = {name: person, file, began, seconds, timeFault: timeFault(exam.value, now())};
      yield {about, answers: new Map(Object.entries(answers))};
    }
  }
  const report = classReport(sheet.value.questions, papers(files.value));
  if (report.people.length === 0 && refused.length === 0)
    return err({...problemOf(folderHasNone, {folder}), exit: 2});
  return ok({sheet: sheet.value, name, report, refused});
};
