// The variables of both ends at an instant, and which of them that instant changed.

import type {Connection} from '../../stack/tcp/connection.ts';
import {formatTime} from '../format.ts';
import {answersTo} from '../ladder/label.ts';
import type {SceneHost} from '../ladder/scene-hosts.ts';
import {ladderItems} from '../ladder/scene-ladder.ts';
import {stateAtHand} from '../ladder/state-at-hand.ts';
import {stateBefore} from '../ladder/state-before.ts';
import type {Role} from '../span.ts';
import {narrationAt} from '../time/waypoints.ts';
import {isMany, selectedPacket, type View} from '../view.ts';
import {arithmeticOf} from '../why/arithmetic.ts';
import {instantOf} from '../why/causes.ts';
import {connectionIn, connectionsAtHand} from './at-hand.ts';
import {changedBy, lastChange, type Place} from './last-change.ts';
import {quantityText, unsetThreshold, type VariableName, variableNames, variableOf} from './variables.ts';

/** How a row of the panel stands to the one selection. */
type Pointed = {
  readonly selected: boolean;
  /** The packet that the reader has chosen changed it. */
  readonly fed: boolean;
};

export type EndpointValue = Pointed & {
  readonly name: VariableName;
  readonly text: string;
  readonly changed: boolean;
  /** How it came to this value: symbols, and the numbers beneath; empty where nothing tells it. */
  readonly arithmetic: readonly string[];
};

export type EndpointTimer = Pointed & {readonly name: string; readonly left: string};

export type Endpoint = {
  /** As the trace calls it. */
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly state: string;
  /** By this instant; `stateFresh`: at the very moment on the screen. */
  readonly stateChanged: boolean;
  readonly stateFresh: boolean;
  readonly statePointed: Pointed;
  /** Without a TCB there are none. */
  readonly values: readonly EndpointValue[];
  readonly timers: readonly EndpointTimer[];
};

/** Shown always; of the others first those that the beat on the screen names, then as many as there is room for. */
const always: readonly VariableName[] = ['snd.una', 'snd.nxt', 'rcv.nxt'];

const isNamed = (shown: readonly string[], name: string): boolean =>
  shown.some((each) => each === name || each.endsWith(`.${name}`));

/** `extra`: how many more than needed. A selected one that is beyond them brings all. */
const namesOf = ({input}: View, extra: number): readonly VariableName[] => {
  const shown = narrationAt(input, input.playback.viewMs).beat?.show ?? [];
  const needed = variableNames.filter((name) => always.includes(name) || isNamed(shown, name));
  const others = variableNames.filter((name) => !needed.includes(name));
  const names = variableNames.filter(
    (name) => needed.includes(name) || others.indexOf(name) < Math.max(0, extra),
  );
  const selected = input.playback.selection.variable?.name;
  const beyond = variableNames.some((name) => name === selected && !names.includes(name));
  return beyond ? variableNames : names;
};

const unknown = '—';
/** What the peer has not told yet. */
const peers: readonly VariableName[] = ['rcv.nxt', 'snd.wnd', 'irs'];
const textOf = (tcb: Connection, name: VariableName, relative: boolean): string => {
  if (tcb.state === 'SYN-SENT' && peers.includes(name)) return unknown;
  const quantity = variableOf(name, tcb);
  return quantity === undefined || quantity.value === unsetThreshold
    ? unknown
    : quantityText(quantity, relative);
};

/** The last event of the instant before the one of event `n`. */
const beforeInstant = (view: View, n: number): number => (instantOf(view.input.trace, n)[0]?.n ?? n) - 1;

type Pointing = (place: Place) => Pointed;

const pointing = (view: View): Pointing => {
  const {packet, variable} = view.input.playback.selection;
  // What the newest packet does carries the sign of what is new.
  const fed = packet === undefined ? [] : changedBy(view, selectedPacket(view));
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
  readonly now: Connection;
  readonly before: Connection | undefined;
};

const valuesOf = (
  view: View,
  {point, host, now, before}: Ends,
  names: readonly VariableName[],
): EndpointValue[] => {
  const {relative} = view.input.playback;
  const answers = answersTo(view.hidden);
  const blank = new Set(view.hidden.flatMap(({hides}) => hides?.fields ?? []));
  return names.map((name): EndpointValue => {
    const text = textOf(now, name, relative);
    const hides =
      blank.has(`${host}.${name}`) || answers.includes(text) || answers.includes(textOf(now, name, false));
    // A connection that this instant made: only what came from the peer is news.
    const isNew = before ? text !== textOf(before, name, relative) : name === 'rcv.nxt' || name === 'irs';
    const changed = !hides && text !== unknown && isNew;
    const pointed = point({host, name});
    const event = changed ? view.cursor : pointed.selected ? lastChange(view, {host, name}) : undefined;
    return {
      name,
      text: hides ? '?' : text,
      changed,
      selected: pointed.selected,
      fed: pointed.fed && !hides,
      arithmetic: hides || event === undefined ? [] : arithmeticOf(view, {host, name, event}),
    };
  });
};

const timersOf = (view: View, host: string, point: Pointing): EndpointTimer[] =>
  ladderItems(view)
    .timers.filter((timer) => timer.host === host)
    .map(({name, leftUs}) => ({name, left: formatTime(leftUs), ...point({host, name})}));

const awaited: readonly Role[] = ['client', 'server'];

/** Before the first segment: client and server, whoever stands between them. */
const endsAwaited = ({hosts}: View): readonly SceneHost[] => {
  const ends = hosts.filter(({role}) => awaited.includes(role));
  return ends.length === 2 ? ends : hosts.slice(0, 2);
};

/** Both ends of the connection at hand; of three hosts and more not all have a part in it. */
export const endsOf = (view: View): readonly SceneHost[] => {
  const atHand = connectionsAtHand(view);
  const ends = view.hosts.filter(({id}) => atHand.has(id));
  return isMany(view) ? (ends.length > 0 ? ends : endsAwaited(view)) : view.hosts;
};

/** `extra`: for how many variables more than needed there is room, by host. */
export const endpointsOf = (view: View, extra = 0): Endpoint[] | undefined => {
  const {trace} = view.input;
  const now = trace.stateAt(view.cursor);
  if (!now) return undefined;
  const before = view.cursor > 0 ? trace.stateAt(beforeInstant(view, view.cursor)) : now;
  const names = namesOf(view, extra);
  const atHand = connectionsAtHand(view);
  const point = pointing(view);
  const stateOf = isMany(view) ? stateAtHand : stateBefore;
  return endsOf(view).map(({id, name, role}) => {
    const tcb = connectionIn(now, id, atHand);
    const label = stateOf(view, id, trace.length + 1);
    const state = label?.text ?? 'CLOSED';
    const oldState =
      view.cursor > 0 ? (stateOf(view, id, beforeInstant(view, view.cursor) + 1)?.text ?? 'CLOSED') : state;
    const ends = tcb && {point, host: id, now: tcb, before: connectionIn(before, id, atHand)};
    return {
      id,
      name,
      role,
      state,
      stateChanged: state !== oldState,
      stateFresh: label?.fresh ?? false,
      statePointed: point({host: id, name: 'state'}),
      values: ends ? valuesOf(view, ends, names) : [],
      timers: timersOf(view, id, point),
    };
  });
};

/** Everything that `↑↓` walks over: by host its state and variables, and then all timers. */
export const placesOf = (view: View): readonly Place[] => {
  const {trace} = view.input;
  const atHand = connectionsAtHand(view);
  const world = trace.stateAt(view.cursor);
  const point = pointing(view);
  const own = endsOf(view).flatMap(({id: host}) => [
    {host, name: 'state'},
    ...(connectionIn(world, host, atHand) ? variableNames.map((name) => ({host, name})) : []),
  ]);
  const timers = endsOf(view).flatMap(({id: host}) =>
    timersOf(view, host, point).map(({name}) => ({host, name})),
  );
  return [...own, ...timers];
};
