// Finds a value of a host's TCP at an event of a Trace: which connection is meant, and the message if it has no such value.
import {entryAt, worldAt} from '../../account/entries.ts';
import type {Trace} from '../../sim/trace.ts';
import type {World} from '../../sim/world.ts';
import type {ConnectionId} from '../../stack/tcp/effect.ts';
import {tcpPropertyAtSentences} from '../../words/catalogue/lesson-values.ts';
import type {When} from '../host-at.ts';
import {problemWith} from '../problem.ts';
import {noValue, type Value} from '../value.ts';
import {
  type ConnectionProperty,
  connectionProperties,
  hostPropertiesOfTcp,
  isConnectionProperty,
} from './properties.ts';

export const tcpPropertyAt = (
  host: string,
  property: ConnectionProperty | keyof typeof hostPropertiesOfTcp,
  {trace, event}: When,
  connection?: string,
): Value => {
  const world = worldAt(trace, event);
  if (!world) {
    return noValue(tcpPropertyAtSentences.tcpPropertyAt.aCaptureHasNoStates);
  }
  const state = world.hosts[host];
  if (!isConnectionProperty(property)) {
    return state
      ? hostPropertiesOfTcp[property](state)
      : noValue(problemWith(tcpPropertyAtSentences.tcpPropertyAt.noHost, {host}));
  }
  const id = connectionOf(world, host, connection, trace, event);
  const tcb = id === undefined ? undefined : state?.tcp.connections.get(id);
  if (property === 'state' && !tcb) return {kind: 'text', value: stateWithoutTcb(trace, event, host, id)};
  const value = tcb && connectionProperties[property](tcb);
  return (
    value ??
    (tcb
      ? noValue(problemWith(tcpPropertyAtSentences.tcpPropertyAt.doesNotKnowYet, {host, property}))
      : noValue(problemWith(tcpPropertyAtSentences.tcpPropertyAt.hasNoConnectionAtThis, {host})))
  );
};

/**
 * Returns the connection that an expression means on a host: the one with this name; without a name, that of the current event, or else the
 * host's newest, even if it is still in SYN-RECEIVED. Undefined if there is none.
 */
const connectionOf = (
  world: World,
  host: string,
  name: string | undefined,
  trace: Trace,
  event: number,
): ConnectionId | undefined => {
  const state = world.hosts[host];
  if (name !== undefined) return state?.names.get(name);
  const now = event > 0 ? entryAt(trace, event) : undefined;
  if (now?.host === host && now.connection !== undefined) return now.connection;
  // A connection in SYN-RECEIVED is not yet the host's newest for the program, but it is the one that a lesson means.
  const listening = state?.newest === undefined || state.tcp.listeners.has(state.newest);
  const child = listening ? [...(state?.tcp.connections.keys() ?? [])].at(-1) : undefined;
  return child ?? state?.newest;
};

/**
 * Returns the state of a listener or a connection that no longer exists: the one that its last state change left, and CLOSED after a
 * crash.
 */
const stateWithoutTcb = (trace: Trace, event: number, host: string, id: ConnectionId | undefined): string => {
  for (let n = event; n > 0; n -= 1) {
    const each = entryAt(trace, n);
    if (each.host !== host) continue;
    if (each.kind === 'call' && each.call === 'crash') return 'CLOSED';
    if (each.kind === 'state' && (id === undefined || each.connection === id)) return each.to;
  }
  return 'CLOSED';
};
