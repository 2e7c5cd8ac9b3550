// `quiz`: asks questions on fresh numbers: as a round in a terminal, or as a sheet in JSON or for printing. It grades a file of answers or
// a folder of them.

import {byId} from '../app/by-id.ts';
import type {Arguments, Command, Context, Failure, Outcome} from '../app/command.ts';
import {fileFailure, writeOutcome} from '../app/lesson-failure.ts';
import {beliefsKnownTo, beliefToldIn} from '../app/lesson-file.ts';
import {printJson, printLine, printNote, printPieces} from '../app/print.ts';
import {idleOption, mannerOf, quizOptions} from '../app/quiz-call.ts';
import {fewerText, openSheet, type QuizSheet} from '../app/quiz-sheet.ts';
import {hasTerminal} from '../app/terminal.ts';
import {replaceFile} from '../io/file-writing.ts';
import {readText} from '../io/files.ts';
import {fileName} from '../lesson/file-name.ts';
import {worded} from '../lesson/text.ts';
import {readAnswers} from '../quiz/answer-file.ts';
import {type GivenAnswer, grade, reportOn} from '../quiz/grade.ts';
import {promptText} from '../quiz/prompt.ts';
import type {Question} from '../quiz/question.ts';
import {questionJson} from '../quiz/sheet-json.ts';
import {examSaved} from '../words/catalogue/classes.ts';
import {quizSentences} from '../words/catalogue/cli.ts';
import {quizNeedsTerminal} from '../words/catalogue/quiz-errors.ts';
import {resultWords} from '../words/catalogue/quiz-result.ts';
import {ended, json, shell, shellFile, type Written} from '../words/written.ts';

/** The seed and the number of questions of a printed sheet if none are given. The fixed seed makes the same call give the same sheet. */
const usualSheet = {seed: 1, count: 10};

const answersIn = (
  file: string,
  questions: readonly Question[],
): ReadonlyMap<string, GivenAnswer> | Failure => {
  const source = readText(file);
  if (!source.ok) return fileFailure(file, source.error);
  const answers = readAnswers(
    source.value,
    questions.map(({id}) => id),
  );
  if (answers.ok) return answers.value;
  const {message, remedy, position} = answers.error;
  const name = fileName(file);
  return {
    what: worded(quizSentences.answersIn.what, {file, message}),
    remedy,
    place: position ? `${name}:${position.line}:${position.column}` : name,
    exit: 2,
  };
};

const longestShown = 60;

/** Returns a learner's answer to a question as the answer file has it, cut if it is long. */
const shown = (given: GivenAnswer): string => {
  const words = typeof given === 'object' ? given.join(', ') : String(given);
  return words.length > longestShown ? `${words.slice(0, longestShown)}…` : words;
};

const tellResult = (
  {questions, lessons}: Pick<QuizSheet, 'questions' | 'lessons'>,
  answers: ReadonlyMap<string, GivenAnswer>,
  {language}: Context,
): void => {
  for (const question of questions) {
    const given = answers.get(question.id);
    if (given !== undefined && grade(question, given).right) continue;
    const said =
      given === undefined ? resultWords.unanswered : worded(resultWords.given, {given: shown(given)});
    printLine(question.id);
    for (const line of promptText(question.prompt)[language].split('\n')) printLine(`  ${line}`);
    for (const {id, text} of question.choices) printLine(`    ${id}  ${text[language]}`);
    printLine(
      `  ${said[language]} · ${worded(resultWords.rightIs, {answer: shown(question.answer)})[language]}`,
    );
    printLine(`  ${question.explain[language]}`);
  }
  const {right, misconceptions} = reportOn(questions, answers);
  for (const {id, asked, wrong} of misconceptions) {
    if (wrong === 0) continue;
    for (const line of beliefToldIn(id, lessons, language)) printLine(line);
    const lesson = beliefsKnownTo(lessons).find((each) => each.id === id)?.lesson;
    const command = lesson === undefined ? undefined : shell`packet-tutor play ${shellFile(lesson)}`;
    const times =
      command === undefined
        ? worded(resultWords.beliefTimes, {wrong, asked})
        : worded(resultWords.belief, {wrong, asked, command});
    printLine(`  ${times[language]}`);
  }
  printLine(worded(resultWords.right, {right, all: questions.length})[language]);
};

const tellFewer = (sheet: QuizSheet, {language}: Context): void => {
  const fewer = fewerText(sheet);
  if (fewer) printNote(fewer[language]);
};

const inTerminal = async (args: Arguments, context: Context): Promise<Outcome> => {
  if (!hasTerminal(context)) return {...quizNeedsTerminal, exit: 2};
  const {openRound} = await import('../app/quiz-round.ts');
  const round = await openRound(args, context);
  if (!round.ok) return round.error;
  const {runApp} = await import('../app/run-app.ts');
  const outcome = await runApp({screen: 'quiz', ...round.value}, context);
  const {exam} = round.value;
  if (exam === undefined) return outcome;
  const lost = exam.lost();
  if (lost) return lost;
  printLine(worded(examSaved, exam)[context.language]);
  return outcome;
};

/** Prints a sheet of quiz questions, or writes it to the file of `--output`. */
const handOut = async (
  sheet: QuizSheet,
  pieces: Iterable<Written>,
  args: Arguments,
  context: Context,
): Promise<Outcome> => {
  tellFewer(sheet, context);
  const file = args.value('output');
  if (file !== undefined) return writeOutcome(file, replaceFile(file, [...pieces].join('')));
  await printPieces(pieces);
  return 0;
};

const gradeFile = async (file: string, args: Arguments, context: Context): Promise<Outcome> => {
  const opened = await openSheet(args, usualSheet, context);
  if (!opened.ok) return opened.error;
  const {questions} = opened.value;
  const answers = answersIn(file, questions);
  if ('what' in answers) return answers;
  const {saveAnswers} = await import('../app/exam-answers.ts');
  const saved = saveAnswers(args, opened.value, answers);
  if (saved !== 0) return saved;
  const result = reportOn(questions, answers);
  const {wanted, fewer} = opened.value;
  if (args.value('report') !== undefined || context.json)
    printJson({...result, ...(fewer && {fewer: {wanted, because: fewer}})});
  else tellResult(opened.value, answers, context);
  return result.right === questions.length ? 0 : 1;
};

const gradeFolder = async (folder: string, args: Arguments, context: Context): Promise<Outcome> => {
  const {gradeClass} = await import('../app/grade-class.ts');
  const graded = await gradeClass(folder, args, {usual: usualSheet, bar: context});
  if (!graded.ok) return graded.error;
  const {classCsv, classJson, classLines} = await import('../app/class-tables.ts');
  if (context.json) printJson(classJson(graded.value));
  else if (args.flag('csv')) await printPieces(classCsv(graded.value, context.language));
  else await printPieces(ended(classLines(graded.value, context.language)));
  return graded.value.refused.length === 0 ? 0 : 1;
};

export const quiz: Command = {
  options: quizOptions,
  run: async (args, context): Promise<Outcome> => {
    const idle = idleOption(args, context.json);
    if (idle) return idle;
    const manner = mannerOf(args, context.json);
    if (manner.kind === 'round') return inTerminal(args, context);
    if (manner.kind === 'answers') return gradeFile(manner.given, args, context);
    if (manner.kind === 'grade') return gradeFolder(manner.given, args, context);
    const opened = await openSheet(args, usualSheet, context);
    if (!opened.ok) return opened.error;
    const sheet = opened.value;
    if (manner.kind === 'json') {
      const known = byId(beliefsKnownTo(sheet.lessons));
      const pieces = ended([
        json.value(
          sheet.questions.map((each) => questionJson(each, known)),
          1,
        ),
      ]);
      return handOut(sheet, pieces, args, context);
    }
    const {paperPieces, sheetDeckPieces} = await import('../app/quiz-papers.ts');
    const piecesOf = manner.kind === 'format' ? sheetDeckPieces : paperPieces;
    return handOut(sheet, piecesOf(sheet, args, context), args, context);
  },
};
