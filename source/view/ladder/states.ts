// Determines the TCP state of a host at an instant: from the events of a run, or deduced from a capture; if there are several connections,
// that of the selected one.

import {instantOf} from '../../account/entries.ts';
import {connectionSign} from '../../account/packet.ts';
import {bisect} from '../../wire/growing-list.ts';
import {byHandTexts} from '../../words/catalogue/by-hand.ts';
import {connectionsAtHand, watchedSegment} from '../endpoints/at-hand.ts';
import {hasChanges, lastChange, lastChangeFor} from '../time/pace.ts';
import {hasMet, hasStates, isMany, type View} from '../view.ts';
import type {StateLabel} from './ladder-item.ts';

const isCapture = ({input: {trace}}: View): boolean => trace.header.profile === 'capture';

/** Tells whether a capture has more than one TCP connection. */
export const isSeveral = ({input: {trace}}: View): boolean => (trace.header.conversations?.tcp ?? 0) > 1;

/** Returns the number of the TCP connection of a capture's selected packet, or else of the newest segment; undefined if there is none. */
export const connectionAtHand = (view: View): number | undefined => {
  const id = watchedSegment(view);
  return id === undefined ? undefined : view.input.trace.connectionPackets?.of(id);
};

/**
 * Returns the label of a TCP state that was deduced from a capture, with the sign of its connection for places that do not show which one
 * it is.
 */
const deducedLabel = (view: View, connection: number, text: string, fresh: boolean): StateLabel => ({
  text,
  fresh,
  deduced: true,
  of: connectionSign(view.input.trace.header, `${connection}`),
});

/** Returns a host's state in a capture before event `n`, for the present connection; undefined if it cannot be deduced. */
export const capturedState = (view: View, host: string, n: number): StateLabel | undefined => {
  const connection = connectionAtHand(view);
  if (connection === undefined) return undefined;
  const {moment} = view;
  const change = lastChange(view.input.pacing, host, {n, moment, connection: `${connection}`});
  return change && deducedLabel(view, connection, change.state, change.moment === moment);
};

/**
 * Returns the state of a host before event `n`: that of its last change, or CLOSED if there was none; in a capture the deduced state.
 * undefined if states are not shown.
 */
const stateBefore = (view: View, host: string, n: number): StateLabel | undefined => {
  const {pacing, trace} = view.input;
  if (isCapture(view)) return capturedState(view, host, n);
  if (host === trace.header.byHand) return {text: byHandTexts.state[view.language], fresh: false};
  if (!hasStates(view) || !hasMet(view, 'state')) return undefined;
  const change = lastChange(pacing, host, {n, moment: view.moment});
  return change === undefined
    ? {text: 'CLOSED', fresh: false}
    : {text: change.state, fresh: change.moment === view.moment};
};

/** The number of changes after event `n` that are searched for one that the arrival of an earlier packet caused. */
const changesSearched = 20;

/**
 * Returns the TCP state of a host above the ladder's row of `packet`, which is sent at event `n`. If a packet from before the rows arrives
 * later and changes the state, it is the state after that change.
 */
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

/**
 * Returns a host's TCP state before event `n`, in the connection of the selected packet; undefined if the host's TCP does nothing in this
 * run.
 */
const stateAtHand = (view: View, host: string, n: number): StateLabel | undefined => {
  const {pacing} = view.input;
  const newest = stateBefore(view, host, n);
  if (!newest || !hasChanges(pacing, host)) return undefined;
  const connection = connectionsAtHand(view).get(host);
  // LISTEN or CLOSED says nothing about a host that no TCP connection reaches, so it is not shown.
  if (connection === undefined) return /^(LISTEN|CLOSED)$/.test(newest.text) ? undefined : newest;
  const last = lastChangeFor(pacing, host, {n, moment: view.moment, connection});
  return last ? {text: last.state, fresh: last.moment === view.moment} : {text: 'CLOSED', fresh: false};
};

/** Returns a host's state before event `n`, as it is shown beside or under the host's name; undefined if none is shown. */
export const stateOf = (view: View, host: string, n: number): StateLabel | undefined =>
  (isMany(view) ? stateAtHand : stateBefore)(view, host, n);
