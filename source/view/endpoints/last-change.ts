// Finds the event at which a TCP variable of a host last changed, and which variables a packet changed at its sender and at its receiver.

import {armedAt} from '../../account/causes.ts';
import {entryAt, instantOf, worldAt} from '../../account/entries.ts';
import {fateAt} from '../../account/fates.ts';
import {packetOf} from '../../account/packet.ts';
import type {TraceEvent} from '../../sim/trace.ts';
import type {Connection} from '../../stack/tcp/connection.ts';
import type {Selection} from '../selection.ts';
import {lastChange as lastStateChange} from '../time/pace.ts';
import type {View} from '../view.ts';
import {connectionIn, connectionsAtHand} from './at-hand.ts';
import {type EndVariables, namesIn, type VariablesAt, variablesAt} from './end-variables.ts';
import {isWatched, observedAtHand} from './observed.ts';
import {timerOf} from './scene-timers.ts';

/** Names a value of the endpoints panel: a TCP variable, the TCP state or a timer, together with its host. */
export type Place = NonNullable<Selection['variable']>;

/**
 * The number of events that are searched backwards for the last change of a variable. It is limited, because each frame of the screen may
 * search.
 */
export const searchedEvents = 2000;
const answersKept = 500;

type Answer = {readonly event: number | undefined};
const known = new WeakMap<object, Map<string, Answer>>();

const numberOf = (name: string, end: EndVariables | undefined): number | undefined =>
  end?.quantity(name)?.value;

/** The variables that a new round-trip measurement changes, unless it is equal to the smoothed values (RFC 6298 §2 (2.3)). */
const measured: readonly string[] = ['srtt', 'rttvar'];

/**
 * Returns the event of a connection's first round-trip measurement if SRTT and RTTVAR have not changed since; otherwise undefined. It may
 * be any number of events ago.
 */
const firstMeasured = (view: View, host: string, variables: VariablesAt): number | undefined => {
  const given = (n: number): string =>
    measured.map((name) => numberOf(name, variables(n, host)) ?? '').join();
  const none = given(0);
  let [without, within] = [0, view.cursor];
  while (within - without > 1) {
    const middle = (within + without) >> 1;
    if (given(middle) === none) without = middle;
    else within = middle;
  }
  return given(within) === given(view.cursor) && given(within) !== none ? within : undefined;
};

const searchBack = (view: View, {host, name}: Place, variables: VariablesAt): Answer => {
  const {trace} = view.input;
  const last = instantOf(trace, view.cursor).at(-1)?.n ?? 0;
  const least = Math.max(1, last - searchedEvents);
  for (let n = last; n >= least; ) {
    const instant = instantOf(trace, n);
    const first = instant[0]?.n ?? n;
    if (instant.some((event) => event.host === host)) {
      const [after, before] = [variables(n, host), variables(first - 1, host)];
      if (numberOf(name, after) !== numberOf(name, before)) return {event: n};
    }
    n = first - 1;
  }
  return {event: measured.includes(name) ? firstMeasured(view, host, variables) : undefined};
};

const lastState = (view: View, host: string): number | undefined => {
  const {input, moment} = view;
  const observed = observedAtHand(view);
  if (observed) {
    const limit = {n: input.trace.length + 1, moment, connection: `${observed.id}`};
    return lastStateChange(input.pacing, host, limit)?.event;
  }
  return input.pacing.changes.findLast((change) => change.host === host && change.moment <= moment)?.event;
};

/**
 * Returns the TCB to which a timer belongs: the present connection's if its timer of that name runs, or else that of another connection of
 * the host. undefined if no timer of that name runs.
 */
export const timedAt = (view: View, {host, name}: Place): Connection | undefined => {
  const world = worldAt(view.input.trace, view.cursor);
  const timer = timerOf(name);
  const runs = (tcb: Connection): boolean => timer !== undefined && tcb.timers[timer] !== undefined;
  const atHand = connectionIn(world, host, connectionsAtHand(view));
  return atHand && runs(atHand)
    ? atHand
    : [...(world?.hosts[host]?.tcp.connections.values() ?? [])].find(runs);
};

const lastStart = (view: View, place: Place): number | undefined => {
  const timer = timerOf(place.name);
  const tcb = timedAt(view, place);
  const dueUs = timer && tcb?.timers[timer];
  return timer === undefined || tcb === undefined || dueUs === undefined
    ? undefined
    : armedAt(view.input.trace, view.cursor, {connection: tcb.id, name: timer, dueUs})?.n;
};

/**
 * Returns the event at which a TCP variable or state last changed, or at which a running timer was started; undefined if it is not among
 * the last events that are searched.
 */
export const lastChange = (view: View, place: Place): number | undefined => {
  if (place.name === 'state') return lastState(view, place.host);
  if (timerOf(place.name) !== undefined) return lastStart(view, place);
  const atHand = connectionsAtHand(view);
  const answers = known.get(view.input.trace) ?? new Map<string, Answer>();
  known.set(view.input.trace, answers);
  const question = `${view.cursor} ${place.host} ${place.name} ${observedAtHand(view)?.id ?? atHand.get(place.host) ?? ''}`;
  const answer = answers.get(question) ?? searchBack(view, place, variablesAt(view));
  if (answers.size >= answersKept) answers.clear();
  answers.set(question, answer);
  return answer.event;
};

/** The variables of a new TCP connection: `chosen` by its own end, or `learnt` from the peer. */
const chosen: readonly string[] = ['snd.una', 'snd.nxt', 'iss'];
const learnt: readonly string[] = ['rcv.nxt', 'snd.wnd', 'mss', 'irs'];
/** The TCP variables that change when a segment is sent. They count as changed by that segment even if an arrival caused it. */
const sent: readonly string[] = ['snd.nxt', 'flightSize'];

const changedIn = (view: View, n: number, host: string): Place[] => {
  const {trace} = view.input;
  const instant = instantOf(trace, n);
  const arrives = entryAt(trace, n).kind === 'arrive';
  const isAnswer = !arrives && instant[0]?.kind === 'arrive';
  const variables = variablesAt(view);
  const [after, before] = [variables(n, host), variables((instant[0]?.n ?? n) - 1, host)];
  const born = arrives ? learnt : chosen;
  const mayMove = (name: string): boolean => {
    if (isAnswer) return sent.includes(name);
    return before === undefined ? born.includes(name) : !arrives || name !== 'snd.nxt';
  };
  const moved = namesIn(view).filter(
    (name) => mayMove(name) && numberOf(name, after) !== numberOf(name, before),
  );
  const enters = (event: TraceEvent): boolean => event.kind === 'state' && event.host === host;
  const states = !isAnswer && instant.some(enters) ? ['state'] : [];
  return [...states, ...(after ? moved : [])].map((name) => ({host, name}));
};

/** Returns the TCP variables, states and timers that a packet has changed by now: first those of its receiver, then those of its sender. */
export const changedBy = (view: View, id: number): readonly Place[] => {
  if (worldAt(view.input.trace, 0) === undefined && !isWatched(view)) return [];
  const {trace} = view.input;
  const packet = packetOf(trace, id);
  const {sendEvent, from, to} = packet;
  const {what, event} = fateAt(trace, packet, view.cursor) ?? {};
  const arrival = what === 'delivered' ? event : undefined;
  return [
    ...(arrival === undefined ? [] : changedIn(view, arrival, to)),
    ...changedIn(view, sendEvent, from),
  ];
};
