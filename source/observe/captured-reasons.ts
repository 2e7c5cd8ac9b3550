// Finds out why an event on a connection of a capture happened. It works on demand, from the connection's segments that passed before the
// event.
import type {EventOf, PacketRecord, Trace, TraceEvent} from '../sim/trace.ts';
import type {RuleId} from '../stack/tcp/rules.ts';
import type {TcpState} from '../stack/tcp/states.ts';
import {segmentIn} from '../wire/frame.ts';
import {bisect} from '../wire/growing-list.ts';
import {grownPer} from '../wire/once-per.ts';
import {
  type CapturedReason,
  mayBeForged,
  nothingPassed,
  orForged,
  type Passage,
  type PassedSegment,
  passageAfter,
  segmentReason,
} from './segment-reasons.ts';

/**
 * The rule of RFC 9293 §3.10 for each deduced change from one TCP state to another. Changes by a reset are left out, because the states
 * alone do not tell what it did.
 */
const stateRules: {readonly [from in TcpState]?: {readonly [to in TcpState]?: RuleId}} = {
  CLOSED: {'SYN-SENT': '9293:3.10.1/open/active'},
  LISTEN: {'SYN-RECEIVED': '9293:3.10.7.2/listen/syn'},
  'SYN-SENT': {
    ESTABLISHED: '9293:3.10.7.3/syn-sent/syn-ack',
    'SYN-RECEIVED': '9293:3.10.7.3/syn-sent/syn',
  },
  'SYN-RECEIVED': {ESTABLISHED: '9293:3.10.7.4/ack/syn-received', 'FIN-WAIT-1': '9293:3.10.4/close/fin'},
  ESTABLISHED: {'FIN-WAIT-1': '9293:3.10.4/close/fin', 'CLOSE-WAIT': '9293:3.10.7.4/fin/close-wait'},
  'FIN-WAIT-1': {
    'FIN-WAIT-2': '9293:3.10.7.4/ack/fin-wait-2',
    CLOSING: '9293:3.10.7.4/fin/closing',
    'TIME-WAIT': '9293:3.10.7.4/fin/time-wait',
  },
  'FIN-WAIT-2': {'TIME-WAIT': '9293:3.10.7.4/fin/time-wait'},
  CLOSING: {'TIME-WAIT': '9293:3.10.7.4/ack/closing'},
  'CLOSE-WAIT': {'LAST-ACK': '9293:3.10.4/close/last-ack'},
  'LAST-ACK': {CLOSED: '9293:3.10.7.4/ack/last-ack'},
};

/**
 * The number of a connection's packets after which the state of the analysis is kept, so that one event is explained without reading all
 * packets again.
 */
const checkpointEvery = 64;

type Course = {
  /** The number of the connection's packets that have been analysed. */
  taken: number;
  passage: Passage;
  /** The state of the analysis before the connection's packets 0, 64, 128 … */
  readonly checkpoints: Passage[];
  /** The host and port that sent the first packet of the connection; undefined before there is one. */
  end: string | undefined;
};

/**
 * The analyses of the connections of a capture for which a reason was wanted. If the capture grows, each continues where it stopped,
 * because the marks of packets do not change.
 */
const coursesOf = grownPer<Trace, Map<number, Course>>((_, before) => before?.value ?? new Map());

const passedIn = (
  course: Course,
  {id, from, frame, capturedUs: atUs = 0, marks = 0}: PacketRecord,
): PassedSegment | undefined => {
  const segment = frame && segmentIn(frame);
  if (!segment) return undefined;
  const end = `${from} ${segment.srcPort}`;
  course.end ??= end;
  return {packet: id, side: end === course.end ? 0 : 1, atUs, marks, segment};
};

const noPackets: readonly number[] = [];

/** Returns the analysis of a connection, continued to its latest packet in the trace. */
const courseOf = (trace: Trace, connection: number, packets: readonly number[]): Course => {
  const courses = coursesOf(trace);
  const course = courses.get(connection) ?? {
    taken: 0,
    passage: nothingPassed,
    checkpoints: [],
    end: undefined,
  };
  courses.set(connection, course);
  for (; course.taken < packets.length; course.taken += 1) {
    if (course.taken % checkpointEvery === 0) course.checkpoints.push(course.passage);
    const passed = passedIn(course, trace.packet(packets[course.taken] ?? 0));
    if (passed) course.passage = passageAfter(course.passage, passed);
  }
  return course;
};

const nothingTold: CapturedReason = {rules: []};

const sentReason = (trace: Trace, id: number): CapturedReason => {
  const {connectionPackets} = trace;
  const connection = connectionPackets?.of(id);
  if (connection === undefined) return nothingTold;
  const packets = connectionPackets?.packetsOf(connection) ?? noPackets;
  const course = courseOf(trace, connection, packets);
  const at = bisect(packets.length, (index) => (packets[index] ?? 0) >= id);
  const nearest = Math.floor(at / checkpointEvery);
  let passage = course.checkpoints[nearest] ?? nothingPassed;
  for (let index = nearest * checkpointEvery; index < at; index += 1) {
    const before = passedIn(course, trace.packet(packets[index] ?? 0));
    if (before) passage = passageAfter(passage, before);
  }
  const passed = passedIn(course, trace.packet(id));
  return passed ? orForged(segmentReason(passage, passed), isForged(trace, id)) : nothingTold;
};

const isForged = (trace: Trace, id: number): boolean => {
  const connection = trace.connectionPackets?.of(id);
  if (connection === undefined) return false;
  const packets = trace.connectionPackets?.packetsOf(connection) ?? noPackets;
  const {capturedUs = 0} = trace.packet(trace.packetCount);
  return mayBeForged(courseOf(trace, connection, packets).passage, id, capturedUs);
};

const stateReason = (trace: Trace, event: EventOf<'state'>): CapturedReason => {
  const rule = event.from && stateRules[event.from]?.[event.to];
  if (rule === undefined) return nothingTold;
  const way = trace.event(event.instant);
  return orForged({rules: [rule]}, way.kind === 'send' && isForged(trace, way.packet));
};

/** Returns the reason for an event of a capture as far as the captured packets show it; without rules for other traces and events. */
export const capturedReasonOf = (trace: Trace, event: TraceEvent): CapturedReason => {
  if (trace.header.profile !== 'capture') return nothingTold;
  if (event.kind === 'state') return stateReason(trace, event);
  return event.kind === 'send' && event.packet > 0 ? sentReason(trace, event.packet) : nothingTold;
};
