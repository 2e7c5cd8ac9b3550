// `progress`: prints what the learner knows and what is weak; exports, merges or deletes the progress.
import process from 'node:process';
import {createInterface} from 'node:readline/promises';
import type {Command, Context, Failure, OptionSpec, Outcome} from '../app/command.ts';
import {learnerAsked, troubleText} from '../app/learner.ts';
import {isoTime, pageOf} from '../app/learner-page.ts';
import {fileFailure, writeOutcome} from '../app/lesson-failure.ts';
import {readBudgetOf, readOptions} from '../app/options.ts';
import {printJson, printLine, printText} from '../app/print.ts';
import {guardTerminal} from '../app/terminal-guard.ts';
import type {ReadBudget} from '../io/capture-source.ts';
import {replaceFile} from '../io/file-writing.ts';
import {kindAt, readBytes} from '../io/files.ts';
import type {Progress} from '../io/progress.ts';
import type {ProgressTrouble} from '../io/progress-file.ts';
import {worded} from '../lesson/text.ts';
import {progressText, readProgress} from '../quiz/progress-format.ts';
import {type Page, progressPage} from '../view/quiz/progress-page.ts';
import {progressSentences} from '../words/catalogue/cli.ts';
import {importBeyondBudget} from '../words/catalogue/file-size-errors.ts';
import {importNotSaved, progressWords, resetNotDone} from '../words/catalogue/progress.ts';
import {
  newerProgress,
  nothingToExport,
  notProgress,
  resetNeedsYes,
} from '../words/catalogue/progress-file.ts';
import {isFull, reasonOf} from '../words/file-errors.ts';
import {problemOf} from '../words/problem.ts';

const options: readonly OptionSpec[] = [
  {name: 'export', kind: 'value', describe: progressSentences.export.describe},
  {name: 'import', kind: 'value', describe: progressSentences.import.describe},
  ...readOptions,
  {name: 'reset', kind: 'flag', describe: progressSentences.reset.describe},
  {name: 'yes', kind: 'flag', describe: progressSentences.yes.describe},
];

const json = ({standing, misconceptions, here: {nowMs}}: Page) => {
  const beliefs = new Map(standing.beliefs.map((each) => [each.misconception, each]));
  return {
    format: 1,
    now: isoTime(nowMs),
    since: standing.sinceMs === undefined ? null : isoTime(standing.sinceMs),
    answers: standing.answers,
    right: standing.right,
    streakDays: standing.streakDays,
    streak: standing.streak,
    due: standing.due.length,
    lessons: Object.fromEntries(standing.lessons),
    challenges: Object.fromEntries(
      [...standing.challenges].map(([id, {solvedMs, best, tries, hints}]) => [
        id,
        {
          solved: solvedMs === undefined ? null : isoTime(solvedMs),
          best: best ?? null,
          tries,
          hintsUsed: hints,
        },
      ]),
    ),
    dailyStreak: standing.dailyStreak,
    misconceptions: misconceptions.map(({id}) => {
      const belief = beliefs.get(id);
      if (!belief) return {id, level: 'unseen', answers: [], due: null};
      return {id, level: belief.level, answers: belief.answers, due: isoTime(belief.dueMs)};
    }),
  };
};

const exportTo = (file: string, progress: Progress, {language}: Context): Outcome => {
  const records = progress.records();
  // An empty export must not replace a file that may be the only copy of the progress.
  if (records.length === 0 && (kindAt(file) === 'file' || progress.trouble))
    return {...problemOf(nothingToExport, {file}), exit: 1};
  const written = writeOutcome(
    file,
    replaceFile(file, progressText(records), {from: progress.file === undefined ? [] : [progress.file]}),
  );
  if (written !== 0) return written;
  printLine(worded(progressWords.exported, {records: records.length, file})[language]);
  return 0;
};

/** The default limit in MiB on a file of progress to import, enough for fifty thousand answers. */
const importMebibytes = 16;

/** Returns the failure of an import whose records could not all be saved. */
const notAdded = (file: string, trouble: ProgressTrouble): Failure => {
  const full = trouble.code === 'unwritable' && isFull(trouble.name);
  return {...problemOf(importNotSaved, {file, what: troubleText(trouble).what, full}), exit: 2};
};

const notDeleted = (trouble: ProgressTrouble): Failure => {
  if (trouble.code !== 'unwritable') return {...troubleText(trouble), exit: 2};
  const {file, name} = trouble;
  return {...problemOf(resetNotDone, {file, reason: reasonOf(name)}), exit: 2};
};

const importFrom = (
  {file, mebibytes = importMebibytes}: ReadBudget & {readonly file: string},
  progress: Progress,
  {language}: Context,
): Outcome => {
  const bytes = readBytes(file, mebibytes);
  if (!bytes.ok && bytes.error.code === 'large')
    return {...problemOf(importBeyondBudget, {file, mebibytes, wider: 4 * mebibytes}), exit: 2};
  if (!bytes.ok) return fileFailure(file, bytes.error);
  const read = readProgress(new TextDecoder().decode(bytes.value));
  if (read.kind === 'newer') return {...problemOf(newerProgress, {file, format: read.format}), exit: 2};
  if (read.kind === 'foreign' || (read.damaged > 0 && read.records.length === 0))
    return {...problemOf(notProgress, {file}), exit: 2};
  const added = progress.merge(read.records);
  if (typeof added !== 'number') return notAdded(file, added);
  printLine(worded(progressWords.answered, {fresh: added})[language]);
  return 0;
};

const confirmed = async (progress: Progress, {language}: Context): Promise<boolean> => {
  const terminal = createInterface({input: process.stdin, output: process.stdout});
  const guard = guardTerminal(() => terminal.close(), ['SIGTERM', 'SIGHUP']);
  try {
    const question = worded(progressWords.resetAsk, {
      records: progress.records().length,
      file: progress.file ?? '',
    })[language];
    return (await terminal.question(question)).trim().toLowerCase() === 'yes';
  } finally {
    guard.release();
    terminal.close();
  }
};

const reset = async (progress: Progress, isSure: boolean, context: Context): Promise<Outcome> => {
  const canAsk = process.stdin.isTTY === true && process.stdout.isTTY === true;
  if (!isSure && !canAsk) return {...resetNeedsYes, exit: 2};
  if (!isSure && !(await confirmed(progress, context))) {
    printLine(progressWords.kept[context.language]);
    return 0;
  }
  const trouble = progress.reset();
  if (trouble) return notDeleted(trouble);
  printLine(progressWords.forgotten[context.language]);
  return 0;
};

export const progressCommand: Command = {
  options,
  run: async (args, context) => {
    const learner = learnerAsked(context.language);
    if (!learner.ok) return learner.error;
    const progress = learner.value;
    if (args.flag('reset')) return reset(progress, args.flag('yes'), context);
    const from = args.value('import');
    const budget = readBudgetOf(args);
    if (!budget.ok) return budget.error;
    const imported = from === undefined ? 0 : importFrom({file: from, ...budget.value}, progress, context);
    if (imported !== 0) return imported;
    const to = args.value('export');
    if (to !== undefined) return exportTo(to, progress, context);
    if (from !== undefined) return 0;
    const page = pageOf(progress, context);
    if (context.json) printJson(json(page), 2);
    else await printText(progressPage(page));
    return 0;
  },
};
