// Which way each host has taken through its states until now, and by which edge it has just gone.

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
  /** undefined: unknown; what came before was not captured. */
  readonly from: TcpState | undefined;
  readonly to: TcpState;
  /** What the figure calls it, else the exception’s name. */
  readonly trigger: string;
  /** Set where the figure has no such edge. */
  readonly clause: string | undefined;
  readonly event: number;
};

export type DiagramEnd = {
  readonly name: string;
  readonly role: Role;
  /** undefined: nothing tells it yet. */
  readonly state: TcpState | undefined;
  readonly steps: readonly DiagramStep[];
  /** Taken in the instant on the screen. */
  readonly fresh: readonly DiagramStep[];
  /** As the trace calls the host. */
  readonly host: string;
  /** Of a capture: somebody who looks on says so. */
  readonly deduced?: true;
};

export type Diagram = {
  readonly ends: readonly DiagramEnd[];
  /** Does anything of this run close? Then the lower part of the figure matters. */
  readonly closes: boolean;
};

type Change = {
  readonly host: string;
  readonly connection: string;
  readonly step: DiagramStep;
  readonly instant: number;
};

/** In the order of events. */
type Host = {
  readonly all: readonly Change[];
  /** Without those of listeners. */
  readonly connected: readonly Change[];
  readonly byConnection: ReadonlyMap<string, readonly Change[]>;
};

type Changes = {readonly hosts: ReadonlyMap<string, Host>; readonly closes: boolean};

const stepOf = ({from = 'CLOSED', to, because, n}: EventOf<'state'>): DiagramStep => ({
  ...{from, to, event: n},
  ...namedStep(from, to, because),
});

/** All changes of state of a run. A crash ends what its host had. */
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

/** One pass over the run, at the first question: a frame asks for one connection only. */
const changesOf = oncePer((trace: Trace): Changes => {
  const all = changesIn(trace);
  const byHost = [...byKey(all, ({host}) => host)];
  return {
    hosts: new Map(byHost.map(([host, own]) => [host, hostOf(own)])),
    closes: all.some(({step: {to}}) => to === 'FIN-WAIT-1' || to === 'CLOSE-WAIT'),
  };
});

/** How many of them have happened by event `cursor`. */
const until = (changes: readonly Change[], cursor: number): number =>
  bisect(changes.length, (index) => (changes[index]?.step.event ?? 0) > cursor);

/** The newest connection’s way from CLOSED; a child’s way begins with its listener. */
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

/** After event `cursor`, of the connection at hand; undefined for a capture, which has no states of its own. */
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
