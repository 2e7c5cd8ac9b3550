// The state of a host in a picture of three and more: of the connection at hand, which not all hosts have a part in.
import {listenerOf} from '../../wire/connection-id.ts';
import {connectionsAtHand} from '../endpoints/at-hand.ts';
import {hasChanges, lastChange} from '../time/state-changes.ts';
import type {View} from '../view.ts';
import type {StateLabel} from './ladder-item.ts';
import {stateBefore} from './state-before.ts';

/** Before event `n`; undefined: the host has no TCP that does anything in this run. */
export const stateAtHand = (view: View, host: string, n: number): StateLabel | undefined => {
  const {pacing} = view.input;
  const newest = stateBefore(view, host, n);
  if (!newest || !hasChanges(pacing, host)) return undefined;
  const connection = connectionsAtHand(view).get(host);
  if (connection === undefined) return newest;
  const limit = {n, moment: view.moment};
  // Before it has a record of its own, its listener answers for it.
  const change =
    lastChange(pacing, host, {...limit, connection}) ??
    lastChange(pacing, host, {...limit, connection: listenerOf(connection)});
  // A crash takes all records along.
  const crash = lastChange(pacing, host, {...limit, connection: ''});
  const newer = crash && crash.event > (change?.event ?? 0) ? crash : change;
  return newer ? {text: newer.state, fresh: newer.moment === view.moment} : {text: 'CLOSED', fresh: false};
};
