// The chain of causes through a trace: what brought an event about, and what it brought about.
import {stateCause} from '../observe/state-cause.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import type {ConnectionId} from '../stack/tcp/effect.ts';
import {instantOf} from './entries.ts';
import {mayKnow} from './eyes.ts';
import {tamperingWith} from './fates.ts';

const isPacketEvent = (event: TraceEvent): event is Extract<TraceEvent, {packet: number}> =>
  event.kind === 'send' || event.kind === 'arrive' || event.kind === 'drop';

/** Tells whether an instant begins with this event: a call, an arrival, a loss on the way, or a timer that expires. */
const begins = (trace: Trace, event: TraceEvent): boolean =>
  instantOf(trace, event.n)[0] === event &&
  (event.kind === 'call' ||
    ((event.kind === 'timer' || event.kind === 'app-timer') && event.op === 'fire') ||
    (isPacketEvent(event) && event.kind !== 'send'));

/**
 * Returns what began an event of a capture: for a state, the event that brought it about; for other events, the first one of their instant.
 */
const seenBefore = (trace: Trace, n: number): TraceEvent | undefined => {
  const event = trace.event(n);
  return event.kind === 'state' ? stateCause(trace, event) : instantOf(trace, n)[0];
};

/**
 * Returns the event that began what event `n` belongs to: the call, the arrival or the expired timer with which its instant began, or the
 * event that woke its program. For TLS messages that were read together, it is the last one that was read before it. An event that is a
 * beginning itself is returned.
 */
export const beginningOf = (trace: Trace, n: number): TraceEvent | undefined => {
  // A capture does not show what programs received, and many of its packets may have the same time.
  if (trace.header.profile === 'capture') return seenBefore(trace, n);
  const event = trace.event(n);
  return event.cause === undefined || begins(trace, event) ? event : trace.event(event.cause);
};

/** The most events that are searched for the end of a timer after it was armed; a longer search would be felt. */
const searchedEvents = 20_000;

/**
 * The most events that are searched back for the start of a timer, which happens for every frame on the screen. TLS and routers make some
 * 200 events for one page.
 */
const timerSearch = 4000;

const lastOfInstant = (trace: Trace, n: number): number => {
  const instant = instantOf(trace, n);
  return instant[instant.length - 1]?.n ?? 0;
};

/**
 * Returns the event that started a running timer, searching back from event `n`; undefined if it is not found within `timerSearch` events.
 */
export const armedAt = (
  trace: Trace,
  n: number,
  timer: {readonly connection: ConnectionId; readonly name: string; readonly dueUs: number},
): TraceEvent | undefined => {
  for (let i = lastOfInstant(trace, n); i >= Math.max(1, n - timerSearch); i--) {
    const event = trace.event(i);
    if (event.kind === 'timer' && event.op === 'arm' && event.dueUs === timer.dueUs)
      if (event.connection === timer.connection && event.name === timer.name) return event;
  }
  return undefined;
};

/**
 * Returns the number of the event that caused event `n`: for an arrival its sending, or the attacker's change on the path; for a timeout
 * the arming of its timer; for all else the event with which its instant began. Undefined if there is none.
 */
export const causeOf = (trace: Trace, n: number): number | undefined => {
  const event = trace.event(n);
  if (isPacketEvent(event) && event.kind !== 'send' && event.packet > 0) {
    const {sendEvent} = trace.packet(event.packet);
    const tampered = tamperingWith(trace, event.packet)?.event ?? n;
    if (tampered < n) return tampered;
    if (sendEvent < n) return sendEvent;
  }
  if (trace.header.profile !== 'capture') return event.cause;
  const first = beginningOf(trace, n);
  return first && first.n < n ? first.n : undefined;
};

/** The rules by which TCP sends a segment because the program has read data and so made room in the receive buffer. */
const byReading: ReadonlySet<string> = new Set([
  '9293:3.8.6.2.2/window-update',
  '9293:3.8.6.3/delayed-ack/read',
]);

/**
 * Tells whether an event may bring about a later one of its instant. Data or signals for a program do not bring about what TCP sends then,
 * unless that is sent because the program has read.
 */
const mayLeadTo = ({kind}: TraceEvent, later: TraceEvent): boolean => {
  if (kind === 'signal') return false;
  return kind !== 'deliver' || byReading.has(later.because ?? '');
};

/**
 * Returns the number of the event to which event `n` leads: the arrival of a packet, the end of a timer, the first sending or change of
 * state in its instant; undefined if there is none.
 */
export const effectOf = (trace: Trace, n: number): number | undefined => {
  const event = trace.event(n);
  if (event.kind === 'send' && event.packet > 0) {
    const tampered = tamperingWith(trace, event.packet)?.event;
    if (event.hop === 0 && tampered !== undefined) return tampered;
    if (event.hop === 0 || n === tampered) return trace.packet(event.packet).endEvent;
  }
  if (event.kind === 'timer' && event.op === 'arm') {
    for (let i = n + 1; i <= Math.min(trace.length, n + searchedEvents); i++) {
      const later = trace.event(i);
      if (later.kind !== 'timer' || later.name !== event.name || later.host !== event.host) continue;
      if (later.connection === event.connection) return later.op === 'arm' ? undefined : i;
    }
    return undefined;
  }
  if (event.kind === 'call' && event.call === 'reboot' && n < trace.length) {
    const next = trace.event(n + 1);
    return next.cause === n ? next.n : undefined;
  }
  const after = instantOf(trace, n).filter((each) => each.n > n && mayLeadTo(event, each));
  const send = after.find((each) => each.kind === 'send');
  return (send ?? after.find((each) => each.kind === 'state'))?.n;
};

/** Tells whether an event is an effect, and not the arrival, call or timer with which its instant began. */
const isEffect = (event: TraceEvent): boolean => {
  if (event.kind === 'timer' || event.kind === 'app-timer') return event.op !== 'fire';
  return event.kind !== 'call' && (event.kind !== 'arrive' || event.because === '3552:3.3.5/takes');
};

/** Returns the event of an instant that *Why?* explains first: its change of state, otherwise its packet, otherwise its first event. */
export const subjectOf = (trace: Trace, n: number): number | undefined => {
  const whole = instantOf(trace, n).filter((event) => mayKnow(trace, event));
  const passedOn = whole.find((event) => event.kind === 'send' && event.because === '1812:5.2.1/forward');
  // A router that only passes a packet on is not drawn, so the packet itself is explained.
  if (passedOn?.kind === 'send' && passedOn.packet > 0) return trace.packet(passedOn.packet).sendEvent;
  const instant = whole.filter((event) => event.n <= n || event.kind === 'state');
  const state = instant.find((event) => event.kind === 'state');
  const send = instant.find((event) => event.kind === 'send');
  return (state ?? send ?? instant.find(isEffect) ?? instant[0])?.n;
};
