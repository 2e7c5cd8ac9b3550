// Explains, for *Why?*, when a timer that an event starts will expire, and the sum that gives that time (RFC 6298 §5, RFC 8985 §7.2, §8).

import {sameTimeAs, worldAt} from '../../account/entries.ts';
import {operandsOf} from '../../account/operands.ts';
import {madeOf, type Text, worded} from '../../lesson/text.ts';
import {lengthText} from '../../quiz/times.ts';
import {resolverOn} from '../../sim/dns-apps.ts';
import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import type {Connection} from '../../stack/tcp/connection.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {timerDue} from '../../words/catalogue/timers.ts';
import {formatMoment, formatTime} from '../../words/format.ts';
import {lastSeen} from '../seen.ts';
import type {View} from '../view.ts';

/** The least time in µs that Linux adds to the duration of a timer (TCP_TIMEOUT_MIN_US). */
const leastSlackUs = 2000;

/**
 * Returns the time in µs that Linux adds to two round trips before it sends a loss probe: 200 ms if one segment is in flight, because its
 * ACK may be delayed, otherwise 2 ms.
 */
const slackOf = ({retransmissionQueue: {length}}: Connection): number =>
  length === 1 ? 200_000 : leastSlackUs;

/**
 * Returns as text when the oldest segment in flight was sent, if the RTO timer counts from then because it takes over from another timer;
 * otherwise undefined.
 */
const countsFrom = (
  {dueUs}: EventOf<'timer' | 'app-timer'>,
  {rtoUs, retransmissionQueue: [oldest]}: Connection,
): string | undefined => (oldest && oldest.sentUs + rtoUs === dueUs ? formatTime(oldest.sentUs) : undefined);

const probeText = (event: EventOf<'timer' | 'app-timer'>, tcb: Connection): Text | undefined => {
  const {atUs, dueUs} = event;
  const {srttUs, rtoUs} = tcb;
  if (srttUs === undefined) return undefined;
  const slackUs = slackOf(tcb);
  const ptoUs = 2 * srttUs + slackUs;
  const waitUs = dueUs - atUs;
  const terms = {
    ...{due: formatMoment(dueUs), rto: lengthText(rtoUs), wait: lengthText(waitUs)},
    ...{srtt: lengthText(srttUs), slack: lengthText(slackUs), pto: lengthText(ptoUs)},
  };
  if (waitUs === ptoUs) return worded(timerDue.probe, terms);
  const sent = waitUs === rtoUs ? undefined : countsFrom(event, tcb);
  const isCapped = waitUs < ptoUs && (waitUs === rtoUs || sent !== undefined);
  return isCapped ? worded(timerDue.capped, {...terms, sent}) : undefined;
};

const timeoutText = (event: EventOf<'timer' | 'app-timer'>, tcb: Connection): Text | undefined => {
  const {atUs, dueUs} = event;
  const terms = {due: formatMoment(dueUs), rto: lengthText(tcb.rtoUs)};
  if (dueUs - atUs === tcb.rtoUs) return worded(timerDue.rto, terms);
  const sent = countsFrom(event, tcb);
  return sent === undefined ? undefined : worded(timerDue.rest, {...terms, sent});
};

/**
 * Explains the RACK timer, after which a segment counts as lost that may so far only have been overtaken by others (tcp_rack_mark_lost in
 * Linux).
 */
const windowText = ({atUs, dueUs}: EventOf<'timer'>): Text => {
  const waitUs = dueUs - atUs;
  return worded(timerDue.reordering, {
    ...{due: formatMoment(dueUs), wait: lengthText(waitUs)},
    ...{rest: lengthText(waitUs - leastSlackUs), slack: lengthText(leastSlackUs)},
  });
};

/**
 * Explains the time between probes of a closed window, which doubles with each probe (RFC 9293 §3.8.6.1, SHLD-30); undefined if it is no
 * such multiple of the RTO.
 */
const betweenProbes = (
  {atUs, dueUs}: EventOf<'timer' | 'app-timer'>,
  {rtoUs}: Connection,
): Text | undefined => {
  const waitUs = dueUs - atUs;
  let [doubledUs, times] = [rtoUs, 0];
  for (; doubledUs > 0 && doubledUs < waitUs; times += 1) doubledUs += doubledUs;
  if (doubledUs !== waitUs) return undefined;
  const terms = {due: formatMoment(dueUs), wait: lengthText(waitUs), rto: lengthText(rtoUs)};
  return times === 0 ? worded(timerDue.rto, terms) : worded(timerDue.doubled, {...terms, times});
};

/**
 * Explains how long the sender of a DNS query waits: a resolver by the server's round-trip times, with backoff after each silence
 * (RFC 1123 §6.1.3.3), a stub by its settings. undefined for other timers.
 */
const queryText = (
  trace: Trace,
  {n, host, atUs, dueUs, ...event}: EventOf<'app-timer'>,
): Text | undefined => {
  const state = worldAt(trace, n)?.hosts[host];
  const resolver = event.because === '1035:7.2/timer' && state ? resolverOn(state) : undefined;
  if (!resolver) return undefined;
  const waitUs = dueUs - atUs;
  const terms = {due: formatMoment(dueUs), wait: lengthText(waitUs)};
  const {timeoutUs} = resolver.settings;
  if (resolver.role === 'stub')
    return waitUs === timeoutUs
      ? worded(timerDue.query, {...terms, by: 'set', first: '', times: 0})
      : undefined;
  const {known} = resolver.servers;
  const server = known.get(resolver.queries.get(event.timer)?.server ?? '');
  const {rtt, silences = 0} = server && atUs < server.untilUs ? server : {rtt: undefined};
  const firstUs = rtt ? Math.max(200_000, rtt.smoothUs + 4 * rtt.varUs) : timeoutUs;
  const by = rtt ? 'measured' : 'unknown';
  return waitUs === firstUs * (1 << silences)
    ? worded(timerDue.query, {...terms, by, first: lengthText(firstUs), times: silences})
    : undefined;
};

const sumText = (view: View, event: EventOf<'timer' | 'app-timer'>): Text | undefined => {
  if (event.kind === 'app-timer') return queryText(view.input.trace, event);
  const tcb = operandsOf(view.input.trace, event).after;
  if (tcb === undefined) return undefined;
  if (event.name === 'RTO') return timeoutText(event, tcb);
  if (event.name === 'persist') return betweenProbes(event, tcb);
  if (event.name === 'reordering') return windowText(event);
  return event.name === 'TLP' ? probeText(event, tcb) : undefined;
};

const isTimer = (event: TraceEvent): event is EventOf<'timer' | 'app-timer'> =>
  event.kind === 'timer' || event.kind === 'app-timer';

const nameOf = (event: EventOf<'timer' | 'app-timer'>): string =>
  event.kind === 'timer' ? event.name : `${event.app} ${event.timer}`;

/** Returns the last event of this timer at the same time, among those that may be shown. */
const lastOf = (view: View, event: EventOf<'timer' | 'app-timer'>): EventOf<'timer' | 'app-timer'> =>
  sameTimeAs(view.input.trace, event.n)
    .filter(isTimer)
    .findLast(
      (each) =>
        each.n <= Math.max(event.n, lastSeen(view)) &&
        each.host === event.host &&
        each.connection === event.connection &&
        nameOf(each) === nameOf(event),
    ) ?? event;

/**
 * Explains when the timer that an event starts will expire, by the numbers at its start; undefined for other events, or while a question is
 * open, because that may ask for it.
 */
export const dueText = (view: View, event: TraceEvent): Text | undefined => {
  if (!isTimer(event) || event.op !== 'arm' || view.hidden.length > 0) return undefined;
  const last = lastOf(view, event);
  if (last.op !== 'arm') return undefined;
  const {atUs, dueUs} = event;
  const own =
    sumText(view, event) ??
    worded(timerDue.plain, {due: formatMoment(dueUs), wait: lengthText(dueUs - atUs)});
  return last.n === event.n
    ? own
    : madeOf([own], (language) => {
        const anew = timerDue.anew[language]({due: formatMoment(last.dueUs)});
        return own[language] + punctuation.space[language] + anew;
      });
};
