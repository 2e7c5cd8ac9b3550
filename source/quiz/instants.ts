// Instants of a run as questions tell them: what a host was given, in which state it was, and what it made of it.

import {entriesBetween, entryAt, worldAt} from '../account/entries.ts';
import {segmentText} from '../account/summary.ts';
import {type Text, wordedWithNames} from '../lesson/text.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import type {TcpState} from '../stack/tcp/states.ts';
import {farEndOf, localSocket} from '../wire/connection-id.ts';
import {oncePer} from '../wire/once-per.ts';
import {given} from '../words/catalogue/questions.ts';
import {type Prompt, valuesLine} from './prompt.ts';
import {type Arrived, segmentsOf} from './segments.ts';
import {hostFirst} from './words.ts';

/** First event of the instant to which event `n` belongs. */
export const firstOf = (trace: Trace, n: number): number => {
  let first = n;
  const {instant} = entryAt(trace, n);
  while (first > 1 && entryAt(trace, first - 1).instant === instant) first -= 1;
  return first;
};

/** All events of the instant to which event `n` belongs. */
export const instantOf = (trace: Trace, n: number): readonly TraceEvent[] => {
  const first = firstOf(trace, n);
  const {instant} = entryAt(trace, n);
  const events: TraceEvent[] = [];
  for (const event of entriesBetween(trace, first)) {
    if (event.instant !== instant) break;
    events.push(event);
  }
  return events;
};

/** Of a connection after the instant of event `n`; 0: before everything. A listener stands for those that do not exist yet. */
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

export const stateBefore = (
  trace: Trace,
  n: number,
  host: string,
  connection: string,
): TcpState | undefined => stateAfter(trace, firstOf(trace, n) - 1, host, connection);

const arrivals = oncePer((trace: Trace) => new Map(segmentsOf(trace).arrived.map((each) => [each.n, each])));

/** The segment whose arrival event `n` is. */
export const arrivedAt = (trace: Trace, n: number): Arrived | undefined => arrivals(trace).get(n);

const callNames = {connect: 'connect()', close: 'close()', shutdown: 'shutdown()', abort: 'abort()'} as const;

const isTold = (call: string): call is keyof typeof callNames => Object.hasOwn(callNames, call);

/**
 * What the host was given in an instant, with its state before, and what is asked about it; undefined where a program or anything else than TCP
 * had a part in it, so that nobody could know what comes.
 */
export const givenLines = (trace: Trace, n: number, connection: string, asks: Text): Prompt | undefined => {
  const events = instantOf(trace, n);
  const [cause] = events;
  if (!cause || events.slice(1).some(({kind}) => kind === 'call' || kind === 'note')) return undefined;
  const {host} = cause;
  const state = stateBefore(trace, n, host, connection);
  if (state === undefined) return undefined;
  const named = {host: hostFirst(host), state};
  if (cause.kind === 'arrive') {
    const arrived = arrivedAt(trace, cause.n);
    if (!arrived || farEndOf(arrived.flow) !== connection) return undefined;
    return [wordedWithNames(given.receives, named), valuesLine(segmentText(arrived.segment)), asks];
  }
  if (cause.kind === 'call' && isTold(cause.call)) {
    const call = callNames[cause.call];
    return [wordedWithNames(given.calls, {...named, call, asks})];
  }
  if (cause.kind === 'timer' && cause.op === 'fire' && cause.name === 'RTO') {
    return [wordedWithNames(given.runsOut, {...named, asks})];
  }
  return undefined;
};

/** The packet at hand: the last one sent until then. */
export const lastSent = (trace: Trace, n: number): number | undefined => {
  for (let at = n; at > 0; at -= 1) {
    const event = entryAt(trace, at);
    if (event.kind === 'send' && event.packet > 0) return event.packet;
  }
  return undefined;
};
