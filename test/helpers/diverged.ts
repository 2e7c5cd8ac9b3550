// Runs of lessons that are not their own: one packet, drawn by a seed, is lost, late, doubled, overtaken or altered on the way.
// With all that is told there, by the lesson and by the account, and by whom.
import {simulate} from '../../scripts/simulate.ts';
import type {Told} from '../../source/account/told/facts.ts';
import {tellsOf} from '../../source/app/departure.ts';
import {bindBeats} from '../../source/lesson/bind.ts';
import type {BoundBeat} from '../../source/lesson/bound-beat.ts';
import type {Lesson, Run} from '../../source/lesson/lesson.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import {runVariant} from '../../source/lesson/run-variant.ts';
import type {Fault, FaultKind} from '../../source/sim/fault.ts';
import {formatFault} from '../../source/sim/fault-text.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {toldToAll, withCommentary} from '../../source/view/story/commentary.ts';
import {toldBeside} from '../../source/view/story/told-beside.ts';
import {allRuns, type LessonRun, traceOf} from './all-runs.ts';
import {segmentOf} from './claims/seen.ts';

export type Diverged = LessonRun & {readonly fault: Fault; readonly code: string};

export type Sentence = {
  readonly by: 'lesson' | 'account';
  /** Among the lesson's beats. */
  readonly beat: number;
  readonly part: 'say' | 'note';
  /** The event after which it is told; 0: before all. */
  readonly n: number;
  readonly en: string;
  readonly zh: string;
};

/** Numbers that look drawn, the same for the same seed (a linear congruence of Numerical Recipes, its upper half). */
const drawFrom = (seed: number) => {
  let state = seed >>> 0;
  return (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

type Draw = ReturnType<typeof drawFrom>;

const edit = (field: string, value: number, mend = true): FaultKind => ({
  kind: 'edit',
  field,
  value: value >>> 0,
  mend,
});

/** Of a segment: a number that does not fit, another flag, a closed window; of anything else its TTL. */
const edits = (trace: Trace, packet: number): readonly FaultKind[] => {
  const segment = segmentOf(trace, packet);
  if (!segment) return [edit('ip.ttl', 1), {kind: 'corrupt', where: 'link'}];
  const {seq, ack, flags} = segment;
  return [
    edit('tcp.seq_raw', seq + 100_000),
    edit('tcp.seq_raw', seq - 10),
    edit('tcp.ack_raw', ack + 5000),
    edit('tcp.window_size_value', 0),
    edit('tcp.flags', flags ^ 0x04),
    edit('tcp.flags', flags ^ 0x01),
    edit('tcp.window_size_value', 1, false),
  ];
};

const kindOf = (draw: Draw, trace: Trace, packet: number): FaultKind => {
  const altered = edits(trace, packet);
  const kinds: readonly (FaultKind | undefined)[] = [
    ...([{kind: 'drop'}, {kind: 'drop'}, {kind: 'drop'}] as const),
    {kind: 'delay', byUs: [20_000, 150_000, 700_000, 4_000_000][draw(4)] ?? 1},
    {kind: 'dup', afterUs: [0, 30_000, 2_000_000][draw(3)] ?? 0},
    {kind: 'reorder', places: 1 + draw(3)},
    {kind: 'corrupt', where: draw(2) === 0 ? 'link' : 'memory'},
    altered[draw(altered.length)],
  ];
  return kinds[draw(kinds.length)] ?? {kind: 'drop'};
};

/** Whatever stands behind packet 60 is like what stands before it. */
const mostPackets = 60;

const diverged = (each: LessonRun, draw: Draw): Diverged => {
  const own = traceOf(each);
  const packet = draw(Math.min(own.packetCount, mostPackets)) + 1;
  const fault: Fault = {...kindOf(draw, own, packet), at: {packet}};
  const code = `${each.lesson.id} --run ${each.run.name} --fault ${formatFault(fault)}`;
  return {...each, fault, code};
};

/** Those that a lesson tells of. */
export const toldRuns = (): readonly LessonRun[] =>
  allRuns().filter(({lesson, run}) => lesson.beats.some((beat) => beat.run === run.name));

/** Each of them comes up, each time with something else. */
export const divergedRuns = (of: readonly LessonRun[], count: number, seed: number): readonly Diverged[] => {
  const draw = drawFrom(seed);
  return Array.from({length: count}, (_, nth) => of[(seed + nth) % of.length]).flatMap((each) =>
    each ? [diverged(each, draw)] : [],
  );
};

const lossOf = (each: LessonRun, packet: number): Diverged => {
  const fault: Fault = {kind: 'drop', at: {packet}};
  return {...each, fault, code: `${each.lesson.id} --run ${each.run.name} --fault ${formatFault(fault)}`};
};

/** Each packet of a run lost, the first ones. */
export const lossesOf = (each: LessonRun): readonly Diverged[] =>
  Array.from({length: Math.min(traceOf(each).packetCount, mostPackets)}, (_, index) =>
    lossOf(each, index + 1),
  );

/** And those behind: all, but of the few runs with hundreds only so many, evenly spread. */
export const allLossesOf = (each: LessonRun, mostBehind = 20): readonly Diverged[] => {
  const behind = Math.max(0, traceOf(each).packetCount - mostPackets);
  const step = Math.max(1, behind / mostBehind);
  return [
    ...lossesOf(each),
    ...Array.from({length: Math.floor(behind / step)}, (_, nth) =>
      lossOf(each, mostPackets + 1 + Math.floor(nth * step)),
    ),
  ];
};

/** Four times the longest of our runs: two ends that answer each other's ACKs for ever do it as well by then. */
const mostEvents = 5000;

export const tracedWith = ({lesson, run, fault}: Pick<Diverged, 'lesson' | 'run' | 'fault'>): Trace => {
  const scenario = scenarioOf(runVariant(run, {faults: [fault]}));
  return simulate({...scenario, mostEvents}, {source: lesson.id, run: run.name});
};

const sentencesOf = (beat: BoundBeat, by: Sentence['by']): readonly Sentence[] => {
  if (beat.kind !== 'narration') return [];
  const {say, note, event: n, index} = beat;
  return (
    [
      ['say', say],
      ['note', note],
    ] as const
  ).flatMap(([part, text]) => (text ? [{by, beat: index, part, n, en: text.en, zh: text.zh}] : []));
};

export const toldByLesson = (
  lesson: Lesson,
  {run}: Pick<Diverged, 'run'>,
  trace: Trace,
): readonly Sentence[] =>
  bindBeats(lesson, run.name, trace).beats.flatMap((beat) => sentencesOf(beat, 'lesson'));

/** Returns the beats that hold in a run, and how the account tells it. */
const tellingOf = (lesson: Lesson, {run, fault}: Pick<Diverged, 'run' | 'fault'>, trace: Trace) => {
  const {beats} = bindBeats(lesson, run.name, trace);
  const scenario = scenarioOf(runVariant(run, {faults: [fault]}));
  const tells = tellsOf(lesson, scenario, {trace, beats, traceOf: (own) => traceOf({lesson, run: own})});
  return {beats, tells: toldToAll(tells)};
};

/** Returns the sentences that a reader of that run reads, in order. */
export const toldOf = (
  lesson: Lesson,
  each: Pick<Diverged, 'run' | 'fault'>,
  trace: Trace,
): readonly Sentence[] => {
  const {beats, tells} = tellingOf(lesson, each, trace);
  const own = new Set(beats.map(({index}) => index));
  return withCommentary(trace, beats, tells).flatMap((beat) =>
    sentencesOf(beat, own.has(beat.index) ? 'lesson' : 'account'),
  );
};

/** Returns what the account tells there, as messages with their facts. */
export const accountOf = (
  lesson: Lesson,
  each: Pick<Diverged, 'run' | 'fault'>,
  trace: Trace,
): readonly Told[] => {
  const {beats, tells} = tellingOf(lesson, each, trace);
  return toldBeside(trace, beats, tells);
};

const bound = new WeakMap<Run, readonly BoundBeat[]>();

const ownBeats = (lesson: Lesson, run: Run): readonly BoundBeat[] => {
  const beats = bound.get(run) ?? bindBeats(lesson, run.name, traceOf({lesson, run})).beats;
  bound.set(run, beats);
  return beats;
};

/** The same words where the lesson says them of its own run. */
export const ownOf = (
  {lesson, run}: Pick<Diverged, 'lesson' | 'run'>,
  {beat, part}: Pick<Sentence, 'beat' | 'part'>,
): (Pick<Sentence, 'n' | 'en' | 'zh'> & {readonly trace: Trace}) | undefined => {
  const trace = traceOf({lesson, run});
  const own = ownBeats(lesson, run).find(({index}) => index === beat);
  const text = own?.kind === 'narration' ? own[part] : undefined;
  return own && text && {n: own.event, en: text.en, zh: text.zh, trace};
};
