// The stack and the observer for other programs: `packet-tutor/core`. It uses no files, no clock and no terminal; functions that can fail
// return a Result.

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
  /** The names for `simulate`. The first run is the one that plays; those of the what-ifs come last. */
  readonly runs: readonly string[];
};

/**
 * What happened between the hosts in a run or in a capture. The members are totals; `linesOf`, `packetOf` and `sceneOf` return the events,
 * the packets and the picture.
 */
export type Trace = {
  /** The lesson's ID, or the capture's name. */
  readonly source: string;
  readonly hosts: readonly {readonly name: string; readonly ip: readonly string[]}[];
  readonly events: number;
  readonly packets: number;
  /** The time from the beginning to the last event, in microseconds. */
  readonly durationUs: number;
  /**
   * Why the trace ends. `quiet`: nothing is left to happen; `until`, `limit`: the lesson's end; `budget`: too many events; `eof`: a
   * capture's end.
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

/** The contents of a lesson file besides texts and questions: topology, apps, actors, script, seed, profile, until, limit, runs. */
export type Causes = {readonly script: readonly object[]; readonly [key: string]: unknown};

const name = {en: 'scenario'};
const beat = {when: {end: true}, say: name};
/** The members that a lesson needs besides its causes: a name, a subject and a text. */
const head = {
  ...{format: 1, id: 'scenario', title: name, summary: name, track: 'whole-story', minutes: 1},
  ...{rfc: ['9293'], beats: [beat]},
};

export type LessonFiles = {
  /** The name under which errors are reported; with `.yaml` it has to be the lesson's ID. @default 'lesson' */
  readonly file?: string;
  /** The texts of zone files (RFC 1035 §5), by name. */
  readonly zones?: ReadonlyMap<string, string>;
  /** The texts of PEM files, by name. */
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
  /** The name of the run. @default the lesson's first */
  readonly run?: string;
  /** The seed, 0 … 4294967295. @default the run's own, under which it keeps the numbers that the lesson pins */
  readonly seed?: number;
  readonly profile?: 'linux' | 'rfc' | 'freebsd';
  /** Further faults beside the run's own, in the notation of `--fault`: `drop@packet=2`. */
  readonly faults?: readonly string[];
  /** The number of events at which the run stops. @default 100000 */
  readonly mostEvents?: number;
  /** The cryptography for TLS; `packet-tutor/node-crypto` contains Node's. */
  readonly crypto?: CryptoPort;
};

export type SimulateError =
  | {readonly code: 'run'; readonly run: string; readonly known: readonly string[]}
  | {readonly code: 'fault'; readonly fault: string; readonly error: FaultTextError}
  /** The run has TLS, and `crypto` is missing. */
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

/** Returns the lines of `show --json`, made as they are asked for. What a lesson says is left out, so events count 1, 2, …. */
export const linesOf = (trace: Trace) => {
  const {trace: whole} = keptIn(traces, trace);
  return traceLines(whole, {title: trace.source, notes: []});
};

type LineIn<All> = All extends IterableIterator<infer Each> ? Each : never;

/** A line of `show --json`: the first has `type` `trace`, the last `end`, those between `event`. Times are in microseconds. */
export type TraceLine = LineIn<ReturnType<typeof linesOf>>;

/** The line of an event; its `kind` tells what else it contains. */
export type EventLine = Extract<TraceLine, {readonly type: 'event'}>;

/** Returns SHA-256 over what the machines did, or over a capture's frames: `sha256:` and 64 hexadecimal digits. */
export const digestOf = (trace: Trace): string => digestOfTrace(keptIn(traces, trace).trace);

export type Packet = {
  readonly from: string;
  readonly to: string;
  /** The time at which the packet was sent, or passed the capture point, in microseconds from the beginning of the trace. */
  readonly atUs: number;
  /** The octets as the packet left its host, or as it was captured. */
  readonly bytes: Uint8Array;
  /** The length on the wire, in bytes; it exceeds that of `bytes` if the snap length cut the packet. */
  readonly originalLength: number;
  /** The link type as in capture files: 1 is Ethernet. */
  readonly linkType: number;
};

/** Returns a packet. @param number 1 … `trace.packets` @returns undefined if there is no packet with that number */
export const packetOf = (trace: Trace, number: number): Packet | undefined => {
  const {trace: whole} = keptIn(traces, trace);
  if (!Number.isInteger(number) || number < 1 || number > whole.packetCount) return undefined;
  const {from, to, sentUs, capturedUs = sentUs, bytes, originalLength, linkType} = recordOf(whole, number);
  return {from, to, atUs: capturedUs, bytes, originalLength, linkType};
};

export type SceneOptions = {
  /** The time in microseconds from the beginning. @default the end */
  readonly atUs?: number;
  /** The size in cells. @default 80 × 24 */
  readonly columns?: number;
  readonly rows?: number;
  readonly language?: Language;
  /** True for ASCII signs only. */
  readonly ascii?: boolean;
};

const inputOf = (
  trace: Trace,
  {language, rule, place}: Pick<PlainLook, 'language' | 'rule' | 'place'>,
): SceneInput => {
  const {trace: whole, beats, title} = keptIn(traces, trace);
  return plainInput(whole, {beats, title, source: trace.source, language, rule, place});
};

/** Returns one instant as the player shows it: exactly `rows` lines of styled text, none wider than `columns`. */
export const sceneOf = (trace: Trace, options: SceneOptions = {}): readonly Line[] => {
  const {atUs = trace.durationUs, columns = 80, rows = 24, language = 'en', ascii = false} = options;
  const place = (paced: Pacing): number => msAt(paced, atUs);
  const shown = scene(inputOf(trace, {language, rule: () => undefined, place}));
  return screen(shown, {columns, rows, glyphs: ascii ? asciiGlyphs : unicodeGlyphs, keyHints: []});
};

export type ReasonOptions = {
  /** The words of the rules: `rules` of `packet-tutor/rules`. */
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

/** A capture that has been read, whole or as far as possible. */
export type Capture = {
  readonly trace: Trace;
  /** The error that ended the reading before the end of the file. */
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
  /** The name of the trace. @default 'capture' */
  readonly name?: string;
  /** The secrets of TLS (RFC 9850), beside those in a pcapng; they need `crypto`. */
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

/** Returns connections, DNS, HTTP, TLS and QUIC: the object that `inspect --json` prints. */
export const inspectionOf = (capture: Capture, {language = 'en'}: Pick<ReportOptions, 'language'> = {}) => {
  const {facts, inspector, tls, quic} = keptIn(captures, capture);
  const shown = allShown(inspector, tls, quic);
  return inspection(facts, inspector, shown, judged({...shown, inspector, quic}, language));
};

export type Inspection = ReturnType<typeof inspectionOf>;

export type ReportOptions = {
  readonly language?: Language;
  /** The width in cells; longer sentences continue on the next line. @default 100 */
  readonly columns?: number;
  readonly ascii?: boolean;
};

/** Returns the contents in sentences, oddities first: the lines that `inspect` prints. */
export const reportOf = (
  capture: Capture,
  {language = 'en', columns = 100, ascii = false}: ReportOptions = {},
): readonly string[] => {
  const {name: source, facts, inspector, tls, quic} = keptIn(captures, capture);
  const told = allOf(inspector, tls, quic);
  return inspectionReport({name: source, facts, inspector, told}, {language, columns, ascii});
};
