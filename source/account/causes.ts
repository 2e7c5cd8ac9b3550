// The chain of causes through a trace: what brought an event about, and what it brought about.
import {stateCause} from '../observe/state-cause.ts';
import type {EventOf, Trace, TraceEvent} from '../sim/trace.ts';
import type {ConnectionId} from '../stack/tcp/effect.ts';
import {instantOf} from './entries.ts';
import {mayKnow} from './eyes.ts';
import {tamperingWith} from './fates.ts';

const isPacketEvent = (event: TraceEvent): event is Extract<TraceEvent, {packet: number}> =>
  event.kind === 'send' || event.kind === 'arrive' || event.kind === 'drop';

const byApplication = new Set<TraceEvent['kind']>(['send', 'note', 'answer', 'app-timer']);

/** Before anything happens a server listens: nothing at that instant has made it do so, but where its power has come back. */
const listens = (event: TraceEvent): boolean =>
  event.kind === 'state' && event.because === '9293:3.10.1/open/passive';

const isReboot = (event: TraceEvent): boolean => event.kind === 'call' && event.call === 'reboot';

/** With its power a host starts its programs, which listen again; the listener itself where that is not so. */
const poweredBy = (trace: Trace, listener: TraceEvent): TraceEvent => {
  for (let n = listener.n - 1; n >= 1; n--) {
    const event = trace.event(n);
    if (event.host !== listener.host || event.atUs !== listener.atUs) break;
    if (isReboot(event)) return event;
    if (!listens(event)) break;
  }
  return listener;
};

/** A program that is woken acts in an instant of its own. */
const acts = (event: TraceEvent): boolean =>
  byApplication.has(event.kind) && !(event.kind === 'app-timer' && event.op === 'fire');

/** What was handed to an application before it acted; of several datagrams at one instant the first act answers the first, and so on. */
const handedTo = (trace: Trace, first: TraceEvent): TraceEvent | undefined => {
  const handed: TraceEvent[] = [];
  let earlier = 0;
  let at = first.n - 1;
  while (at >= 1) {
    const last = trace.event(at);
    const [begun] = instantOf(trace, at);
    if (last.host !== first.host || last.atUs !== first.atUs || !begun) break;
    if (last.kind === 'deliver') handed.unshift(begun);
    else if (handed.length === 0 && acts(begun)) earlier += 1;
    else break;
    at = begun.n - 1;
  }
  return handed.length > 1 ? handed[earlier] : handed[0];
};

/** What TLS says of a record that it could not open: no message was read from it. */
const ofRecord: ReadonlySet<string> = new Set([
  ...[
    '9846:5/content-type',
    '9846:5/unprotected',
    '9846:5.1/empty',
    '9846:5.1/length',
    '9846:5.1/interleaved',
  ],
  ...['9846:5.2/bad_record_mac', '9846:5.2/record_overflow', '9846:5.2/unexpected_message'],
  ...['5246:6.2.1/empty', '5246:7.2.2/bad_record_mac', '5246:7.2.2/record_overflow'],
]);

const isOfRecord = ({kind, because}: TraceEvent): boolean => kind === 'tls' && ofRecord.has(because ?? '');

/** TLS gives up and says so: for that its connection is closed (RFC 9846 §6.2). */
const givenUpBefore = (trace: Trace, closes: TraceEvent): TraceEvent | undefined => {
  if (!closes.because?.startsWith('9293:3.10.4/close/')) return undefined;
  for (let n = closes.n - 1; n >= 1; n--) {
    const event = trace.event(n);
    if (event.host !== closes.host || event.atUs !== closes.atUs || event.kind === 'call') return undefined;
    if (event.connection !== closes.connection || event.kind !== 'tls') continue;
    if (event.what.kind === 'alert' && event.what.op === 'sent' && event.what.fatal) return event;
  }
  return undefined;
};

/** TLS has read nothing of what it was handed, and says so: what came with the data before. */
const refusedFrom = (trace: Trace, first: TraceEvent): TraceEvent | undefined =>
  first.kind === 'tls' && (first.what.kind === 'record' || first.what.kind === 'alert')
    ? handedBefore(trace, first)
    : undefined;

const handedBefore = (trace: Trace, first: TraceEvent): TraceEvent | undefined => {
  for (let n = first.n - 1; n >= 1; n--) {
    const event = trace.event(n);
    if (event.host !== first.host || event.atUs !== first.atUs) return undefined;
    if (event.kind === 'deliver' && event.connection === first.connection) return instantOf(trace, n)[0];
  }
  return undefined;
};

/** A server waits for a first request from when the connection was accepted, whatever has come since at that point of time. */
const acceptedFor = (trace: Trace, first: TraceEvent): TraceEvent | undefined => {
  if (first.kind !== 'app-timer' || first.op !== 'arm') return undefined;
  for (let n = first.n - 1; n >= 1; n--) {
    const event = trace.event(n);
    if (event.atUs !== first.atUs) return undefined;
    if (event.host !== first.host) continue;
    // It has run already, or TLS came before.
    if (event.kind === 'app-timer' && event.timer === first.timer) return undefined;
    if (event.connection === undefined || !first.timer.endsWith(event.connection)) continue;
    if (event.kind === 'tls') return undefined;
    if (event.kind === 'signal' && event.signal === 'accepted') return instantOf(trace, n)[0];
  }
  return undefined;
};

/** Passes by what came of an accepted connection alone. */
const lastBefore = (trace: Trace, first: TraceEvent): TraceEvent => {
  const [before = first] = instantOf(trace, first.n - 1);
  return acceptedFor(trace, before) ? lastBefore(trace, before) : trace.event(first.n - 1);
};

const isMessage = (event: TraceEvent, op: 'received' | 'sent'): event is EventOf<'tls'> =>
  event.kind === 'tls' && event.what.kind === 'message' && event.what.op === op;

const isMessageRead = (event: TraceEvent): boolean => isMessage(event, 'received');

/** ChangeCipherSpec may come before them, and brings about nothing that they do not. */
const isRead = (event: TraceEvent): boolean =>
  isMessageRead(event) ||
  (event.kind === 'tls' && event.what.kind === 'changeCipherSpec' && event.what.op !== 'sent');

/** Of the messages of TLS that were read together each has brought about what stands between it and the next, and a bad record what stands behind it. */
const lastReadBefore = (trace: Trace, first: TraceEvent, n: number): TraceEvent | undefined => {
  if (!isRead(first)) return undefined;
  const last = instantOf(trace, n).findLast(
    (each) => (each.n < n && isMessageRead(each)) || (each.n <= n && isOfRecord(each)),
  );
  return last && isOfRecord(last) ? handedBefore(trace, first) : last;
};

const isResponseRead = (event: TraceEvent): boolean =>
  event.kind === 'note' && event.note.kind === 'response' && event.note.op === 'started';

/** Of responses that were read together a call returns with the last one. */
const lastResponseBefore = (trace: Trace, first: TraceEvent, n: number): TraceEvent | undefined =>
  isResponseRead(first) && trace.event(n).kind === 'answer'
    ? instantOf(trace, n).findLast((each) => each.n < n && isResponseRead(each))
    : undefined;

const seenBefore = (trace: Trace, n: number, first: TraceEvent): TraceEvent | undefined => {
  const event = trace.event(n);
  return event.kind === 'state' ? stateCause(trace, event) : first;
};

/** TLS begins as its connection opens; what comes on another one at that time has nothing to do with it. */
const openedAsWell = (trace: Trace, first: TraceEvent): TraceEvent | undefined => {
  if (!isMessage(first, 'sent')) return undefined;
  for (let n = first.n - 1; n > 0 && trace.event(n).atUs === first.atUs; n--) {
    const event = trace.event(n);
    if (event.kind === 'state' && event.connection === first.connection && event.to === 'ESTABLISHED')
      return event;
  }
  return undefined;
};

/**
 * The first event of the instant of `n`, of messages of TLS the last that was read. An application is woken in an instant of its
 * own: then what it was handed came before. Where it tells nothing of itself, but sends, sets a timer, opens or closes, or begins with
 * TLS, it has acted on what came just before, too.
 */
export const beginningOf = (trace: Trace, n: number): TraceEvent | undefined => {
  const [first] = instantOf(trace, n);
  if (!first) return first;
  // Of a capture nobody knows what a program was handed, and many packets may have one time.
  if (trace.header.profile === 'capture') return seenBefore(trace, n, first);
  if (first.n === 1) return first;
  if (listens(first)) return poweredBy(trace, first);
  const accepted = acceptedFor(trace, first);
  if (accepted) return accepted;
  const before = lastBefore(trace, first);
  if (before.host !== first.host || before.atUs !== first.atUs) return first;
  const alert = givenUpBefore(trace, trace.event(n));
  if (alert) return alert;
  const handed = acts(first) ? handedTo(trace, first) : refusedFrom(trace, first);
  if (handed) return handed;
  const opened = openedAsWell(trace, first);
  if (opened) return beginningOf(trace, opened.n);
  const isMute =
    first.kind === 'state' ||
    first.kind === 'send' ||
    isMessage(first, 'sent') ||
    (first.kind === 'app-timer' && acts(first));
  const earlier = isMute ? beginningOf(trace, before.n) : undefined;
  return earlier && !listens(earlier)
    ? earlier
    : (lastResponseBefore(trace, first, n) ?? lastReadBefore(trace, first, n) ?? first);
};

/** A timer's arming lies at most this many events back; further searching would be felt. */
const searchedEvents = 20_000;

/** For what is looked up anew in every frame; TLS and routers make some 200 events of one page. */
const timerSearch = 4000;

const lastOfInstant = (trace: Trace, n: number): number => {
  const instant = instantOf(trace, n);
  return instant[instant.length - 1]?.n ?? 0;
};

const armOf = (trace: Trace, fired: EventOf<'timer'>): number | undefined => {
  for (let n = fired.n - 1; n >= Math.max(1, fired.n - searchedEvents); n--) {
    const event = trace.event(n);
    if (
      event.kind === 'timer' &&
      event.op === 'arm' &&
      event.name === fired.name &&
      event.dueUs === fired.dueUs
    )
      if (event.host === fired.host && event.connection === fired.connection) return n;
  }
  return undefined;
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
  if (event.kind === 'timer' && event.op === 'fire') return armOf(trace, event);
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
  if (isReboot(event) && n < trace.length) {
    const next = trace.event(n + 1);
    return listens(next) && beginningOf(trace, next.n)?.n === n ? next.n : undefined;
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
