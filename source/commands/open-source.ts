// SOURCE → a Trace and all that belongs to it: lesson id, lesson file, script, capture, `-`, or a replay code.
import {captureFromStdin, openCapture} from '../io/capture.ts';
import type {CaptureProblem} from '../io/capture-reading.ts';
import {exists} from '../io/files.ts';
import {compiledLesson, lessonIds} from '../io/lessons.ts';
import type {Move} from '../lesson/attempt.ts';
import type {BoundBeat} from '../lesson/bound-beat.ts';
import type {Lesson, Run, Text, Track} from '../lesson/lesson.ts';
import type {CaptureInspector} from '../observe/capture-inspector.ts';
import type {CapturedTrace} from '../observe/capture-trace.ts';
import type {ChallengeInput} from '../present/scene-input.ts';
import {
  badReplayCode,
  noFile,
  noLesson,
  noPacket,
  notForCaptures,
  notForReplays,
  notForScripts,
  onlyForCaptures,
  otherVersion,
  type Problem,
  unknownKind,
} from '../present/text/errors.ts';
import {decodeReplay, isReplayCode, type Replay} from '../sim/replay.ts';
import type {Trace} from '../sim/trace.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {chooseRun, type Wish, wishOf, wishWords} from './choose-run.ts';
import type {Arguments, Failure, OptionSpec} from './command.ts';
import {openLessonFile} from './lesson-file.ts';
import {openSecrets} from './open-secrets.ts';
import {captureOptions, connectionOf, known, profileNames} from './options.ts';
import {type OtherRun, offeredRuns, otherRuns} from './other-runs.ts';
import {type Bar, withBar} from './reading-bar.ts';
import {type Again, againOf} from './run-again.ts';

/** A challenge, and another run of it with other moves. */
type Solving = ChallengeInput & {attempt(moves: readonly Move[]): Promise<Result<Opened, Failure>>};

type Beside = {
  /** What a what-if tells at its beginning and its end. */
  readonly asides: readonly BoundBeat[];
  readonly others: readonly OtherRun[];
  /** Those that the end of this run offers in the player. */
  readonly offered: readonly OtherRun[];
  /** One of them, otherwise as this one was asked for. */
  open(name: string): Promise<Result<Opened, Failure>>;
};

export type Captured = {readonly trace: CapturedTrace; readonly inspector: CaptureInspector};

export type Opened = {
  /** As it was asked for: what to write after `packet-tutor play`. */
  readonly argument: string;
  readonly source: string;
  /** Captures have none but their name. */
  readonly title: Text | undefined;
  /** Of a lesson. */
  readonly track?: Track;
  /** Of a run that is not the lesson's first. */
  readonly runTitle: Text | undefined;
  readonly runName: string | undefined;
  readonly trace: Trace;
  readonly beats: readonly BoundBeat[];
  /** Of a capture that is still being made. */
  readonly live?: true;
  /** Of a capture: all that was found in it. */
  readonly captured?: Captured;
  /** Of a lesson: its other runs. */
  readonly beside?: Beside;
  /** Absent for captures. */
  readonly replay: Replay | undefined;
  /** Of a lesson: the run once more, with something altered. */
  readonly again?: Again;
  readonly warning: {readonly problem: Problem; readonly place?: string} | undefined;
  readonly solving?: Solving;
  /** Of a lesson: what was simulated. */
  readonly run?: Run;
  readonly lesson?: Lesson;
  /** Of a script: the expectation that was not met. */
  readonly failure?: Failure | undefined;
};

const unchanged: Wish = {run: undefined, seed: undefined, profile: undefined, faults: [], drops: []};

/** Simulates a run of the lesson and ties its beats to what happened. */
export const openLesson = async (
  lesson: Lesson,
  wish: Wish = unchanged,
  place = lesson.openedFrom ?? lesson.id,
  moves: readonly Move[] = [],
): Promise<Result<Opened, Failure>> => {
  const chosen = chooseRun(lesson, wish);
  if (!chosen.ok) return chosen;
  const {attemptRun, goalEvents} = await import('../lesson/attempt.ts');
  const {run: own, replay} = chosen.value;
  const run = attemptRun(own, moves);
  const again = await againOf(lesson, run, wish);
  const {trace, beats, asides} = again.simulate(again.scenario);
  const missing = wish.drops.find((packet) => packet > trace.packetCount);
  if (missing !== undefined) return err({...noPacket(missing, trace.packetCount), exit: 2});
  const first = lesson.runs[0]?.name === run.name;
  // The other runs show what the challenge asks for.
  const challenge = first ? lesson.challenge : undefined;
  return ok({
    argument: [place, ...wishWords(wish)].join(' '),
    source: lesson.id,
    title: lesson.title,
    track: lesson.track,
    runTitle: first ? undefined : run.title,
    runName: first ? undefined : run.name,
    trace,
    beats,
    beside: {
      asides,
      others: otherRuns(lesson, run.name),
      offered: offeredRuns(lesson, run.name),
      open: (name) => openLesson(lesson, {...wish, run: name, faults: [], drops: []}, place),
    },
    ...(challenge
      ? {
          solving: {
            challenge,
            run: own,
            moves,
            met: goalEvents(challenge, trace),
            attempt: (next) => openLesson(lesson, wish, place, next),
          },
        }
      : {}),
    replay,
    // In a challenge the reader's moves are all that may be altered.
    ...(challenge ? {} : {again}),
    warning: undefined,
    run,
    lesson,
  });
};

const openReplay = async (code: string): Promise<Result<Opened, Failure>> => {
  const replay = decodeReplay(code);
  if (!replay.ok) {
    const why = {en: 'it is cut or altered', zh: '它不完整或被改过'};
    return err({...badReplayCode(code.length > 40 ? `${code.slice(0, 40)}…` : code, why), exit: 2});
  }
  const {source, sourceDigest, seed, profile, run, faults} = replay.value;
  const lesson = compiledLesson(source);
  if (lesson === undefined) return err({...noLesson(source, lessonIds()), exit: 2});
  if (!lesson.digest.startsWith(sourceDigest)) return err({...otherVersion(source), exit: 2});
  return openLesson(lesson, {run, seed, profile, faults, drops: []});
};

const runOptionNames = ['seed', 'profile', 'run', 'drop', 'fault'];

export const captureOpened = (
  {trace, warning}: Pick<Captured, 'trace'> & Pick<Opened, 'warning'>,
  inspector: CaptureInspector,
): Opened => ({
  argument: trace.header.source,
  source: trace.header.source,
  title: undefined,
  runTitle: undefined,
  runName: undefined,
  trace,
  beats: [],
  captured: {trace, inspector},
  replay: undefined,
  warning,
});

/** An option that chooses a run, which a capture has not. */
export const idleForCaptures = (args: Arguments): Failure | undefined => {
  const idle = runOptionNames.find((name) => args.list(name).length > 0);
  return idle === undefined ? undefined : {...notForCaptures(`--${idle}`), exit: 2};
};

export const captureFailure = ({problem, place}: CaptureProblem): Failure => ({
  ...problem,
  ...(place === undefined ? {} : {place}),
  exit: 2,
});

const openCaptureSource = async (
  source: string,
  args: Arguments,
  {contents = false, bar}: SourceManner,
): Promise<Result<Opened, Failure>> => {
  const idle = idleForCaptures(args);
  if (idle !== undefined) return err(idle);
  const connection = connectionOf(args);
  if (!connection.ok) return connection;
  const capture = await withBar(source, bar, (watch) => {
    const wanted = {only: connection.value, contents, watch};
    return source === '-' ? captureFromStdin(wanted) : openCapture(source, wanted);
  });
  if (!capture.ok) return err(captureFailure(capture.error));
  const opened = await openSecrets(capture.value, args.value('keylog'));
  return opened.ok ? ok(captureOpened(opened.value, capture.value.inspector)) : opened;
};

const openScriptSource = async (source: string, args: Arguments): Promise<Result<Opened, Failure>> => {
  const idle = runOptionNames.find((name) => name !== 'profile' && args.list(name).length > 0);
  if (idle !== undefined) return err({...notForScripts(`--${idle}`), exit: 2});
  const {openScript} = await import('./open-script.ts');
  return openScript(source, known(profileNames, args.value('profile')));
};

export const isLessonFile = (source: string): boolean => /\.ya?ml$/i.test(source);
export const isScript = (source: string): boolean => /\.pkt$/i.test(source);
export const isCapture = (source: string): boolean =>
  source === '-' || /\.(pcap|pcapng|cap)(\.gz)?$/i.test(source);

type SourceManner = {
  /** The options of this command that mean nothing for other sources. */
  readonly forCaptures?: readonly OptionSpec[];
  /** Of a capture: what programs say in it is wanted, too. */
  readonly contents?: boolean;
  /** Where somebody sits who would see how far a long capture has been read; absent: nobody is told. */
  readonly bar?: Bar;
};

export const openSource = async (
  source: string,
  args: Arguments,
  manner: SourceManner = {},
): Promise<Result<Opened, Failure>> => {
  const {forCaptures = captureOptions} = manner;
  if (isCapture(source)) return openCaptureSource(source, args, manner);
  const idleHere = forCaptures.find(({name}) => args.list(name).length > 0);
  if (idleHere) return err({...onlyForCaptures(`--${idleHere.name}`), exit: 2});
  if (isReplayCode(source)) {
    const idle = runOptionNames.find((name) => args.list(name).length > 0);
    return idle === undefined ? openReplay(source) : err({...notForReplays(`--${idle}`), exit: 2});
  }
  if (isScript(source)) return openScriptSource(source, args);
  const wish = wishOf(args);
  if (!wish.ok) return wish;
  if (isLessonFile(source)) {
    const lesson = await openLessonFile(source);
    return lesson.ok ? openLesson(lesson.value, wish.value) : lesson;
  }
  const lesson = compiledLesson(source);
  if (lesson !== undefined) return openLesson(lesson, wish.value);
  if (/[./\\]/.test(source)) {
    return err({...(exists(source) ? unknownKind(source, 'play') : noFile(source)), exit: 2});
  }
  return err({...noLesson(source, lessonIds()), exit: 2});
};
