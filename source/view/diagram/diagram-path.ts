// Finds the changes of TCP state that each host has gone through by an instant, and which of them happened at that instant.

import {entriesBetween, entryAt, worldAt} from '../../account/entries.ts';
import type {EventOf, Trace} from '../../sim/trace.ts';
import type {ConnectionId} from '../../stack/tcp/effect.ts';
import type {TcpState} from '../../stack/tcp/states.ts';
import {isListener, listenerOf} from '../../wire/connection-id.ts';
import {byKey} from '../../wire/grouped.ts';
import {bisect} from '../../wire/growing-list.ts';
import {oncePer} from '../../wire/once-per.ts';
import type {SceneHost} from '../ladder/scene-hosts.ts';
import type {Role} from '../span.ts';
import {namedStep} from './diagram-edges.ts';

export type DiagramStep = {
  /** The TCP state before the change; undefined if it is unknown, because earlier packets were not captured. */
  readonly from: TcpState | undefined;
  readonly to: TcpState;
  /** The trigger of a change of TCP state, named as in RFC 9293 figure 5 or in the list of exceptions. */
  readonly trigger: string;
  /** The RFC section that allows a change of TCP state outside RFC 9293 figure 5; undefined if the figure has the change. */
  readonly clause: string | undefined;
  readonly event: number;
};

export type DiagramEnd = {
  readonly name: string;
  readonly role: Role;
  /** The present TCP state of a host's end; undefined if it is not known yet. */
  readonly state: TcpState | undefined;
  readonly steps: readonly DiagramStep[];
  /** The changes of TCP state that happened at the present instant. */
  readonly fresh: readonly DiagramStep[];
  /** The host's name in the trace. */
  readonly host: string;
  /** True if the TCP states were deduced from the packets of a capture, and not simulated. */
  readonly deduced?: true;
};

export type Diagram = {
  readonly ends: readonly DiagramEnd[];
  /** True if a connection is closed in this run, so that the lower part of the state diagram is drawn. */
  readonly closes: boolean;
};

type Change = {
  readonly host: string;
  readonly connection: string;
  readonly step: DiagramStep;
  readonly instant: number;
};

/** The changes of TCP state on one host, in the order of events: all of them, and those of each connection. */
type Host = {
  readonly all: readonly Change[];
  /** The changes of TCP state on a host without those of listening sockets. */
  readonly connected: readonly Change[];
  readonly byConnection: ReadonlyMap<string, readonly Change[]>;
};

type Changes = {readonly hosts: ReadonlyMap<string, Host>; readonly closes: boolean};

const stepOf = ({from = 'CLOSED', to, because, n}: EventOf<'state'>): DiagramStep => ({
  ...{from, to, event: n},
  ...namedStep(from, to, because),
});

/** Returns all changes of TCP state in a run. A crash closes all connections of its host. */
const changesIn = (trace: Trace): readonly Change[] => {
  const changes: Change[] = [];
  const now = new Map<string, Map<string, TcpState>>();
  for (const event of entriesBetween(trace, 1)) {
    const {host, instant, n} = event;
    const states = now.get(host) ?? new Map<string, TcpState>();
    now.set(host, states);
    if (event.kind === 'state') {
      const connection = event.connection ?? '';
      changes.push({host, connection, instant, step: stepOf(event)});
      states.set(connection, event.to);
    }
    if (event.kind !== 'call' || event.call !== 'crash') continue;
    for (const [connection, from] of states)
      if (from !== 'CLOSED') {
        const step: DiagramStep = {from, to: 'CLOSED', trigger: 'crash', clause: '', event: n};
        changes.push({host, connection, instant, step});
      }
    states.clear();
  }
  return changes;
};

const hostOf = (all: readonly Change[]): Host => ({
  all,
  connected: all.filter(({connection}) => !isListener(connection)),
  byConnection: byKey(all, ({connection}) => connection),
});

/**
 * Returns the changes of TCP state in a run by host and connection. They are computed once for each run, because each frame of the screen
 * needs them.
 */
const changesOf = oncePer((trace: Trace): Changes => {
  const all = changesIn(trace);
  const byHost = [...byKey(all, ({host}) => host)];
  return {
    hosts: new Map(byHost.map(([host, own]) => [host, hostOf(own)])),
    closes: all.some(({step: {to}}) => to === 'FIN-WAIT-1' || to === 'CLOSE-WAIT'),
  };
});

/** Returns how many of these changes of TCP state have happened by event number `cursor`. */
const until = (changes: readonly Change[], cursor: number): number =>
  bisect(changes.length, (index) => (changes[index]?.step.event ?? 0) > cursor);

/**
 * Returns the changes of one connection's state, from CLOSED on: of the connection `atHand`, or else of the host's newest one. For an
 * accepted connection, those of its listening socket come first.
 */
const wayOf = (
  {all, connected, byConnection}: Host,
  cursor: number,
  atHand: ConnectionId | undefined,
): readonly Change[] => {
  const lastOf = (changes: readonly Change[]): Change | undefined => changes[until(changes, cursor) - 1];
  const newest =
    atHand === undefined
      ? (lastOf(connected) ?? lastOf(all))
      : (lastOf(byConnection.get(atHand) ?? []) ?? lastOf(byConnection.get(listenerOf(atHand)) ?? []));
  if (!newest) return [];
  const changesOfOne = (connection: string, last: number): readonly Change[] => {
    const changes = byConnection.get(connection) ?? [];
    return changes.slice(0, until(changes, last));
  };
  const own = changesOfOne(newest.connection, cursor);
  const begins = ({connection, step}: Change): boolean =>
    step.from === 'CLOSED' || (step.from === 'LISTEN' && !isListener(connection));
  const way = own.slice(Math.max(0, own.findLastIndex(begins)));
  const [first] = way;
  if (!first || !begins(first) || first.step.from === 'CLOSED') return way;
  const listener = changesOfOne(listenerOf(newest.connection), first.step.event);
  const listens = listener.findLast(({step}) => step.to === 'LISTEN');
  return listens ? [listens, ...way] : way;
};

/**
 * Returns the path of each host through TCP's state diagram up to event `cursor`; undefined for a capture, which has no simulated states.
 */
export const diagramOf = (
  trace: Trace,
  cursor: number,
  hosts: readonly SceneHost[],
  atHand: ReadonlyMap<string, ConnectionId> = new Map(),
): Diagram | undefined => {
  if (worldAt(trace, 0) === undefined) return undefined;
  const {hosts: changes, closes} = changesOf(trace);
  const instant = cursor > 0 && cursor <= trace.length ? entryAt(trace, cursor).instant : -1;
  const ends = hosts.map(({id, name, role}): DiagramEnd => {
    const own = changes.get(id);
    const way = own ? wayOf(own, cursor, atHand.get(id)) : [];
    const steps = way.map(({step}) => step);
    return {
      host: id,
      name,
      role,
      state: steps.at(-1)?.to ?? 'CLOSED',
      steps,
      fresh: way.filter((change) => change.instant === instant).map(({step}) => step),
    };
  });
  return {ends, closes};
};
