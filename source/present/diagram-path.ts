// Which way each host has taken through its states until now, and by which edge it has just gone.
import type {Trace, TraceEvent} from '../sim/trace.ts';
import type {TcpState} from '../stack/tcp/states.ts';
import {exceptionFor, figureEdge} from './diagram-edges.ts';
import {bisect} from './pace.ts';
import type {SceneHost} from './scene-hosts.ts';
import type {Role} from './span.ts';

export type DiagramStep = {
  readonly from: TcpState;
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
  readonly state: TcpState;
  readonly steps: readonly DiagramStep[];
  /** Taken in the instant on the screen. */
  readonly fresh: readonly DiagramStep[];
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

const known = new WeakMap<Trace, readonly Change[]>();

const stepOf = (event: Extract<TraceEvent, {kind: 'state'}>): DiagramStep => {
  const {from, to, because, n} = event;
  const edge = figureEdge(from, to);
  const exception = edge ? undefined : exceptionFor(from, to, because);
  return {
    from,
    to,
    event: n,
    trigger: edge?.trigger ?? exception?.trigger ?? '',
    clause: edge ? undefined : (exception?.clause ?? ''),
  };
};

/** All changes of state of a run; one pass over it, at the first question. A crash ends what its host had. */
const changesOf = (trace: Trace): readonly Change[] => {
  const before = known.get(trace);
  if (before) return before;
  const changes: Change[] = [];
  const now = new Map<string, Map<string, TcpState>>();
  for (const event of trace.events()) {
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
  known.set(trace, changes);
  return changes;
};

const localOf = (connection: string): string => connection.split(' > ')[0] ?? '';
const isListener = (connection: string): boolean => connection.endsWith(' > *');

/** The newest connection’s way from CLOSED; a child’s way begins with its listener. */
const wayOf = (changes: readonly Change[]): readonly Change[] => {
  const newest = changes.findLast(({connection}) => !isListener(connection)) ?? changes.at(-1);
  if (!newest) return [];
  const own = changes.filter(
    ({connection}) =>
      connection === newest.connection ||
      (isListener(connection) && localOf(connection) === localOf(newest.connection)),
  );
  const begins = ({connection, step}: Change): boolean =>
    step.from === 'CLOSED' || (step.from === 'LISTEN' && !isListener(connection));
  const start = own.findLastIndex((change) => change.connection === newest.connection && begins(change));
  const first = own[start];
  if (!first || first.step.from === 'CLOSED') return own.slice(Math.max(0, start)).filter(sameAs(newest));
  const listens = own
    .slice(0, start)
    .findLast(({connection, step}) => isListener(connection) && step.to === 'LISTEN');
  return [...(listens ? [listens] : []), ...own.slice(start).filter(sameAs(newest))];
};

const sameAs =
  (newest: Change) =>
  ({connection}: Change): boolean =>
    connection === newest.connection;

/** After event `cursor`; undefined for a capture, which has no states of its own. */
export const diagramOf = (trace: Trace, cursor: number, hosts: readonly SceneHost[]): Diagram | undefined => {
  if (trace.stateAt(0) === undefined) return undefined;
  const all = changesOf(trace);
  const until = all.slice(
    0,
    bisect(all.length, (index) => (all[index]?.step.event ?? 0) > cursor),
  );
  const instant = cursor > 0 && cursor <= trace.length ? trace.event(cursor).instant : -1;
  const ends = hosts.map(({id, name, role}): DiagramEnd => {
    const way = wayOf(until.filter(({host}) => host === id));
    const steps = way.map(({step}) => step);
    return {
      name,
      role,
      state: steps.at(-1)?.to ?? 'CLOSED',
      steps,
      fresh: way.filter((change) => change.instant === instant).map(({step}) => step),
    };
  });
  return {ends, closes: all.some(({step}) => step.to === 'FIN-WAIT-1' || step.to === 'CLOSE-WAIT')};
};
