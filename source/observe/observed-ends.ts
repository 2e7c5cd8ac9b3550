// The two ends of a captured connection at any instant: the segments that have left and reached them until then, folded.
import type {PacketRecord, Trace} from '../sim/trace.ts';
import {seqAdd} from '../wire/seq.ts';
import {TcpFlag} from '../wire/tcp.ts';
import {
  afterHearing,
  afterSending,
  type ObservedEnd,
  type Passed,
  passedOf,
  unseenEnd,
} from './observed-end.ts';
import {Mark} from './tcp-marks.ts';

/** By host: as the trace calls both. */
export type ObservedEnds = ReadonlyMap<string, ObservedEnd>;

/** One end of a packet's way. */
type Step = {
  readonly event: number;
  readonly atUs: number;
  readonly host: string;
  readonly arrives: boolean;
  readonly passed: Passed;
};

/** Every so many steps are kept as they are; the others are folded again. */
const checkpointEvery = 64;

type Course = {
  /** By events. */
  readonly steps: readonly Step[];
  /** Before steps 0, 64, 128 … */
  readonly checkpoints: readonly ObservedEnds[];
  readonly recent: Map<number, ObservedEnds>;
};

const recentMost = 128;

const stepped = (ends: ObservedEnds, {host, arrives, passed, atUs}: Step): ObservedEnds => {
  const end = ends.get(host) ?? unseenEnd;
  const after = (arrives ? afterHearing : afterSending)(end, passed, atUs);
  return after === end ? ends : new Map(ends).set(host, after);
};

const stepsOf = ({from, to, frame, marks = 0, deduced, ...packet}: PacketRecord): Step[] => {
  const ip = frame?.payload.kind === 'ip' ? frame.payload.packet : undefined;
  if (ip?.transport.kind !== 'tcp') return [];
  const passed = passedOf(ip.transport.segment, (marks & Mark.zeroWindowProbe) !== 0);
  const sent = {event: packet.sendEvent, atUs: packet.sentUs, host: from, arrives: false, passed};
  const {endEvent, dueUs} = packet;
  return endEvent === undefined || deduced?.what === 'lost'
    ? [sent]
    : [sent, {event: endEvent, atUs: dueUs, host: to, arrives: true, passed}];
};

const isSyn = ({passed}: Step): boolean => passed.offer !== undefined;

/** Which of several SYNs came may be unknown: who acknowledges has had one by then, and the last is as good as any. */
const withSyns = (steps: readonly Step[]): Step[] => {
  const heard = new Set<string>();
  return steps.flatMap((step, index): Step[] => {
    const {host, arrives, passed} = step;
    if (arrives && isSyn(step)) heard.add(host);
    if (arrives || heard.has(host) || (passed.flags & TcpFlag.ACK) === 0) return [step];
    heard.add(host);
    const syn = steps
      .slice(0, index)
      .findLast((each) => each.host !== host && isSyn(each) && passed.ack === seqAdd(each.passed.seq, 1));
    return syn ? [{...step, arrives: true, passed: syn.passed}, step] : [step];
  });
};

const courseOf = (trace: Trace, packets: readonly number[]): Course => {
  const inOrder = packets.flatMap((id) => stepsOf(trace.packet(id))).sort((a, b) => a.event - b.event);
  const steps = withSyns(inOrder);
  const checkpoints: ObservedEnds[] = [];
  let ends: ObservedEnds = new Map();
  for (const [index, step] of steps.entries()) {
    if (index % checkpointEvery === 0) checkpoints.push(ends);
    ends = stepped(ends, step);
  }
  return {steps, checkpoints, recent: new Map()};
};

const known = new WeakMap<Trace, Map<number, Course>>();

const courseIn = (trace: Trace, connection: number): Course => {
  const courses = known.get(trace) ?? new Map<number, Course>();
  known.set(trace, courses);
  const course =
    courses.get(connection) ?? courseOf(trace, trace.connectionPackets?.packetsOf(connection) ?? []);
  courses.set(connection, course);
  return course;
};

/** How many steps have been taken by event `n`. */
const takenBy = (steps: readonly Step[], n: number): number => {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle]?.event ?? 0) <= n) low = middle + 1;
    else high = middle;
  }
  return low;
};

const folded = ({steps, checkpoints}: Course, taken: number): ObservedEnds => {
  const checkpoint = Math.min(checkpoints.length - 1, Math.floor(taken / checkpointEvery));
  const begin = Math.max(0, checkpoint) * checkpointEvery;
  return steps.slice(begin, taken).reduce(stepped, checkpoints[checkpoint] ?? new Map());
};

/** After event `n`; an end that has neither sent nor received anything is absent. `connection`: its number in the capture. */
export const endsAt = (trace: Trace, connection: number, n: number): ObservedEnds => {
  const course = courseIn(trace, connection);
  const taken = takenBy(course.steps, n);
  const ends = course.recent.get(taken) ?? folded(course, taken);
  if (course.recent.size >= recentMost) course.recent.clear();
  course.recent.set(taken, ends);
  return ends;
};

/** The events of one end of a connection, from `from` to `to`: between them nothing that is deduced of it changes. */
export const eventsOfEnd = (
  trace: Trace,
  {connection, host}: {readonly connection: number; readonly host: string},
  [from, to]: readonly [number, number],
): readonly number[] =>
  courseIn(trace, connection)
    .steps.filter((step) => step.host === host && step.event >= from && step.event <= to)
    .map(({event}) => event);
