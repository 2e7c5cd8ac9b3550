// The public API `packet-tutor/core`: simulates runs and reads captures for other programs. It uses no files, no clock and no terminal;
// functions that can fail return a Result.

import {causeOf} from './account/causes.ts';
import {entryAt} from './account/entries.ts';
import {packetOf as recordOf} from './account/packet.ts';
import {decided, traceLines} from './account/trace-json.ts';
import {bindBeats} from './lesson/bind.ts';
import type {BoundBeat} from './lesson/bound-beat.ts';
import type {Lesson as CompiledLesson, Run} from './lesson/lesson.ts';
import type {LessonError} from './lesson/lesson-error.ts';
import {loadLesson} from './lesson/load.ts';
import {needsCrypto} from './lesson/needs-crypto.ts';
import type {Rule} from './lesson/rule.ts';
import {scenarioOf} from './lesson/run-scenario.ts';
import {allRuns, calledName, runNamed, runVariant} from './lesson/run-variant.ts';
import {signedFor} from './lesson/signed.ts';
import type {Language, Text} from './lesson/text.ts';
import type {CaptureInspector} from './observe/capture-inspector.ts';
import {CaptureIndex} from './observe/capture-trace.ts';
import {allShown, type FileFacts, fileFacts, inspection} from './observe/inspection-json.ts';
import {type CapturedQuic, capturedQuic} from './observe/quic-captured.ts';
import {type CapturedTls, capturedTls} from './observe/tls-captured.ts';
import {digestOf as digestOfTrace} from './sim/digest.ts';
import {type FaultTextError, parseFault} from './sim/fault-text.ts';
import {simulate as simulateRun} from './sim/simulate.ts';
import type {Trace as WholeTrace} from './sim/trace.ts';
import type {CryptoPort} from './stack/tls/crypto-port.ts';
import {unlockWith} from './stack/tls/recorded/unlock.ts';
import {judged} from './view/findings/judged.ts';
import {asciiGlyphs, unicodeGlyphs} from './view/glyphs.ts';
import {inspectionReport} from './view/inspect/report.ts';
import {allOf} from './view/inspect/selection.ts';
import {type PlainLook, plainInput} from './view/plain-input.ts';
import {scene} from './view/scene.ts';
import type {SceneInput} from './view/scene-input.ts';
import {screen} from './view/screen.ts';
import type {Line} from './view/span.ts';
import {msAt, type Pacing, viewOf as viewMsAt} from './view/time/pace.ts';
import {viewOf} from './view/view.ts';
import {reasonIn, whyAbout} from './view/why/answer.ts';
import type {Reason} from './view/why/reason.ts';
import {CaptureReader} from './wire/pcap/reader.ts';
import {type CaptureError, type CaptureSecrets, keyLogSecrets} from './wire/pcap/record.ts';
import {err, ok, type Result} from './wire/result.ts';
import {joinKeyLogs, parseKeyLog} from './wire/tls/key-log.ts';
import {encodeUtf8} from './wire/utf8.ts';

export type {LessonError} from './lesson/lesson-error.ts';
export type {Rule} from './lesson/rule.ts';
export type {FaultTextError} from './sim/fault-text.ts';
export type {CryptoPort} from './stack/tls/crypto-port.ts';
export type {Line, Role, Span} from './view/span.ts';
export type {Reason} from './view/why/reason.ts';
export {dissect} from './wire/dissect.ts';
export type {Frame} from './wire/frame.ts';
export {decodeFrame, encodeFrame} from './wire/frame.ts';
export type {Dissection, Field, Layer} from './wire/layer.ts';
export type {CaptureError} from './wire/pcap/record.ts';
export type {OutgoingRecord} from './wire/pcap/writer.ts';
export {encodePcap} from './wire/pcap/writer.ts';
export type {Result} from './wire/result.ts';
export type {Rope} from './wire/rope.ts';
export {ropeFromBytes, ropeToBytes} from './wire/rope.ts';
export type {Seq} from './wire/seq.ts';
export {seq} from './wire/seq.ts';
export type {WireError} from './wire/wire-error.ts';

/** A lesson that has been read, whose runs can be simulated. */
export type Lesson = {
  readonly id: string;
  readonly title: {readonly en: string; readonly zh: string};
  /** The names of the lesson's runs, for `simulate`: first the one that the player shows, last those of the what-ifs. */
  readonly runs: readonly string[];
};

/**
 * Tells what happened between the hosts in a run or in a capture. The members are totals; `linesOf`, `packetOf` and `sceneOf` return the
 * events, the packets and the picture.
 */
export type Trace = {
  /** The ID of the simulated lesson, or the name of the capture. */
  readonly source: string;
  readonly hosts: readonly {readonly name: string; readonly ip: readonly string[]}[];
  readonly events: number;
  readonly packets: number;
  /** The time in microseconds from the beginning of the run or capture to its last event. */
  readonly durationUs: number;
  /**
   * Why the run or capture ends. `quiet`: nothing is left to happen; `until`, `limit`: as the lesson says; `budget`: too many events;
   * `eof`: the capture's end.
   */
  readonly endReason: 'quiet' | 'until' | 'limit' | 'budget' | 'eof';
};

type Kept = {
  readonly trace: WholeTrace;
  readonly beats: readonly BoundBeat[];
  readonly title: Text | undefined;
};

const lessons = new WeakMap<Lesson, CompiledLesson>();
const traces = new WeakMap<Trace, Kept>();
const captures = new WeakMap<Capture, CaptureParts>();

const keptIn = <K extends object, V>(all: WeakMap<K, V>, key: K): V => {
  const kept = all.get(key);
  if (!kept) throw new TypeError('not a value that packet-tutor/core has made');
  return kept;
};

const keepTrace = (trace: WholeTrace, beats: readonly BoundBeat[] = [], title?: Text): Trace => {
  const {header, length: events, packetCount: packets, durationUs, endReason} = trace;
  const made: Trace = {source: header.source, hosts: header.hosts, events, packets, durationUs, endReason};
  traces.set(made, {trace, beats, title});
  return made;
};

/**
 * The parts of a lesson file that define its simulation, without texts and questions: topology, apps, actors, script, seed, profile, until,
 * limit, runs.
 */
export type Causes = {readonly script: readonly object[]; readonly [key: string]: unknown};

const name = {en: 'scenario'};
const beat = {when: {end: true}, say: name};
/** The members besides `Causes` without which a lesson is invalid, with placeholders: id, title, subject, a narration. */
const head = {
  ...{format: 1, id: 'scenario', title: name, summary: name, track: 'whole-story', minutes: 1},
  ...{rfc: ['9293'], beats: [beat]},
};

export type LessonFiles = {
  /** The file name in error messages; if it ends in `.yaml`, the rest must be the lesson's ID. @default 'lesson' */
  readonly file?: string;
  /** The texts of the DNS zone files (RFC 1035 §5) that the lesson names, by file name. */
  readonly zones?: ReadonlyMap<string, string>;
  /** The texts of the PEM files with certificates and keys that the lesson names, by file name. */
  readonly certificates?: ReadonlyMap<string, string>;
};

/**
 * Reads a lesson's text (YAML, docs/lessons.md), or causes alone as data in the same words. Each error has its place; for data, it is the
 * place in `JSON.stringify(causes, undefined, 2)`.
 */
export const readLesson = (
  source: string | Causes,
  {file = 'lesson', ...beside}: LessonFiles = {},
): Result<Lesson, readonly LessonError[]> => {
  const isText = typeof source === 'string';
  const own = isText ? {} : Object.fromEntries(Object.entries(head).filter(([key]) => !(key in source)));
  const read = loadLesson(isText ? source : JSON.stringify({...source, ...own}, undefined, 2), file, beside);
  if (!read.ok) return read;
  const compiled = 'beats' in own ? {...read.value, beats: []} : read.value;
  const {id, title} = compiled;
  const lesson: Lesson = {id, title, runs: allRuns(compiled).map((run) => run.name)};
  lessons.set(lesson, compiled);
  return ok(lesson);
};

export type SimulateOptions = {
  /** The name of the lesson's run to simulate. @default the lesson's first */
  readonly run?: string;
  /**
   * The seed of the run's random numbers, 0 … 4294967295. @default the run's own, with which numbers that the lesson fixes stay as they are
   */
  readonly seed?: number;
  readonly profile?: 'linux' | 'rfc' | 'freebsd';
  /** Faults to inject besides those of the run, in the notation of `--fault`: `drop@packet=2`. */
  readonly faults?: readonly string[];
  /** The number of events after which the simulation stops. @default 100000 */
  readonly mostEvents?: number;
  /** The cryptography for TLS; `packet-tutor/node-crypto` contains Node's. */
  readonly crypto?: CryptoPort;
};

export type SimulateError =
  | {readonly code: 'run'; readonly run: string; readonly known: readonly string[]}
  | {readonly code: 'fault'; readonly fault: string; readonly error: FaultTextError}
  /** The simulation failed, because the run uses TLS and the option `crypto` is missing. */
  | {readonly code: 'crypto'; readonly run: string};

const runOf = (lesson: CompiledLesson, options: SimulateOptions): Result<Run, SimulateError> => {
  const runs = allRuns(lesson);
  const {run: wanted = runs[0]?.name ?? '', seed, profile} = options;
  const run = runNamed(lesson, wanted);
  if (!run) return err({code: 'run', run: wanted, known: runs.map(calledName)});
  const faults = [];
  for (const fault of options.faults ?? []) {
    const parsed = parseFault(fault);
    if (!parsed.ok) return err({code: 'fault', fault, error: parsed.error});
    faults.push(parsed.value);
  }
  if (needsCrypto(run) && !options.crypto) return err({code: 'crypto', run: wanted});
  return ok(runVariant(run, {seed, profile, faults}));
};

/** Simulates a run. The same lesson and options give the same trace, byte by byte, on every machine. */
export const simulate = (lesson: Lesson, options: SimulateOptions = {}): Result<Trace, SimulateError> => {
  const compiled = keptIn(lessons, lesson);
  const run = runOf(compiled, options);
  if (!run.ok) return run;
  const {mostEvents, crypto} = options;
  const bound = mostEvents === undefined ? {} : {mostEvents};
  const scenario = {...scenarioOf(run.value, crypto), ...bound};
  const {name} = run.value;
  const about = {source: compiled.id, run: name};
  const trace = simulateRun(scenario, about);
  const own = (of: Run): WholeTrace => simulateRun({...scenarioOf(of, crypto), ...bound}, about);
  const told = signedFor(compiled, {name, scenario}, own);
  return ok(keepTrace(trace, bindBeats(told, name, trace).beats, compiled.title));
};

/**
 * Yields the JSON lines of a run or capture as `show --json` prints them, but without the lesson's narration, so that events are numbered
 * 1, 2, ….
 */
export const linesOf = (trace: Trace) => {
  const {trace: whole} = keptIn(traces, trace);
  return traceLines(whole, {title: trace.source, notes: []});
};

type LineIn<All> = All extends IterableIterator<infer Each> ? Each : never;

/** A line of `show --json`: the first has `type` `trace`, the last `end`, those between `event`. Times are in microseconds. */
export type TraceLine = LineIn<ReturnType<typeof linesOf>>;

/** The line of an event; its `kind` tells what else it contains. */
export type EventLine = Extract<TraceLine, {readonly type: 'event'}>;

/** Returns a SHA-256 digest of everything that the simulated hosts did, or of a capture's frames: `sha256:` and 64 hexadecimal digits. */
export const digestOf = (trace: Trace): string => digestOfTrace(keptIn(traces, trace).trace);

export type Packet = {
  readonly from: string;
  readonly to: string;
  /** The time at which the packet was sent, or passed the capture point, in microseconds from the beginning of the trace. */
  readonly atUs: number;
  /** The packet's octets as its host sent them, or as they were captured. */
  readonly bytes: Uint8Array;
  /** The length on the wire, in bytes; it exceeds that of `bytes` if the snap length cut the packet. */
  readonly originalLength: number;
  /** The link type of the packet's octets, with the numbers of pcap files: 1 is Ethernet. */
  readonly linkType: number;
};

/** Returns a packet of the run or capture. @param number 1 … `trace.packets` @returns undefined if there is no packet with that number */
export const packetOf = (trace: Trace, number: number): Packet | undefined => {
  const {trace: whole} = keptIn(traces, trace);
  if (!Number.isInteger(number) || number < 1 || number > whole.packetCount) return undefined;
  const {from, to, sentUs, capturedUs = sentUs, bytes, originalLength, linkType} = recordOf(whole, number);
  return {from, to, atUs: capturedUs, bytes, originalLength, linkType};
};

export type SceneOptions = {
  /** The instant to draw, in microseconds from the beginning of the run or capture. @default the end */
  readonly atUs?: number;
  /** The size of the drawn screen in columns and rows. @default 80 × 24 */
  readonly columns?: number;
  readonly rows?: number;
  readonly language?: Language;
  /** True if the drawn screen uses only ASCII characters. */
  readonly ascii?: boolean;
};

const inputOf = (
  trace: Trace,
  {language, rule, place}: Pick<PlainLook, 'language' | 'rule' | 'place'>,
): SceneInput => {
  const {trace: whole, beats, title} = keptIn(traces, trace);
  return plainInput(whole, {beats, title, source: trace.source, language, rule, place});
};

/** Returns the player's screen at one instant of a run or capture: exactly `rows` lines of styled text, none wider than `columns`. */
export const sceneOf = (trace: Trace, options: SceneOptions = {}): readonly Line[] => {
  const {atUs = trace.durationUs, columns = 80, rows = 24, language = 'en', ascii = false} = options;
  const place = (paced: Pacing): number => msAt(paced, atUs);
  const shown = scene(inputOf(trace, {language, rule: () => undefined, place}));
  return screen(shown, {columns, rows, glyphs: ascii ? asciiGlyphs : unicodeGlyphs, keyHints: []});
};

export type ReasonOptions = {
  /** The rules that explain events: `rules` of `packet-tutor/rules`. */
  readonly rules: readonly Rule[];
  /** The language. @default 'en' */
  readonly language?: Language;
};

/**
 * Returns why an event happened. @param n 1 … `trace.events`, as in the lines of `linesOf` @returns undefined if there is no event with
 * that number
 */
export const reasonOf = (
  trace: Trace,
  n: number,
  {rules, language = 'en'}: ReasonOptions,
): Reason | undefined => {
  const {trace: whole} = keptIn(traces, trace);
  if (!Number.isInteger(n) || n < 1 || n > whole.length) return undefined;
  const rule = (id: string): Rule | undefined => rules.find((each) => each.id === id);
  const input = inputOf(trace, {language, rule, place: (paced) => viewMsAt(paced, n)});
  const why = whyAbout(viewOf({...input, beats: []}), {kind: 'event', event: n});
  const cause = causeOf(whole, n);
  return {
    ...decided(entryAt(whole, n), whole),
    ...reasonIn(why),
    ...(cause !== undefined && {cause}),
  };
};

/** The capture that `readCapture` has read, whole or as far as possible. */
export type Capture = {
  readonly trace: Trace;
  /** The error at which the reading of the capture ended early; absent if it was read to its end. */
  readonly problem?: CaptureError;
};

type CaptureParts = {
  readonly name: string;
  readonly facts: FileFacts;
  readonly inspector: CaptureInspector;
  readonly tls: readonly CapturedTls[];
  readonly quic: readonly CapturedQuic[];
};

export type CaptureOptions = {
  /** The name of the capture in its trace. @default 'capture' */
  readonly name?: string;
  /** The text of a TLS key log (RFC 9850), used besides the secrets in a pcapng; decryption also needs `crypto`. */
  readonly keyLog?: string;
  readonly crypto?: CryptoPort;
};

const keysFrom = (secrets: readonly CaptureSecrets[], {keyLog = '', crypto}: CaptureOptions) => {
  const inside = secrets.filter(({type}) => type === keyLogSecrets).map(({bytes}) => parseKeyLog(bytes));
  const log = joinKeyLogs([...inside, parseKeyLog(encodeUtf8(keyLog))]);
  return {
    tls: crypto && log.secrets.size > 0 ? {log, unlock: unlockWith(crypto)} : undefined,
    quic: crypto && {crypto, log},
  };
};

/**
 * Reads the bytes of a pcap or pcapng file that is not compressed; at most a million frames are taken. The bytes must not change
 * afterwards.
 */
export const readCapture = (
  file: Uint8Array,
  options: CaptureOptions = {},
): Result<Capture, CaptureError> => {
  const {name: source = 'capture'} = options;
  const reader = new CaptureReader();
  const index = new CaptureIndex({contents: true});
  const problem = reader.read(file, (record) => index.add(record)) ?? reader.end();
  if (problem && index.frames === 0) return err(problem);
  const {inspector} = index;
  inspector.finish();
  const read = (offset: number, length: number): Uint8Array => file.subarray(offset, offset + length);
  const closed = index.trace({source, read});
  const keys = keysFrom(reader.secrets, options);
  const opened = keys.tls ? closed.withKeys(keys.tls) : closed;
  const trace = keepTrace(keys.quic && inspector.sawQuic ? opened.withQuic(keys.quic) : opened);
  const capture: Capture = {trace, ...(problem && {problem})};
  const tls = capturedTls(inspector.connections, keys.tls);
  const quic = keys.quic ? capturedQuic(inspector, keys.quic) : [];
  captures.set(capture, {name: source, facts: fileFacts(reader), inspector, tls, quic});
  return ok(capture);
};

/** Returns what a capture contains (connections, DNS, HTTP, TLS and QUIC) as the object that `inspect --json` prints. */
export const inspectionOf = (capture: Capture, {language = 'en'}: Pick<ReportOptions, 'language'> = {}) => {
  const {facts, inspector, tls, quic} = keptIn(captures, capture);
  const shown = allShown(inspector, tls, quic);
  return inspection(facts, inspector, shown, judged({...shown, inspector, quic}, language));
};

export type Inspection = ReturnType<typeof inspectionOf>;

export type ReportOptions = {
  readonly language?: Language;
  /** The width of the report in columns; longer sentences continue on the next line. @default 100 */
  readonly columns?: number;
  readonly ascii?: boolean;
};

/** Returns the report on a capture in sentences, problems first, as the lines that `inspect` prints. */
export const reportOf = (
  capture: Capture,
  {language = 'en', columns = 100, ascii = false}: ReportOptions = {},
): readonly string[] => {
  const {name: source, facts, inspector, tls, quic} = keptIn(captures, capture);
  const told = allOf(inspector, tls, quic);
  return inspectionReport({name: source, facts, inspector, told}, {language, columns, ascii});
};
