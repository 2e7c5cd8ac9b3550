// The state of a host at an instant: of a run from its events, of a capture deduced, of the connection at hand where a host may have several.

import {instantOf} from '../../account/entries.ts';
import {connectionSign} from '../../account/packet.ts';
import {bisect} from '../../wire/growing-list.ts';
import {connectionsAtHand, watchedSegment} from '../endpoints/at-hand.ts';
import {hasChanges, lastChange, lastChangeFor} from '../time/pace.ts';
import {hasMet, hasStates, isMany, type View} from '../view.ts';
import type {StateLabel} from './ladder-item.ts';

const isCapture = ({input: {trace}}: View): boolean => trace.header.profile === 'capture';

/** More than one connection in sight. */
export const isSeveral = ({input: {trace}}: View): boolean => (trace.header.conversations?.tcp ?? 0) > 1;

/** The number of the TCP connection of the chosen packet or, without a choice, of the newest segment. */
export const connectionAtHand = (view: View): number | undefined => {
  const id = watchedSegment(view);
  return id === undefined ? undefined : view.input.trace.connectionPackets?.of(id);
};

/** Of a state that the rows do not tell the connection of. */
const deducedLabel = (view: View, connection: number, text: string, fresh: boolean): StateLabel => ({
  text,
  fresh,
  deduced: true,
  of: connectionSign(view.input.trace.header, `${connection}`),
});

/** Before event `n`; undefined: nothing tells it. */
export const capturedState = (view: View, host: string, n: number): StateLabel | undefined => {
  const connection = connectionAtHand(view);
  if (connection === undefined) return undefined;
  const {moment} = view;
  const change = lastChange(view.input.pacing, host, {n, moment, connection: `${connection}`});
  return change && deducedLabel(view, connection, change.state, change.moment === moment);
};

/** The state of a host before event `n`: its last change, or that it has not done anything yet. Of captures, where it is deduced. */
const stateBefore = (view: View, host: string, n: number): StateLabel | undefined => {
  const {pacing} = view.input;
  if (isCapture(view)) return capturedState(view, host, n);
  if (!hasStates(view) || !hasMet(view, 'state')) return undefined;
  const change = lastChange(pacing, host, {n, moment: view.moment});
  return change === undefined
    ? {text: 'CLOSED', fresh: false}
    : {text: change.state, fresh: change.moment === view.moment};
};

/** Landings of packets above the first row that may be later than its event `n`. */
const changesSearched = 20;

/** Above the row of `packet`, which leaves at event `n`: what packets before it changed where they landed has no row of its own. */
export const stateAbove = (
  view: View,
  host: string,
  {n, packet}: {readonly n: number; readonly packet: number | undefined},
): StateLabel | undefined => {
  const {trace, pacing} = view.input;
  const before = stateBefore(view, host, n);
  if (packet === undefined || (!before && !isCapture(view))) return before;
  const connection = isCapture(view) ? connectionAtHand(view) : undefined;
  const first = bisect(pacing.changes.length, (index) => (pacing.changes.at(index)?.event ?? 0) >= n);
  const landed = pacing.changes.slice(first, first + changesSearched).findLast((change) => {
    if (change.host !== host || change.moment > view.moment) return false;
    if (connection !== undefined && change.connection !== `${connection}`) return false;
    const [cause] = instantOf(trace, change.event);
    return cause?.kind === 'arrive' && cause.packet > 0 && cause.packet < packet;
  });
  if (!landed) return before;
  const fresh = landed.moment === view.moment;
  return connection === undefined
    ? {text: landed.state, fresh}
    : deducedLabel(view, connection, landed.state, fresh);
};

/** Before event `n`; undefined: the host has no TCP that does anything in this run. */
const stateAtHand = (view: View, host: string, n: number): StateLabel | undefined => {
  const {pacing} = view.input;
  const newest = stateBefore(view, host, n);
  if (!newest || !hasChanges(pacing, host)) return undefined;
  const connection = connectionsAtHand(view).get(host);
  // That it waits, or has none, says nothing of a host to which nobody speaks TCP.
  if (connection === undefined) return /^(LISTEN|CLOSED)$/.test(newest.text) ? undefined : newest;
  const last = lastChangeFor(pacing, host, {n, moment: view.moment, connection});
  return last ? {text: last.state, fresh: last.moment === view.moment} : {text: 'CLOSED', fresh: false};
};

/** Before event `n`, as it stands beside or under a host's name. */
export const stateOf = (view: View, host: string, n: number): StateLabel | undefined =>
  (isMany(view) ? stateAtHand : stateBefore)(view, host, n);
