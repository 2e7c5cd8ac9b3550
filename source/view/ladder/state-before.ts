// The state of a host before a row of the ladder, where rows above it are not shown.
import {bisect} from '../../account/bisect.ts';
import {instantOf} from '../../account/causes.ts';
import {lastChange} from '../time/state-changes.ts';
import {hasStates, type View} from '../view.ts';
import {capturedState, connectionAtHand, deducedLabel, isCapture} from './captured-states.ts';
import type {StateLabel} from './ladder-item.ts';

/** The state of a host before event `n`: its last change, or that it has not done anything yet. Of captures, where it is deduced. */
export const stateBefore = (view: View, host: string, n: number): StateLabel | undefined => {
  const {pacing} = view.input;
  if (isCapture(view)) return capturedState(view, host, n);
  if (!hasStates(view)) return undefined;
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
  const first = bisect(pacing.changes.length, (index) => (pacing.changes[index]?.event ?? 0) >= n);
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
