// Opens a SOURCE: lesson ID, lesson file, script, capture, `-`, or a replay code, with everything that belongs to it.

import {connectionOfRun} from '../drills/replay/as-lesson.ts';
import type {Wanted} from '../io/capture.ts';
import {hasCaptureName} from '../io/capture-files.ts';
import {kindAt} from '../io/files.ts';
import {isFolder, packFiles} from '../io/pack.ts';
import {isReplayCode} from '../sim/replay.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {
  notForCaptures,
  notForReplays,
  notForScripts,
  onlyForCaptures,
} from '../words/catalogue/capture-errors.ts';
import {noFile, unknownKind} from '../words/catalogue/errors.ts';
import {isPack, noLessonsIn} from '../words/catalogue/quiz-errors.ts';
import {noLesson} from '../words/errors.ts';
import {isNoFile} from '../words/file-errors.ts';
import {type Problem, problemOf} from '../words/problem.ts';
import type {OpenedCapture} from './capture-desk.ts';
import {wishOf} from './choose-run.ts';
import type {Arguments, Failure, OptionSpec} from './command.ts';
import {isLessonFile, openLessonFile} from './lesson-file.ts';
import {openLesson} from './open-lesson.ts';
import type {Opened} from './opened.ts';
import {budgetOf, captureOptions, connectionOf, profileOf, readBudgetOf} from './options.ts';
import {ourLesson} from './our-lesson.ts';
import {idsKnown, packFileOf} from './packs.ts';
import {type Bar, withBar} from './reading-bar.ts';

const runOptionNames = ['seed', 'profile', 'run', 'drop', 'fault', 'set'];

/** Tells whether the arguments choose one particular run of a lesson, by a replay code or an option such as --seed. */
export const namesRun = (args: Arguments): boolean =>
  isReplayCode(args.positionals[0] ?? '') || runOptionNames.some((name) => args.list(name).length > 0);

/** Returns a failure if an option is given that chooses or changes a run, because captures have no runs. */
const idleForCaptures = (args: Arguments): Failure | undefined => {
  const idle = [...runOptionNames, 'max-events'].find((name) => args.list(name).length > 0);
  return idle === undefined ? undefined : {...problemOf(notForCaptures, {option: `--${idle}`}), exit: 2};
};

/**
 * Returns which connection of a capture to read and how many mebibytes at most, from the options; a failure if an option does not fit
 * captures.
 */
export const captureWanted = (args: Arguments): Result<Pick<Wanted, 'only' | 'mebibytes'>, Failure> => {
  const idle = idleForCaptures(args);
  if (idle !== undefined) return err(idle);
  const connection = connectionOf(args);
  if (!connection.ok) return connection;
  const budget = readBudgetOf(args);
  return budget.ok ? ok({only: connection.value, ...budget.value}) : budget;
};

const openCaptureSource = async (
  source: string,
  args: Arguments,
  {contents = false, bar, prepare}: SourceManner,
): Promise<Result<Opened, Failure>> => {
  const wanted = captureWanted(args);
  if (!wanted.ok) return wanted;
  const keylog = args.value('keylog');
  const {openCaptureFrom} = await import('./open-capture.ts');
  return withBar(source, bar, async (watch) => {
    const opened = await openCaptureFrom(source, {...wanted.value, contents, keylog, watch});
    if (opened.ok) await prepare?.(opened.value);
    return opened;
  });
};

const openScriptSource = async (source: string, args: Arguments): Promise<Result<Opened, Failure>> => {
  const idle = runOptionNames.find((name) => name !== 'profile' && args.list(name).length > 0);
  if (idle !== undefined) return err({...problemOf(notForScripts, {option: `--${idle}`}), exit: 2});
  const budget = budgetOf(args);
  if (!budget.ok) return budget;
  const {openScript} = await import('./open-script.ts');
  return openScript(source, {profile: profileOf(args), ...budget.value});
};

export const isScript = (source: string): boolean => /\.pkt$/i.test(source);
export const isCapture = (source: string): boolean => source === '-' || hasCaptureName(source);

/** Tells whether a path is a pipe, which can only be a capture: `<(tcpdump …)` of a shell has no telling name. */
const isPipe = (source: string): boolean =>
  /[./\\]/.test(source) && !isLessonFile(source) && !isScript(source) && kindAt(source) === 'pipe';

/** Returns why a path cannot be opened as a source, if its name shows no known kind of file. */
const notASource = (path: string): Problem => {
  const kind = kindAt(path);
  if (kind === 'missing') return problemOf(noFile, {file: path});
  return kind === 'device' || kind === 'socket'
    ? isNoFile(path, kind)
    : problemOf(unknownKind, {file: path, command: 'play'});
};

type SourceManner = {
  /** The options of the command that apply only to captures; given for another source, they are an error. @default captureOptions */
  readonly forCaptures?: readonly OptionSpec[];
  /** True if the name of a pack may be given to open its first lesson. */
  readonly packs?: boolean;
  /** True if the application data of a capture are needed, and not only its TCP segments. */
  readonly contents?: boolean;
  /** The progress bar for reading a long capture; absent if nobody watches. */
  readonly bar?: Bar;
  /** Further slow work on the opened capture, done while the progress bar is still shown. */
  readonly prepare?: (opened: OpenedCapture) => Promise<void>;
};

export const openSource = async (
  source: string,
  args: Arguments,
  manner: SourceManner = {},
): Promise<Result<Opened, Failure>> => {
  const {forCaptures = captureOptions} = manner;
  if (isCapture(source) || isPipe(source)) {
    // A simulated connection is also asked for by the name of its run, which replay codes and the evidence of questions contain.
    const isSimulated = args.flag('simulated') || connectionOfRun(args.value('run') ?? '') !== undefined;
    if (!isSimulated) return openCaptureSource(source, args, manner);
    const {openSimulatedSource} = await import('./open-simulated.ts');
    return openSimulatedSource(source, args);
  }
  const idleHere = forCaptures.find(({name}) => args.list(name).length > 0 || args.flag(name));
  if (idleHere) return err({...problemOf(onlyForCaptures, {option: `--${idleHere.name}`}), exit: 2});
  if (isReplayCode(source)) {
    const idle = runOptionNames.find((name) => args.list(name).length > 0);
    if (idle !== undefined) return err({...problemOf(notForReplays, {option: `--${idle}`}), exit: 2});
    const {openCode} = await import('./open-code.ts');
    return openCode(source, args);
  }
  if (isScript(source)) return openScriptSource(source, args);
  const wish = wishOf(args);
  if (!wish.ok) return wish;
  const lesson = await ourLesson(source);
  if (lesson !== undefined) return openLesson(lesson, wish.value);
  const file = isLessonFile(source) ? source : packFileOf(source, manner.packs);
  if (file !== undefined) {
    const theirs = await openLessonFile(file);
    return theirs.ok ? openLesson(theirs.value, wish.value) : theirs;
  }
  if (isFolder(source)) {
    const [first] = packFiles(source).lessons;
    return err({
      ...(first === undefined
        ? problemOf(noLessonsIn, {folder: source})
        : problemOf(isPack, {folder: source, lesson: first})),
      exit: 2,
    });
  }
  if (/[./\\]/.test(source)) {
    return err({...notASource(source), exit: 2});
  }
  return err({...noLesson(source, idsKnown()), exit: 2});
};
