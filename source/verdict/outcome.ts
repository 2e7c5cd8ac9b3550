// How a TCP connection turned out, apart from the reason: whether all that was asked was answered, who left what undone, and which packet
// shows it. A connection may be complete although something delayed it, and broken off although nobody is known to be at fault.
import type {Side} from '../observe/connections.ts';
import type {LastStand} from '../observe/last-stand.ts';
import type {ObservedConnection} from '../observe/observed-connection.ts';
import {oncePer} from '../wire/once-per.ts';
import {isFatal} from '../wire/tls/alert.ts';
import {type Evidence, sightsIn, tlsOn} from './evidence.ts';
import {other, type Role, roleOf, sides} from './sides.ts';

/**
 * The part of the evidence that outcomes are judged by. Make one for all connections of a look: what is found in the capture is remembered
 * with it, and a capture that grows needs another one.
 */
type Given = Pick<Evidence, 'inspector' | 'tls' | 'sights'>;

/** The part of an exchange that was missing when a TCP connection ended; null if nothing was. */
export type Undone = 'request' | 'response' | 'close' | 'data' | null;

export type Outcome = {
  /**
   * `complete`: all that was asked was answered and nothing was left undone. `cut`: the file ends first. `unknown`: what the file shows of the
   * connection does not allow an answer.
   */
  readonly id: 'complete' | 'refused' | 'unanswered' | 'broken-off' | 'cut' | 'unknown';
  /** The party that ended the connection, or did not answer. */
  readonly by: Role | 'path' | 'unknown';
  /** The packet that shows the outcome. */
  readonly frame: number;
  readonly undone: Undone;
};

/** The number of transmissions without an answer from which on an end counts as left by the other one. */
const enoughTries = 3;
/** The time in µs after a FIN, or after a SYN,ACK, for which the file has to go on to show that the other end does nothing more. */
export const patienceUs = 5_000_000;

type Exchanges = {
  /** True if HTTP was read on the connection, so that it is known what was asked and answered. */
  readonly isRead: boolean;
  readonly undone: 'request' | 'response' | undefined;
  /** The packet of a response to a request whose content never came whole; 0 if there is none. */
  readonly refusedIn: number;
  /** True if the response that is missing had begun. */
  readonly isBegun: boolean;
};

/** Looks for requests of HTTP/1 that were not sent whole, or not answered whole. */
const exchangesOn = (evidence: Given, connection: ObservedConnection): Exchanges => {
  const plain = connection.streams?.http ?? [];
  const http = plain.length > 0 ? plain : (tlsOn(evidence, connection)?.http ?? plain);
  let undone: Exchanges['undone'];
  let refusedIn = 0;
  let isBegun = false;
  for (const {request, response, unreadable} of http) {
    if (unreadable !== undefined) continue;
    const isSent = request.frame !== undefined;
    if (!isSent && response) refusedIn ||= response.begins;
    if (response?.frame !== undefined) continue;
    undone ??= isSent ? 'response' : 'request';
    isBegun ||= response !== undefined;
  }
  return {isRead: http.length > 0, undone, refusedIn, isBegun};
};

/** Returns the status of the response that begins in a packet; 0 if none was read there. */
export const statusIn = (evidence: Given, connection: ObservedConnection, frame: number): number => {
  const plain = connection.streams?.http ?? [];
  const http = plain.length > 0 ? plain : (tlsOn(evidence, connection)?.http ?? plain);
  return http.find(({response}) => response?.begins === frame)?.response?.head.start.status ?? 0;
};

/** Returns the outcome of a connection on which an end waits in vain for an answer to what it repeats; undefined if none does. */
const ofWaiting = (stand: LastStand, {undone}: Exchanges): Outcome | undefined => {
  for (const side of sides) {
    const waiting = stand.waiting(side);
    if (!waiting || waiting.tries < enoughTries) continue;
    const left = waiting.what === 'fin' ? 'close' : 'data';
    return {id: 'broken-off', by: 'unknown', frame: waiting.lastFrame, undone: undone ?? left};
  }
  return undefined;
};

/** Returns the outcome of a connection of which the file has packets of one end only. */
const ofOneEnd = (evidence: Given, connection: ObservedConnection): Outcome => {
  const {course, client, lastFrame: frame, refusal} = connection;
  if (refusal) return {id: 'refused', by: 'path', frame: refusal.frame, undone: null};
  const isBoth = sightsIn(evidence).of(connection).directions === 'both';
  if (course.opening(client) === 'unanswered' && isBoth)
    return {id: 'unanswered', by: 'server', frame, undone: null};
  const waiting = isBoth
    ? ofWaiting(connection.ending.lastStand, exchangesOn(evidence, connection))
    : undefined;
  if (waiting) return waiting;
  return {id: 'unknown', by: 'unknown', frame, undone: null};
};

/** Returns the outcome of a connection whose SYN,ACK was never acknowledged. */
const ofHalfOpen = ({inspector}: Given, connection: ObservedConnection): Outcome => {
  const {course, counts, lastFrame: frame, lastUs} = connection;
  if (course.resetFrame > 0) return {id: 'broken-off', by: 'client', frame: course.resetFrame, undone: null};
  if (counts.synAck - counts.copiedSynAck > 1 || inspector.durationUs - lastUs >= patienceUs)
    return {id: 'unanswered', by: 'client', frame, undone: null};
  return {id: 'cut', by: 'unknown', frame, undone: null};
};

/** Returns the outcome of a connection that an RST ended; undefined if both ends had closed before, or the connection went on. */
const ofReset = (
  connection: ObservedConnection,
  {breakOff, wentOn}: LastStand,
  {isRead, undone, refusedIn}: Exchanges,
): Outcome | undefined => {
  if (!breakOff || wentOn > 0 || (breakOff.closed && breakOff.farClosed)) return undefined;
  const {side, frame, own, unsaid, unread, farClosed} = breakOff;
  if (refusedIn > 0) return {id: 'refused', by: 'server', frame: refusedIn, undone: 'request'};
  const open = unsaid > 0 || unread > (farClosed ? 1 : 0);
  const isDone = undone === undefined && !open && (farClosed || isRead);
  if (isDone) return {id: 'complete', by: roleOf(side, connection), frame, undone: null};
  const isLeft = own !== undefined && own.tries > 1;
  const by = isLeft ? 'unknown' : roleOf(side, connection);
  return {id: 'broken-off', by, frame, undone: undone ?? (open ? 'data' : 'close')};
};

/** Returns the outcome of a connection that one end has closed, or both. */
const ofClosing = (
  {inspector}: Given,
  connection: ObservedConnection,
  first: Side,
  {undone, refusedIn, isBegun}: Exchanges,
): Outcome => {
  const {course, lastFrame, lastUs} = connection;
  const far = other(first);
  const [own, back] = [course.finFrame(first), course.finFrame(far)];
  if (refusedIn > 0) return {id: 'refused', by: 'server', frame: refusedIn, undone: 'request'};
  const isOver = back > 0;
  const goesOn = inspector.durationUs - lastUs >= patienceUs;
  // An end that sent no FIN may still use its direction, as long as nobody waits for it.
  if (!isOver && !(goesOn && undone))
    return {id: 'cut', by: 'unknown', frame: lastFrame, undone: undone ?? 'close'};
  if (undone === 'response' && !isBegun) return {id: 'unanswered', by: 'server', frame: lastFrame, undone};
  if (undone) {
    const by = undone === 'response' ? 'server' : 'client';
    return {id: 'broken-off', by, frame: isOver ? Math.min(own, back) : own, undone};
  }
  return {id: 'complete', by: roleOf(first, connection), frame: Math.max(own, back), undone: null};
};

const foundOf = (evidence: Given, connection: ObservedConnection): Outcome => {
  const {course, client, counts, isQuiet, lastFrame} = connection;
  if (sides.some((side) => connection.half(side).segments === 0)) return ofOneEnd(evidence, connection);
  const opening = course.opening(client);
  if (opening === 'refused') return {id: 'refused', by: 'server', frame: course.resetFrame, undone: null};
  if (opening === 'unanswered') return {id: 'unanswered', by: 'server', frame: lastFrame, undone: null};
  if (opening === 'half-open') return ofHalfOpen(evidence, connection);
  const session = tlsOn(evidence, connection)?.session;
  const said = session?.alerts.find((each) => isFatal(each, session.version));
  if (said)
    return {id: 'refused', by: said.side === 0 ? 'client' : 'server', frame: said.frame, undone: null};
  const exchanges = exchangesOn(evidence, connection);
  const reset = counts.rst > 0 ? ofReset(connection, connection.ending.lastStand, exchanges) : undefined;
  if (reset) return reset;
  // On a quiet connection nobody repeats anything, so nobody waits in vain.
  const waiting = isQuiet ? undefined : ofWaiting(connection.ending.lastStand, exchanges);
  if (waiting) return waiting;
  if (course.firstFin !== undefined) return ofClosing(evidence, connection, course.firstFin, exchanges);
  // If an end was still repeating its data when the file ended, the other end may never have got them.
  const isLeft =
    !isQuiet && sides.some((side) => (connection.ending.lastStand.waiting(side)?.tries ?? 0) > 0);
  return {id: 'cut', by: 'unknown', frame: lastFrame, undone: exchanges.undone ?? (isLeft ? 'data' : null)};
};

const found = oncePer((_: Given) => new Map<ObservedConnection, Outcome>());

/** Returns the outcome of a connection, which is looked for once per evidence. */
export const outcomeOf = (evidence: Given, connection: ObservedConnection): Outcome => {
  const known = found(evidence);
  const before = known.get(connection);
  if (before) return before;
  const outcome = foundOf(evidence, connection);
  known.set(connection, outcome);
  return outcome;
};

/** Tells whether a connection came to no end, or to another one than both wanted. */
export const hasFailed = ({id}: Outcome): boolean =>
  id === 'refused' || id === 'unanswered' || id === 'broken-off';

/** Tells whether nothing was left undone, as far as the file goes. */
export const isUndisturbed = ({id, undone}: Outcome): boolean =>
  id === 'complete' || (id === 'cut' && undone === null);
