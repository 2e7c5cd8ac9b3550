// Finds the variables of both ends of a captured TCP connection at any instant, from the segments that have left and reached them until
// then.

import type {PacketRecord, Trace} from '../sim/trace.ts';
import {segmentIn} from '../wire/frame.ts';
import {bisect} from '../wire/growing-list.ts';
import {grownPer} from '../wire/once-per.ts';
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

/** The variables of both TCP ends, by the names of their hosts in the trace. */
export type ObservedEnds = ReadonlyMap<string, ObservedEnd>;

/** A step of a captured connection: one end sends a segment, or a segment reaches it. */
type Step = {
  readonly event: number;
  readonly atUs: number;
  readonly host: string;
  readonly arrives: boolean;
  readonly passed: Passed;
};

/**
 * The number of steps between two kept states of the ends; to find a state in between, the steps after the last kept one are applied again.
 */
const checkpointEvery = 64;

class Course {
  /** The sends and arrivals of the connection's segments, in the order of their events. */
  readonly steps: Step[] = [];
  /** The kept states of both ends before steps 0, 64, 128 … */
  readonly checkpoints: ObservedEnds[] = [];
  readonly recent = new Map<number, ObservedEnds>();
  /** The steps that the capture shows, without arrivals of a SYN that were added because an ACK shows that it had arrived. */
  readonly seen: Step[] = [];
  /** The steps in `seen` whose segment has a SYN. */
  readonly syns: Step[] = [];
  /** The event by which each host had received a SYN, by host name. */
  readonly heard = new Map<string, number>();
  /** The variables of both ends after all steps. */
  ends: ObservedEnds = new Map();
}

const recentMost = 128;

const stepped = (ends: ObservedEnds, {host, arrives, passed, atUs}: Step): ObservedEnds => {
  const end = ends.get(host) ?? unseenEnd;
  const after = (arrives ? afterHearing : afterSending)(end, passed, atUs);
  return after === end ? ends : new Map(ends).set(host, after);
};

const stepsOf = ({id, from, to, frame, marks = 0, deduced, ...packet}: PacketRecord): Step[] => {
  const segment = frame && segmentIn(frame);
  if (!segment) return [];
  const passed = passedOf(id, segment, (marks & Mark.zeroWindowProbe) !== 0);
  const sent = {event: packet.sendEvent, atUs: packet.sentUs, host: from, arrives: false, passed};
  const {endEvent, dueUs} = packet;
  return endEvent === undefined || deduced?.what === 'lost'
    ? [sent]
    : [sent, {event: endEvent, atUs: dueUs, host: to, arrives: true, passed}];
};

const isSyn = ({passed}: Step): boolean => passed.offer !== undefined;

const put = (course: Course, step: Step): void => {
  if (course.steps.length % checkpointEvery === 0) course.checkpoints.push(course.ends);
  course.steps.push(step);
  course.ends = stepped(course.ends, step);
};

/**
 * Adds a step. If a host acknowledges a SYN before any was seen to arrive, the arrival of the other end's last matching SYN is added, which
 * is as likely as any.
 */
const add = (course: Course, step: Step): void => {
  const {host, arrives, passed, event} = step;
  const {heard, syns, seen} = course;
  if (arrives && isSyn(step) && !heard.has(host)) heard.set(host, event);
  if (!arrives && !heard.has(host) && (passed.flags & TcpFlag.ACK) !== 0) {
    heard.set(host, event);
    const syn = syns.findLast((each) => each.host !== host && passed.ack === seqAdd(each.passed.seq, 1));
    if (syn) put(course, {...step, arrives: true, passed: syn.passed});
  }
  seen.push(step);
  if (isSyn(step)) syns.push(step);
  put(course, step);
};

/** Removes all steps of a connection that came after event `n`. */
const cutBehind = (course: Course, n: number): void => {
  const taken = takenBy(course.steps, n);
  if (taken === course.steps.length) return;
  course.ends = folded(course, taken);
  course.steps.length = taken;
  course.checkpoints.length = Math.ceil(taken / checkpointEvery);
  course.recent.clear();
  course.seen.length = takenBy(course.seen, n);
  course.syns.length = takenBy(course.syns, n);
  for (const [host, event] of course.heard) if (event > n) course.heard.delete(host);
};

const courseOf = (trace: Trace, packets: readonly number[]): Course => {
  const course = new Course();
  const inOrder = packets.flatMap((id) => stepsOf(trace.packet(id))).sort((a, b) => a.event - b.event);
  for (const step of inOrder) add(course, step);
  return course;
};

type Courses = Map<number, Course>;

/**
 * The steps of connections that somebody has looked at, by connection number. If the capture is still being written, new steps are added.
 */
const coursesIn = grownPer<Trace, Courses>((trace, before) => {
  const {value: courses, unchanged} = before ?? {value: new Map<number, Course>(), unchanged: 0};
  if (courses.size === 0) return courses;
  for (const course of courses.values()) cutBehind(course, unchanged);
  for (const event of trace.events(unchanged + 1)) {
    if (event.kind !== 'send' && event.kind !== 'arrive') continue;
    const course = courses.get(trace.connectionPackets?.of(event.packet) ?? 0);
    const step = course && stepsOf(trace.packet(event.packet)).find((each) => each.event === event.n);
    if (step) add(course, step);
  }
  return courses;
});

const courseIn = (trace: Trace, connection: number): Course => {
  const courses = coursesIn(trace);
  const course =
    courses.get(connection) ?? courseOf(trace, trace.connectionPackets?.packetsOf(connection) ?? []);
  courses.set(connection, course);
  return course;
};

/** Returns the number of steps up to and including event `n`. */
const takenBy = (steps: readonly Step[], n: number): number =>
  bisect(steps.length, (index) => (steps[index]?.event ?? 0) > n);

const folded = ({steps, checkpoints}: Course, taken: number): ObservedEnds => {
  const checkpoint = Math.min(checkpoints.length - 1, Math.floor(taken / checkpointEvery));
  const begin = Math.max(0, checkpoint) * checkpointEvery;
  return steps.slice(begin, taken).reduce(stepped, checkpoints[checkpoint] ?? new Map());
};

/**
 * Returns both ends' variables after event `n`; an end that has neither sent nor received anything is absent. `connection` is its number in
 * the capture.
 */
export const endsAt = (trace: Trace, connection: number, n: number): ObservedEnds => {
  const course = courseIn(trace, connection);
  const taken = takenBy(course.steps, n);
  const ends = course.recent.get(taken) ?? folded(course, taken);
  if (course.recent.size >= recentMost) course.recent.clear();
  course.recent.set(taken, ends);
  return ends;
};

/**
 * Returns the events from `from` to `to` at which one end of a connection sends or receives a segment; between them nothing that is deduced
 * of the end changes.
 */
export const eventsOfEnd = (
  trace: Trace,
  {connection, host}: {readonly connection: number; readonly host: string},
  [from, to]: readonly [number, number],
): readonly number[] =>
  courseIn(trace, connection)
    .steps.filter((step) => step.host === host && step.event >= from && step.event <= to)
    .map(({event}) => event);
