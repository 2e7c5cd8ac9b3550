// The options of `quiz`, what the command does with its questions, and the options that have no effect in a call.
import {onlyForCaptures} from '../words/catalogue/capture-errors.ts';
import {classOptions, needsOption, saveNeedsAnswers, twoManners} from '../words/catalogue/classes.ts';
import {quizSentences} from '../words/catalogue/cli.ts';
import {minutesOfExam, reportNeedsAnswers, sourceOrLessons} from '../words/catalogue/quiz-errors.ts';
import {problemOf} from '../words/problem.ts';
import type {Arguments, Failure, OptionSpec} from './command.ts';
import {captureOptions, runOptions} from './options.ts';

const paperFormats = ['html', 'md'] as const;
export const deckFormats = ['anki', 'gift'] as const;

export const quizOptions: readonly OptionSpec[] = [
  {name: 'count', kind: 'value', describe: quizSentences.options.count.describe},
  {name: 'seed', kind: 'value', describe: quizSentences.options.seed.describe},
  {name: 'source', kind: 'value', describe: quizSentences.options.source.describe},
  ...runOptions.filter(({name}) => name !== 'seed'),
  ...captureOptions,
  {name: 'exam', kind: 'flag', describe: quizSentences.options.exam.describe},
  {name: 'minutes', kind: 'value', describe: quizSentences.options.minutes.describe},
  {name: 'answers', kind: 'value', describe: quizSentences.options.answers.describe},
  {name: 'report', kind: 'value', choices: ['json'], describe: quizSentences.options.report.describe},
  {name: 'name', kind: 'value', describe: classOptions.name.describe},
  {name: 'save', kind: 'value', describe: classOptions.save.describe},
  {name: 'grade', kind: 'value', describe: classOptions.grade.describe},
  {name: 'csv', kind: 'flag', describe: classOptions.csv.describe},
  {name: 'sheet', kind: 'value', choices: paperFormats, describe: classOptions.sheet.describe},
  {name: 'key', kind: 'flag', describe: classOptions.key.describe},
  {name: 'format', kind: 'value', choices: deckFormats, describe: classOptions.format.describe},
  {name: 'output', alias: 'o', kind: 'value', describe: classOptions.output.describe},
];

const manners = ['answers', 'grade', 'sheet', 'format'] as const;

type Manner =
  | {readonly kind: 'round' | 'json'}
  | {readonly kind: (typeof manners)[number]; readonly given: string};

/** Returns what `quiz` does with its questions: ask them in a round, print them as JSON, grade answers, or write a sheet or a deck. */
export const mannerOf = (args: Arguments, json: boolean): Manner => {
  const kind = manners.find((name) => args.value(name) !== undefined);
  const given = kind && args.value(kind);
  if (kind === undefined || given === undefined) return {kind: json ? 'json' : 'round'};
  return {kind, given};
};

const isGiven = (args: Arguments, name: string): boolean => args.value(name) !== undefined;

/** The options of `quiz` that have an effect only together with one of the named others. */
const companions: readonly (readonly [string, readonly string[]])[] = [
  ['name', ['save']],
  ['csv', ['grade']],
  ['key', ['sheet']],
  ['output', ['sheet', 'format']],
];

const twoThings = (args: Arguments, json: boolean): Failure | undefined => {
  const isHere = (name: string): boolean => (name === 'json' ? json : isGiven(args, name));
  const [clash] = [manners, ['sheet', 'json'], ['format', 'json'], ['csv', 'json']]
    .map((names) => names.filter(isHere))
    .filter(({length}) => length > 1);
  const [one, other] = clash ?? [];
  return one !== undefined && other !== undefined
    ? {...problemOf(twoManners, {one: `--${one}`, other: `--${other}`}), exit: 2}
    : undefined;
};

/** Returns a failure for an option of `quiz` that has no effect in this call, because it is probably a mistake. */
export const idleOption = (args: Arguments, json: boolean): Failure | undefined => {
  const source = args.value('source');
  const ofCaptures = captureOptions.find(({name}) => isGiven(args, name));
  if (source === undefined && ofCaptures)
    return {...problemOf(onlyForCaptures, {option: `--${ofCaptures.name}`}), exit: 2};
  const [lesson] = args.positionals;
  if (source !== undefined && lesson !== undefined)
    return {...problemOf(sourceOrLessons, {source, lesson}), exit: 2};
  if (isGiven(args, 'minutes') && !args.flag('exam')) return {...minutesOfExam, exit: 2};
  if (isGiven(args, 'report') && !isGiven(args, 'answers')) return {...reportNeedsAnswers, exit: 2};
  if (isGiven(args, 'save') && !args.flag('exam') && !isGiven(args, 'answers'))
    return {...saveNeedsAnswers, exit: 2};
  const alone = companions.find(
    ([name, needed]) => isGiven(args, name) && !needed.some((each) => isGiven(args, each)),
  );
  if (alone === undefined) return twoThings(args, json);
  const [name, needed] = alone;
  const list = needed.map((each) => `--${each}`);
  return {...problemOf(needsOption, {option: `--${name}`, needed: list}), exit: 2};
};
