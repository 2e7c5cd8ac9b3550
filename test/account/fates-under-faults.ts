// What became of each frame that somebody on the path has seen of a run with faults: as the run knows it, and as a capture tells it.
import {simulate} from '../../scripts/simulate.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import {CaptureIndex} from '../../source/observe/capture-trace.ts';
import {hashOf} from '../../source/sim/chance.ts';
import type {Fault} from '../../source/sim/fault.ts';
import {parseFault} from '../../source/sim/fault-text.ts';
import type {Scenario} from '../../source/sim/scenario.ts';
import type {Trace, TraceEvent} from '../../source/sim/trace.ts';
import {encodeFrame, type Frame} from '../../source/wire/frame.ts';
import type {LessonRun} from '../helpers/all-runs.ts';

const kinds = {
  mixed: [
    ...['drop', 'drop', 'drop', 'drop', 'dup', 'dup=2ms', 'dup=300ms', 'delay=1ms', 'delay=30ms'],
    ...['delay=400ms', 'reorder=1', 'reorder=3', 'corrupt=memory', 'edit:tcp.window_size_value=0'],
  ],
  harsh: [
    ...['drop', 'drop', 'drop', 'drop', 'delay=30ms', 'delay=150ms', 'delay=400ms'],
    ...['dup', 'dup=100ms', 'reorder=1', 'reorder=3', 'reorder=6'],
  ],
};

export type Kinds = keyof typeof kinds;

const mostFaults = {mixed: 6, harsh: 14};

const chosenFaults = (seed: number, of: Kinds): readonly Fault[] =>
  Array.from({length: 1 + (hashOf(seed, 'count') % mostFaults[of])}, (_, index) => {
    const kind = kinds[of][hashOf(seed, index, 'kind') % kinds[of].length];
    const fault = parseFault(`${kind}@packet=${1 + (hashOf(seed, index, 'packet') % 40)}`);
    if (!fault.ok) throw new Error(kind);
    return fault.value;
  });

/** Timestamps and SACK, which most lessons leave out. */
const withOptions = (scenario: Scenario): Scenario => ({
  ...scenario,
  hosts: scenario.hosts.map((host) => ({
    ...host,
    tcp: {...host.tcp, timestamps: true, sackPermitted: true, dsack: true},
  })),
});

export const runWith = ({lesson, run}: LessonRun, seed: number, of: Kinds): Trace => {
  const scenario = {...scenarioOf(run), seed, faults: chosenFaults(seed, of)};
  return simulate(of === 'harsh' && seed % 2 === 0 ? withOptions(scenario) : scenario, {
    ...{source: lesson.id, run: run.name},
  });
};

type Way = Extract<TraceEvent, {kind: 'send' | 'arrive'}>;

/** Whose frames are seen: all that `host` sends and gets, or what it passes on; undefined: each packet as it leaves. */
export type Point = {readonly host: string | undefined; readonly passesOn: boolean};

const sees = ({host, passesOn}: Point, event: Way): boolean => {
  if (host === undefined) return event.kind === 'send' && event.hop === 0;
  return event.host === host && (!passesOn || (event.kind === 'send' && event.hop > 0));
};

/** `unheard`: it came too late to be taken, and what its receiver said to that was lost: no sender can tell that from a loss. */
type Truth = 'delivered' | 'lost' | 'under way' | 'unheard';

/** The packets that were thrown away where they had come, by the ones that answered that. */
const answersToLate = (trace: Trace): ReadonlyMap<number, number> => {
  const answers = new Map<number, number>();
  let thrown: Extract<TraceEvent, {kind: 'drop'}> | undefined;
  for (const event of trace.events()) {
    if (event.kind === 'drop' && event.reason === 'discarded') thrown = event;
    if (event.kind !== 'send' || event.packet <= 0) continue;
    if (thrown && event.atUs === thrown.atUs && event.host === thrown.host)
      answers.set(event.packet, thrown.packet);
    thrown = undefined;
  }
  return answers;
};

/** Of packets: those that were taken in where they were meant to go, and those that never can be any more. */
const truthOf = (trace: Trace): ((packet: number) => Truth) => {
  const came = new Set<number>();
  const died = new Set<number>();
  for (const event of trace.events()) {
    if (event.kind === 'arrive' && event.packet > 0 && trace.packet(event.packet).to === event.host)
      came.add(event.packet);
    if (event.kind === 'drop' && event.reason !== 'discarded') died.add(event.packet);
  }
  // Thrown away where it had come, before any machine heard of it; not a copy of it on its way.
  for (const packet of [...came]) {
    const {endEvent, to} = trace.packet(packet);
    const ended = endEvent === undefined ? undefined : trace.event(endEvent);
    if (ended?.kind === 'drop' && ended.host === to) came.delete(packet);
  }
  const unheard = new Set(
    [...answersToLate(trace)].flatMap(([answer, late]) => (died.has(answer) ? [late] : [])),
  );
  return (packet) => {
    if (unheard.has(packet)) return 'unheard';
    return came.has(packet) ? 'delivered' : died.has(packet) ? 'lost' : 'under way';
  };
};

export type Judged = {
  readonly packet: number;
  readonly truth: Truth;
  readonly told: NonNullable<ReturnType<Trace['packet']>['deduced']>;
};

export const pointsOf = (trace: Trace): readonly Point[] => {
  const makers = new Set<string>();
  const routers = new Set<string>();
  for (const event of trace.events())
    if (event.kind === 'send' && event.packet > 0) (event.hop > 0 ? routers : makers).add(event.host);
  return [
    {host: undefined, passesOn: false},
    ...[...makers].map((host) => ({host, passesOn: false})),
    ...[...routers].map((host) => ({host, passesOn: true})),
  ];
};

export type Seen = {readonly packet: number; readonly atUs: number; readonly bytes: Uint8Array};

/** Every frame that passes there, as it passes. */
export const framesAt = (trace: Trace, point: Point): readonly Seen[] => {
  const sent = new Map<string, Frame>();
  const seen: Seen[] = [];
  for (const event of trace.events()) {
    if (event.kind !== 'send' && event.kind !== 'arrive') continue;
    const key = `${event.packet}.${event.hop}`;
    if (event.kind === 'send' && event.frame) sent.set(key, event.frame);
    const frame = event.kind === 'arrive' ? (event.altered ?? sent.get(key)) : event.frame;
    if (frame && sees(point, event))
      seen.push({packet: event.packet, atUs: event.atUs, bytes: encodeFrame(frame)});
  }
  return seen;
};

/** The run as a capture taken there, and of each frame what the run knows and what the capture tells. */
export const judgedAt = (trace: Trace, point: Point): readonly Judged[] => {
  const index = new CaptureIndex({contents: true});
  const seen = framesAt(trace, point);
  for (const [at, {atUs, bytes}] of seen.entries())
    index.add({
      ...{frameNumber: at + 1, nanoseconds: 0, comments: [], fileOffset: 0},
      ...{originalLength: bytes.length, linkType: 1, interfaceId: 0, atUs, bytes},
    });
  const captured = index.trace({source: 'test', read: () => new Uint8Array()});
  const truth = truthOf(trace);
  return seen.flatMap(({packet}, at): Judged[] => {
    const told = captured.packet(at + 1).deduced;
    return packet < 1 || !told ? [] : [{packet, truth: truth(packet), told}];
  });
};
