// Describes an instant of a run for questions: what a host was given (a call, segment or timer), its TCP state before, and what it did.

import {connectionAt, entryAt, instantOf, worldAt} from '../account/entries.ts';
import {worded, wordedWithNames} from '../lesson/text.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import type {Connection, Tcp} from '../stack/tcp/connection.ts';
import type {TcpState} from '../stack/tcp/states.ts';
import {farEndOf, localSocket} from '../wire/connection-id.ts';
import {oncePer} from '../wire/once-per.ts';
import {seqDiff} from '../wire/seq.ts';
import {hasFlag, segEnd, type TcpSegment} from '../wire/tcp.ts';
import {given} from '../words/catalogue/questions.ts';
import type {Called} from './kind.ts';
import {askedTrack} from './lesson-topic.ts';
import {type Prompt, valuesLine} from './prompt.ts';
import {type Calls, callOf, repeated, type Standing, type Step, stepOf} from './rfc-step.ts';
import {type Line, lineOf, printedLine, type Said, saidBy} from './said.ts';
import {type Arrived, segmentsOf} from './segments.ts';
import type {Asked} from './variant.ts';

/** Returns the first event of the instant of event `n`, which caused the others: a call, an arriving packet or a timer. */
export const causeOf = (trace: Trace, n: number): TraceEvent => instantOf(trace, n)[0] ?? entryAt(trace, n);

/** Returns the number of the last event before the instant of event `n`; 0 if there is none. */
export const instantBefore = (trace: Trace, n: number): number => causeOf(trace, n).n - 1;

/**
 * Returns a connection's state after the instant of event `n` (0 means before everything). For a connection that does not exist, it is
 * LISTEN if its port has a listener, otherwise CLOSED. Undefined if nobody knows the host's states, as in a capture.
 */
export const stateAfter = (
  trace: Trace,
  n: number,
  host: string,
  connection: string,
): TcpState | undefined => {
  const tcp = worldAt(trace, n)?.hosts[host]?.tcp;
  if (!tcp) return undefined;
  const known = tcp.connections.get(connection)?.state;
  const listens = [...tcp.listeners.values()].some(({local}) => local.port === localSocket(connection).port);
  return known ?? (listens ? 'LISTEN' : 'CLOSED');
};

const arrivals = oncePer((trace: Trace) => new Map(segmentsOf(trace).arrived.map((each) => [each.n, each])));

/** Returns the TCP segment that arrives in event `n`; undefined if the event is something else. */
export const arrivedAt = (trace: Trace, n: number): Arrived | undefined => arrivals(trace).get(n);

const callNames = {connect: 'connect()', close: 'close()', shutdown: 'shutdown(SHUT_WR)'} as const;

const isTold = (call: string): call is keyof typeof callNames => Object.hasOwn(callNames, call);

/** The TCP state and variables of an end at an instant, and what it is given then. */
export type Situation = Standing & {
  readonly host: string;
  /** The segment that arrives or the program's call; undefined if the retransmission timer expires. */
  readonly given: {readonly line: Line} | {readonly call: Calls} | undefined;
};

/** Returns the numbers and flags of the arriving segment; undefined if no segment arrives. */
export const gotIn = (given: Situation['given']): Said | undefined =>
  given && 'line' in given ? saidBy(given.line) : undefined;

const givenIn = (
  trace: Trace,
  cause: TraceEvent,
  connection: string,
): Pick<Situation, 'given'> | undefined => {
  if (cause.kind === 'arrive') {
    const arrived = arrivedAt(trace, cause.n);
    if (!arrived || farEndOf(arrived.flow) !== connection) return undefined;
    return {given: {line: lineOf(arrived.segment)}};
  }
  if (cause.kind === 'call' && isTold(cause.call)) return {given: {call: callNames[cause.call]}};
  const fires = cause.kind === 'timer' && cause.op === 'fire' && cause.name === 'RTO';
  return fires ? {given: undefined} : undefined;
};

/**
 * Returns a connection's TCP state, SND.NXT and RCV.NXT before the instant of event `n`; RCV.NXT is undefined before a SYN has arrived.
 * Undefined if the states are not known.
 */
const standingBefore = (trace: Trace, n: number, host: string, connection: string): Standing | undefined => {
  const before = instantBefore(trace, n);
  const state = stateAfter(trace, before, host, connection);
  if (state === undefined) return undefined;
  const tcb = connectionAt(trace, before, {host, connection});
  if (!tcb) return {state, sndNxt: undefined, rcvNxt: undefined};
  return {state, sndNxt: tcb.snd.nxt, rcvNxt: state === 'SYN-SENT' ? undefined : tcb.rcv.nxt};
};

/**
 * Tells whether a SYN or the last ACK of a handshake may meet a full listen queue or cause a SYN cookie, because other connections are
 * waiting.
 */
const meetsQueue = (tcp: Tcp | undefined, tcb: Connection | undefined, arrived: TcpSegment): boolean => {
  if (!tcp || (tcb ? tcb.state !== 'SYN-RECEIVED' : !hasFlag(arrived, 'SYN'))) return false;
  const isFilling = [...tcp.listeners.values()].some(
    ({local, ready}) => local.port === arrived.dstPort && ready.length > 0,
  );
  return isFilling || (!tcb && [...tcp.connections.values()].some(({state}) => state === 'SYN-RECEIVED'));
};

/** States in which this end has sent its FIN, unless the FIN waits behind data (RFC 9293 §3.10.4). */
const finishes: readonly TcpState[] = ['FIN-WAIT-1', 'CLOSING', 'LAST-ACK'];

/**
 * Tells whether the outcome of an instant depends on more than the printed state and numbers, such as data on a SYN, data beyond the
 * window, a stopped reader, or a FIN that waits behind data.
 */
const isBeyondNumbers = (trace: Trace, [cause]: readonly TraceEvent[], connection: string): boolean => {
  const arrived = cause && arrivedAt(trace, cause.n)?.segment;
  const tcb = cause && connectionAt(trace, cause.n - 1, {host: cause.host, connection});
  if (
    cause?.kind === 'call' &&
    cause.call === 'close' &&
    tcb &&
    tcb.read === 'manual' &&
    tcb.receiveBuffer.length > 0
  )
    return true;
  if (tcb?.state === 'SYN-SENT' && seqDiff(tcb.snd.nxt, tcb.iss) > 1) return true;
  if (arrived && meetsQueue(worldAt(trace, cause.n - 1)?.hosts[cause.host]?.tcp, tcb, arrived)) return true;
  // The end has closed, but its FIN still waits behind data (RFC 9293 §3.10.4).
  if (tcb && finishes.includes(tcb.state) && tcb.finSeq === undefined) return true;
  // Systems differ in their answer to a SYN in SYN-RECEIVED (RFC 9293 §3.10.7.4, figure 7).
  if (tcb?.state === 'SYN-RECEIVED' && arrived && hasFlag(arrived, 'SYN')) return true;
  if (arrived && (hasFlag(arrived, 'ECE') || hasFlag(arrived, 'CWR'))) return true;
  if (!arrived || arrived.payload.length === 0) return false;
  if (!tcb || hasFlag(arrived, 'SYN') || tcb.readerGone) return true;
  return seqDiff(segEnd(arrived), tcb.rcv.nxt) > tcb.rcv.wnd;
};

/** Tells whether a packet was dropped before TCP saw it, as by a firewall or for a wrong checksum. */
const isKeptFromTcp = (event: TraceEvent): boolean => event.kind === 'drop' && event.reason !== 'discarded';

/**
 * Returns what a connection is given in the instant of event `n`, with its state before; undefined if more than TCP's rules had a part in
 * the outcome, such as a program or SYN cookies.
 */
export const situationAt = (trace: Trace, n: number, connection: string): Situation | undefined => {
  const events = instantOf(trace, n);
  const [cause] = events;
  const isAlone = events.slice(1).every(({kind}) => kind !== 'call' && kind !== 'note');
  if (!cause || !isAlone || events.some(({because}) => because?.includes('/cookie/'))) return undefined;
  if (events.some(isKeptFromTcp)) return undefined;
  const given = givenIn(trace, cause, connection);
  const standing = standingBefore(trace, n, cause.host, connection);
  if (isBeyondNumbers(trace, events, connection)) return undefined;
  return given && standing && {host: cause.host, ...standing, ...given};
};

/** Tells whether data arrive at an end that has closed, so that the outcome depends on whether its program still reads. */
const readsOn = ({state, given: what}: Situation): boolean => {
  const got = gotIn(what);
  return (state === 'FIN-WAIT-1' || state === 'FIN-WAIT-2') && got !== undefined && got.octets > 0;
};

const alsoOf = (situation: Situation): string => {
  if (situation.state === 'LISTEN') return 'listens';
  if (readsOn(situation)) return 'reads';
  return finishes.includes(situation.state) ? 'finished' : 'nothing';
};

/** Returns the lines of a question's prompt: the TCP state with its variables, then the segment, call or timer that the end is given. */
export const situationLines = (situation: Situation, called: Called): Prompt => {
  const {host, state, sndNxt, rcvNxt, given: what} = situation;
  const named = {host: called(host).first, state, also: alsoOf(situation)};
  const values = [
    sndNxt === undefined ? [] : `SND.NXT=${sndNxt}`,
    rcvNxt === undefined ? [] : `RCV.NXT=${rcvNxt}`,
  ].flat();
  return [
    wordedWithNames(given.is, named),
    ...values.map(valuesLine),
    ...(what === undefined
      ? [given.runsOut]
      : 'call' in what
        ? [worded(given.calls, {...what, opens: what.call === 'connect()'})]
        : [given.receives, printedLine(what.line)]),
  ];
};

/** Returns what the rules of TCP require in this situation: the next state and what is sent; undefined if they do not decide it. */
export const stepFrom = (situation: Situation): Step | undefined => {
  const {given: what, state} = situation;
  if (what === undefined) return repeated[state] === undefined ? undefined : {state, sends: repeated[state]};
  if ('call' in what) return callOf(state, what.call);
  const got = saidBy(what.line);
  return got && stepOf(situation, got);
};

/**
 * Tells whether the situation is an ordinary step of opening a connection, which almost every run has, so that only lessons about opening
 * ask about it.
 */
export const isOffSubject = (situation: Situation, {variant, trace}: Asked): boolean => {
  if (askedTrack(variant.lesson) === 'tcp-open' || trace.header.profile === 'capture') return false;
  const {state, given: what} = situation;
  const next = what && 'line' in what ? stepFrom(situation)?.state : undefined;
  const isListeners = state === 'LISTEN' && next === 'SYN-RECEIVED';
  return isListeners || (state !== 'ESTABLISHED' && next === 'ESTABLISHED');
};

/** Returns the number of the last packet that was sent at or before event `n`; undefined if there is none. */
export const lastSent = (trace: Trace, n: number): number | undefined => {
  for (let at = n; at > 0; at -= 1) {
    const event = entryAt(trace, at);
    if (event.kind === 'send' && event.packet > 0) return event.packet;
  }
  return undefined;
};
