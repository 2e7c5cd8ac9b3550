// `quiz`: questions on fresh numbers. As JSON for a sheet, graded from a file of answers; in a terminal, a round.

import type {Arguments, Command, Context, Failure, OptionSpec, Outcome} from '../app/command.ts';
import {fileFailure} from '../app/lesson-failure.ts';
import {beliefNameIn} from '../app/lesson-file.ts';
import {captureOptions, runOptions} from '../app/options.ts';
import {printJson, printLine, printNote, printPieces} from '../app/print.ts';
import {openSheet, type QuizSheet} from '../app/quiz-sheet.ts';
import {hasTerminal} from '../app/terminal.ts';
import {readText} from '../io/files.ts';
import {worded} from '../lesson/text.ts';
import {readAnswers} from '../quiz/answer-file.ts';
import {type GivenAnswer, grade, reportOn} from '../quiz/grade.ts';
import {promptText} from '../quiz/prompt.ts';
import type {Question} from '../quiz/question.ts';
import {questionJson} from '../quiz/sheet-json.ts';
import {onlyForCaptures} from '../words/catalogue/capture-errors.ts';
import {quizSentences} from '../words/catalogue/cli.ts';
import {
  minutesOfExam,
  quizNeedsTerminal,
  reportNeedsAnswers,
  sourceOrLessons,
} from '../words/catalogue/quiz-errors.ts';
import {resultWords} from '../words/catalogue/quiz-result.ts';
import {problemOf} from '../words/problem.ts';
import {ended, json} from '../words/written.ts';

const options: readonly OptionSpec[] = [
  {
    name: 'count',
    kind: 'value',
    describe: quizSentences.options.count.describe,
  },
  {
    name: 'seed',
    kind: 'value',
    describe: quizSentences.options.seed.describe,
  },
  {name: 'source', kind: 'value', describe: quizSentences.options.source.describe},
  ...runOptions.filter(({name}) => name !== 'seed'),
  ...captureOptions,
  {
    name: 'exam',
    kind: 'flag',
    describe: quizSentences.options.exam.describe,
  },
  {
    name: 'minutes',
    kind: 'value',
    describe: quizSentences.options.minutes.describe,
  },
  {
    name: 'answers',
    kind: 'value',
    describe: quizSentences.options.answers.describe,
  },
  {
    name: 'report',
    kind: 'value',
    choices: ['json'],
    describe: quizSentences.options.report.describe,
  },
];

/** Without a seed, and without anybody who would be bored by the same sheet again. */
const usualSheet = {seed: 1, count: 10};

/** An option that would do nothing is a mistake somewhere else in the call. */
const idleOption = (args: Arguments): Failure | undefined => {
  const source = args.value('source');
  const ofCaptures = captureOptions.find(({name}) => args.value(name) !== undefined);
  if (source === undefined && ofCaptures)
    return {...problemOf(onlyForCaptures, {option: `--${ofCaptures.name}`}), exit: 2};
  const [lesson] = args.positionals;
  if (source !== undefined && lesson !== undefined)
    return {...problemOf(sourceOrLessons, {source, lesson}), exit: 2};
  const isTimed = args.value('minutes') !== undefined && !args.flag('exam');
  return isTimed ? {...minutesOfExam, exit: 2} : undefined;
};

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
  const name = file.replace(/^.*[\\/]/, '');
  return {
    what: worded(quizSentences.answersIn.what, {file, message}),
    remedy,
    place: position ? `${name}:${position.line}:${position.column}` : name,
    exit: 2,
  };
};

const longestShown = 60;

/** As it stands in somebody’s file: not all of it, where it is long. */
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
    if (wrong > 0)
      printLine(worded(resultWords.belief, {name: beliefNameIn(id, lessons), wrong, asked})[language]);
  }
  printLine(worded(resultWords.right, {right, all: questions.length})[language]);
};

export const quiz: Command = {
  options,
  run: async (args, context): Promise<Outcome> => {
    const idle = idleOption(args);
    if (idle) return idle;
    const file = args.value('answers');
    const report = args.value('report') !== undefined;
    if (report && file === undefined) return {...reportNeedsAnswers, exit: 2};
    if (file === undefined && !context.json) {
      if (!hasTerminal(context)) return {...quizNeedsTerminal, exit: 2};
      const {openRound} = await import('../app/quiz-round.ts');
      const round = await openRound(args, context);
      if (!round.ok) return round.error;
      const {runApp} = await import('../app/run-app.ts');
      return runApp({screen: 'quiz', ...round.value}, context);
    }
    const opened = await openSheet(args, usualSheet, context);
    if (!opened.ok) return opened.error;
    const {questions, wanted} = opened.value;
    if (file === undefined) {
      if (questions.length < wanted)
        printNote(worded(resultWords.fewer, {made: questions.length, wanted})[context.language]);
      await printPieces(ended([json.value(questions.map(questionJson), 1)]));
      return 0;
    }
    const answers = answersIn(file, questions);
    if ('what' in answers) return answers;
    const result = reportOn(questions, answers);
    if (report || context.json) printJson(result);
    else tellResult(opened.value, answers, context);
    return result.right === questions.length ? 0 : 1;
  },
};
