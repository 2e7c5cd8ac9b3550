// The chain of causes through a trace: what brought an event about, and what it brought about.
import {stateCause} from '../observe/state-cause.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import type {ConnectionId} from '../stack/tcp/effect.ts';
import {instantOf} from './entries.ts';
import {mayKnow} from './eyes.ts';
import {tamperingWith} from './fates.ts';

const isPacketEvent = (event: TraceEvent): event is Extract<TraceEvent, {packet: number}> =>
  event.kind === 'send' || event.kind === 'arrive' || event.kind === 'drop';

/** Returns whether it is what its instant begins with: a call, an arrival, a death on the way, the end of a timer. */
const begins = (trace: Trace, event: TraceEvent): boolean =>
  instantOf(trace, event.n)[0] === event &&
  (event.kind === 'call' ||
    ((event.kind === 'timer' || event.kind === 'app-timer') && event.op === 'fire') ||
    (isPacketEvent(event) && event.kind !== 'send'));

/** Returns what brought about a state that a capture shows. A capture tells of nothing else what it was about. */
const seenBefore = (trace: Trace, n: number): TraceEvent | undefined => {
  const event = trace.event(n);
  return event.kind === 'state' ? stateCause(trace, event) : instantOf(trace, n)[0];
};

/**
 * Returns the event that event `n` is about: the call, the arrival or the end of a timer that its instant began with, or what woke its
 * program; of messages of TLS that were read together, the last one that was read before it. It returns the event itself if it is a
 * beginning.
 */
export const beginningOf = (trace: Trace, n: number): TraceEvent | undefined => {
  // Nobody knows what a program was handed, and many packets of a capture may have one time.
  if (trace.header.profile === 'capture') return seenBefore(trace, n);
  const event = trace.event(n);
  return event.cause === undefined || begins(trace, event) ? event : trace.event(event.cause);
};

/** A timer's arming lies at most this many events back; further searching would be felt. */
const searchedEvents = 20_000;

/** For what is looked up anew in every frame; TLS and routers make some 200 events of one page. */
const timerSearch = 4000;

const lastOfInstant = (trace: Trace, n: number): number => {
  const instant = instantOf(trace, n);
  return instant[instant.length - 1]?.n ?? 0;
};

/** The event that started a timer that runs; searches back from event `n`. */
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

/** An arrival comes from its sending, or from whoever wrote over it on the path, a time-out from its arming, all else from what its instant began with. */
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

/** What leaves because the program has read, and made room. */
const byReading: ReadonlySet<string> = new Set([
  '9293:3.8.6.2.2/window-update',
  '9293:3.8.6.3/delayed-ack/read',
]);

/** What a program is told, or gets, comes from the same cause as what TCP sends then, and does not bring that about. */
const mayLeadTo = ({kind}: TraceEvent, later: TraceEvent): boolean => {
  if (kind === 'signal') return false;
  return kind !== 'deliver' || byReading.has(later.because ?? '');
};

/** What an event leads to: the landing of a packet, the end of a timer, the first send or state change of its instant. */
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

/** Not the arrival, call or timer that its instant began with. */
const isEffect = (event: TraceEvent): boolean => {
  if (event.kind === 'timer' || event.kind === 'app-timer') return event.op !== 'fire';
  return event.kind !== 'call' && (event.kind !== 'arrive' || event.because === '3552:3.3.5/takes');
};

/** What *Why?* speaks of first at an instant: its change of state, else its packet, else whatever came first. */
export const subjectOf = (trace: Trace, n: number): number | undefined => {
  const whole = instantOf(trace, n).filter((event) => mayKnow(trace, event));
  const passedOn = whole.find((event) => event.kind === 'send' && event.because === '1812:5.2.1/forward');
  // A router that only passes a packet on is not drawn: whoever looks asks for the packet itself.
  if (passedOn?.kind === 'send' && passedOn.packet > 0) return trace.packet(passedOn.packet).sendEvent;
  const instant = whole.filter((event) => event.n <= n || event.kind === 'state');
  const state = instant.find((event) => event.kind === 'state');
  const send = instant.find((event) => event.kind === 'send');
  return (state ?? send ?? instant.find(isEffect) ?? instant[0])?.n;
};
