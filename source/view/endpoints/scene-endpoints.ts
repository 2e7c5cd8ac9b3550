// The endpoints panel's data: the TCP variables of both ends at an instant, and which of them have just changed.

import {worldAt} from '../../account/entries.ts';
import {byHandTexts} from '../../words/catalogue/by-hand.ts';
import {captureTexts} from '../../words/catalogue/capture.ts';
import {unicodeGlyphs} from '../glyphs.ts';
import type {SceneHost} from '../ladder/scene-hosts.ts';
import {ladderItems} from '../ladder/scene-ladder.ts';
import {capturedState, stateOf} from '../ladder/states.ts';
import {askingForValues, beforeInstant} from '../seen.ts';
import type {Role} from '../span.ts';
import {answersTo, narrationAt} from '../time/waypoints.ts';
import {hasMet, isMany, isNamed, metIn, selectedPacket, type View} from '../view.ts';
import {arithmeticOf} from '../why/arithmetic.ts';
import {connectionsAtHand} from './at-hand.ts';
import {type EndVariables, namesIn, variablesAt} from './end-variables.ts';
import {changedBy, lastChange, type Place} from './last-change.ts';
import {isWatched, observedAtHand} from './observed.ts';
import {leftTime} from './timer-bar.ts';
import {quantityText} from './variables.ts';

/** How a row of the endpoints panel relates to what the reader has selected. */
export type Pointed = {
  readonly selected: boolean;
  /** True if the selected packet changed the value in this row. */
  readonly fed: boolean;
};

export type EndpointValue = Pointed & {
  readonly name: string;
  readonly text: string;
  readonly changed: boolean;
  /**
   * The lines with the formula of a TCP variable: symbols, and the numbers beneath. Empty if no formula is known, or if the row is neither
   * selected nor changed just now.
   */
  readonly arithmetic: readonly string[];
};

export type EndpointTimer = Pointed & {readonly name: string; readonly left: string};

export type Endpoint = {
  /** The host's name in the trace. */
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly state: string;
  /** True if the TCP state of this end changed at the present instant. */
  readonly stateChanged: boolean;
  readonly statePointed: Pointed;
  /** True if the TCP state of this end was deduced from the packets of a capture. */
  readonly deduced?: true;
  /** The TCP variables of this end; empty if it has no TCB. */
  readonly values: readonly EndpointValue[];
  readonly timers: readonly EndpointTimer[];
};

/**
 * The TCP variables that the endpoints panel always shows. The variables that the present beat names come next, then others as far as they
 * fit.
 */
const always: readonly string[] = ['snd.una', 'snd.nxt', 'rcv.nxt'];

/**
 * Returns the names of the TCP variables to show: the needed ones, and at most `extra` others. If the reader has selected a variable that
 * is not among them, all are shown.
 */
const namesOf = (view: View, extra: number): readonly string[] => {
  const {input} = view;
  const whole = namesIn(view);
  // If the reader has asked for all TCP variables, all are shown, however many rows they take.
  if (input.shows && input.playback.allValues) return whole;
  const all = whole.filter(metIn(view));
  const shown = narrationAt(input, input.playback.viewMs).beat?.show ?? [];
  const needed = all.filter((name) => always.includes(name) || isNamed(shown, name));
  const others = all.filter((name) => !needed.includes(name));
  const names = all.filter((name) => needed.includes(name) || others.indexOf(name) < Math.max(0, extra));
  const selected = input.playback.selection.variable?.name;
  const beyond = whole.some((name) => name === selected && !names.includes(name));
  return beyond ? (all.some((name) => name === selected) ? all : whole) : names;
};

/** Returns how many TCP variables the panel still hides because the lesson has not reached them. */
export const countYetToCome = (view: View): number => {
  const isMet = metIn(view);
  return namesIn(view).filter((name) => !isMet(name)).length;
};

/** Tells whether the lesson has reached neither the TCP state nor any variable. Timers do not count, because the ladder shows them. */
export const isNothingMet = (view: View): boolean =>
  !hasMet(view, 'state') && !namesIn(view).some(metIn(view));

const unknown = '—';

type Pointing = (place: Place) => Pointed;

const pointing = (view: View): Pointing => {
  const {packet, variable} = view.input.playback.selection;
  // Only a packet that the reader has selected marks the rows that it changed; changes by the newest packet are already marked as new.
  const chosen = packet === undefined ? undefined : selectedPacket(view);
  const fed = chosen === undefined ? [] : changedBy(view, chosen);
  const isAt =
    ({host, name}: Place) =>
    (each: Place): boolean =>
      each.host === host && each.name === name;
  return (place) => ({
    selected: variable !== undefined && isAt(place)(variable),
    fed: fed.some(isAt(place)),
  });
};

type Ends = {
  readonly point: Pointing;
  readonly host: string;
  readonly now: EndVariables;
  readonly before: EndVariables | undefined;
};

const valuesOf = (
  view: View,
  {point, host, now, before}: Ends,
  names: readonly string[],
): EndpointValue[] => {
  const answers = answersTo(askingForValues(view));
  const told = hasMet(view, 'formulas');
  const blank = new Set(view.hidden.flatMap(({hides}) => hides?.fields ?? []));
  return names.map((name): EndpointValue => {
    const text = now.text(name);
    const quantity = text === unknown ? undefined : now.quantity(name);
    const absolute = quantity && quantityText(quantity, false);
    const hides =
      blank.has(`${host}.${name}`) ||
      answers.includes(text) ||
      (absolute !== undefined && answers.includes(absolute));
    // Every TCP variable of a new connection is new; only those that come from the peer are marked as changed.
    const isNew = before ? text !== before.text(name) : name === 'rcv.nxt' || name === 'irs';
    const changed = !hides && text !== unknown && isNew;
    const pointed = point({host, name});
    const event = changed ? view.cursor : pointed.selected ? lastChange(view, {host, name}) : undefined;
    const sum = hides || event === undefined ? [] : arithmeticOf(view, {host, name, event});
    return {
      name,
      text: hides ? '?' : text,
      changed,
      selected: pointed.selected,
      fed: pointed.fed && !hides,
      arithmetic: (changed && told) || pointed.selected ? [...sum, ...now.details(name)] : [],
    };
  });
};

/** Returns the running timers of a host. Before the lesson reaches timers, these are only those that the ladder also shows. */
const timersOf = (view: View, host: string, point: Pointing): EndpointTimer[] =>
  ladderItems(view)
    .timers.filter((timer) => timer.host === host && (timer.inLadder || hasMet(view, 'timers')))
    .map((timer) => ({name: timer.name, left: leftTime(timer), ...point({host, name: timer.name})}));

const awaited: readonly Role[] = ['client', 'server'];

/**
 * Returns the two hosts that the endpoints panel shows before the first segment: the client and the server, without the hosts between them.
 */
const endsAwaited = ({hosts}: View): readonly SceneHost[] => {
  const ends = hosts.filter(({role}) => awaited.includes(role));
  return ends.length === 2 ? ends : hosts.slice(0, 2);
};

/** Returns the two hosts of the present connection; if there is none yet, those that will probably have one. */
export const endsOf = (view: View): readonly SceneHost[] => {
  const observed = observedAtHand(view);
  if (observed) return observed.ends;
  const atHand = connectionsAtHand(view);
  const ends = view.hosts.filter(({id}) => atHand.has(id));
  return isMany(view) ? (ends.length > 0 ? ends : endsAwaited(view)) : view.hosts;
};

/** Returns the text for a TCP state that a capture has not shown yet, such as `◌ unknown`. */
const unseen = ({language}: View): string => `${unicodeGlyphs.deduced} ${captureTexts.unknown[language]}`;

/** Returns the TCP state of a host before event `n`; the host is given by its name in the trace. */
type StateAt = (host: string, n: number) => string;

const deducedAt =
  (view: View): StateAt =>
  (host, n) => {
    const state = capturedState(view, host, n);
    return state ? `${unicodeGlyphs.deduced}${state.text}` : unseen(view);
  };

const statesAt = (view: View): StateAt => {
  if (view.input.trace.connectionPackets) return deducedAt(view);
  // The two of three or more hosts that will have a connection are unknown before the first segment.
  const isToCome = isMany(view) && connectionsAtHand(view).size === 0;
  const absent = hasMet(view, 'state') && !isToCome ? 'CLOSED' : '';
  const {byHand} = view.input.trace.header;
  return (host, n) =>
    host === byHand ? byHandTexts.state[view.language] : (stateOf(view, host, n)?.text ?? absent);
};

/**
 * Returns both ends of the present TCP connection with their values; undefined if the run has no TCP states. `extra` is the number of
 * variables beyond the needed ones for which there is room.
 */
export const endpointsOf = (view: View, extra = 0): Endpoint[] | undefined => {
  const {trace} = view.input;
  const isCapture = isWatched(view);
  if (worldAt(trace, view.cursor) === undefined && !isCapture) return undefined;
  const earlier = beforeInstant(view, view.cursor);
  const names = namesOf(view, extra);
  const variables = variablesAt(view);
  const stateAt = statesAt(view);
  const point = pointing(view);
  return endsOf(view).map(({id, name, role}) => {
    const now = variables(view.cursor, id);
    const state = stateAt(id, trace.length + 1);
    const oldState = view.cursor > 0 ? stateAt(id, earlier + 1) : state;
    return {
      id,
      name,
      role,
      state,
      stateChanged: state !== oldState,
      statePointed: point({host: id, name: 'state'}),
      ...(isCapture ? {deduced: true as const} : {}),
      values: now ? valuesOf(view, {point, host: id, now, before: variables(earlier, id)}, names) : [],
      timers: timersOf(view, id, point),
    };
  });
};

/**
 * Tells whether the endpoints panel has nothing to show, because the lesson has reached none of its values or no connection exists. Host
 * names alone would only confuse.
 */
export const isEmpty = (endpoints: readonly Endpoint[]): boolean =>
  endpoints.every(({state, values, timers}) => state === '' && values.length + timers.length === 0);

/** Returns everything that `↑↓` can select in the endpoints panel, in order: the state and the variables of each host, then all timers. */
export const placesOf = (view: View): readonly Place[] => {
  const variables = variablesAt(view);
  const point = pointing(view);
  const names = namesIn(view).filter(metIn(view));
  // The hosts of a capture without packets have empty names and are left out.
  const ends = endsOf(view).filter(({id}) => id !== '');
  const own = ends.flatMap(({id: host}) => [
    {host, name: 'state'},
    ...(variables(view.cursor, host) ? names.map((name) => ({host, name})) : []),
  ]);
  const timers = ends.flatMap(({id: host}) => timersOf(view, host, point).map(({name}) => ({host, name})));
  return [...own, ...timers];
};
