// SOURCE → a Trace and all that belongs to it: lesson id, lesson file, capture, `-`, or a replay code.
import {captureFromStdin, type OpenCapture, openCapture} from '../io/capture.ts';
import {exists, type FileError, readText} from '../io/files.ts';
import {compiledLesson, lessonIds} from '../io/lessons.ts';
import type {BoundBeat} from '../lesson/bound-beat.ts';
import type {Lesson, Text} from '../lesson/lesson.ts';
import {
  badReplayCode,
  noFile,
  noLesson,
  noPacket,
  notForCaptures,
  notForReplays,
  notUtf8,
  otherVersion,
  type Problem,
  tooLarge,
  unknownKind,
  unreadable,
} from '../present/text/errors.ts';
import {decodeReplay, isReplayCode, type Replay} from '../sim/replay.ts';
import type {Trace} from '../sim/trace.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {chooseRun, type Wish, wishOf, wishWords} from './choose-run.ts';
import type {Arguments, Failure} from './command.ts';

export type Opened = {
  /** As it was asked for: what to write after `packet-tutor play`. */
  readonly argument: string;
  readonly source: string;
  /** Captures have none but their name. */
  readonly title: Text | undefined;
  /** Of a run that is not the lesson's first. */
  readonly runTitle: Text | undefined;
  readonly runName: string | undefined;
  readonly trace: Trace;
  readonly beats: readonly BoundBeat[];
  /** Absent for captures. */
  readonly replay: Replay | undefined;
  readonly warning: {readonly problem: Problem; readonly place?: string} | undefined;
};

export const fileFailure = (file: string, error: FileError): Failure => {
  switch (error.code) {
    case 'missing':
      return {...noFile(file), exit: 2};
    case 'large':
      return {...tooLarge(file, error.mebibytes), exit: 2};
    case 'encoding':
      return {...notUtf8(file), exit: 2};
    case 'system':
      return {...unreadable(file, error.name), exit: 2};
  }
};

/** A lesson file, with every fault of its content as a failure of the thing asked for. */
const openLessonFile = async (file: string): Promise<Result<Lesson, Failure>> => {
  const text = readText(file);
  if (!text.ok) return err(fileFailure(file, text.error));
  const {loadLesson} = await import('../lesson/load.ts');
  const {firstFailure} = await import('./lesson-failure.ts');
  const lesson = loadLesson(text.value, file);
  return lesson.ok ? lesson : err(firstFailure(lesson.error));
};

const unchanged: Wish = {run: undefined, seed: undefined, profile: undefined, faults: [], drops: []};

/** Simulates a run of the lesson and ties its beats to what happened. */
export const openLesson = async (
  lesson: Lesson,
  wish: Wish = unchanged,
  place = lesson.id,
): Promise<Result<Opened, Failure>> => {
  const chosen = chooseRun(lesson, wish);
  if (!chosen.ok) return chosen;
  const {run, replay} = chosen.value;
  const {simulate} = await import('../sim/simulate.ts');
  const {bindBeats} = await import('../lesson/bind.ts');
  const trace = simulate(run, {source: lesson.id, sourceDigest: lesson.digest, run: run.name});
  const missing = wish.drops.find((packet) => packet > trace.packetCount);
  if (missing !== undefined) return err({...noPacket(missing, trace.packetCount), exit: 2});
  const first = lesson.runs[0]?.name === run.name;
  const {beats} = bindBeats(lesson, run.name, trace);
  return ok({
    argument: [place, ...wishWords(wish)].join(' '),
    source: lesson.id,
    title: lesson.title,
    runTitle: first ? undefined : run.title,
    runName: first ? undefined : run.name,
    trace,
    beats,
    replay,
    warning: undefined,
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

const captureOpened = ({trace, warning}: OpenCapture): Opened => ({
  argument: trace.header.source,
  source: trace.header.source,
  title: undefined,
  runTitle: undefined,
  runName: undefined,
  trace,
  beats: [],
  replay: undefined,
  warning,
});

const openCaptureSource = async (source: string, args: Arguments): Promise<Result<Opened, Failure>> => {
  const idle = runOptionNames.find((name) => args.list(name).length > 0);
  if (idle !== undefined) return err({...notForCaptures(`--${idle}`), exit: 2});
  const capture = source === '-' ? await captureFromStdin() : await openCapture(source);
  if (capture.ok) return ok(captureOpened(capture.value));
  const {problem, place} = capture.error;
  return err({...problem, ...(place === undefined ? {} : {place}), exit: 2});
};

const isLessonFile = (source: string): boolean => /\.ya?ml$/i.test(source);
const isCapture = (source: string): boolean => source === '-' || /\.(pcap|pcapng|cap)(\.gz)?$/i.test(source);

export const openSource = async (source: string, args: Arguments): Promise<Result<Opened, Failure>> => {
  if (isCapture(source)) return openCaptureSource(source, args);
  if (isReplayCode(source)) {
    const idle = runOptionNames.find((name) => args.list(name).length > 0);
    return idle === undefined ? openReplay(source) : err({...notForReplays(`--${idle}`), exit: 2});
  }
  const wish = wishOf(args);
  if (!wish.ok) return wish;
  if (isLessonFile(source)) {
    const lesson = await openLessonFile(source);
    return lesson.ok ? openLesson(lesson.value, wish.value, source) : lesson;
  }
  const lesson = compiledLesson(source);
  if (lesson !== undefined) return openLesson(lesson, wish.value);
  if (/[./\\]/.test(source)) {
    return err({...(exists(source) ? unknownKind(source, 'play') : noFile(source)), exit: 2});
  }
  return err({...noLesson(source, lessonIds()), exit: 2});
};
