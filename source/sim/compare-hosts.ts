// Compares the hosts of two runs: when each entered its TCP states, how many bytes its programs got, and how its connections ended.

import type {TcpState} from '../stack/tcp/states.ts';
import {type ConnectionId, farEndOf, isListener} from '../wire/connection-id.ts';
import type {Relation} from './compare-packets.ts';
import type {Trace} from './trace.ts';

export type StateRow = {
  readonly host: string;
  readonly connection: string;
  readonly state: TcpState;
  /** The time in µs at which the left run entered the state; undefined if it never did. `rightUs` is that of the right run. */
  readonly leftUs: number | undefined;
  readonly rightUs: number | undefined;
  readonly relation: Relation;
};

/**
 * How the connections of a run are at its end. `half-open`: one end is gone and the other does not know it (RFC 9293 §3.5.1). `closed`:
 * every end is CLOSED or in TIME-WAIT.
 */
export type Outcome = 'none' | 'opening' | 'open' | 'closing' | 'half-open' | 'closed';

export type RunSummary = {
  readonly packets: number;
  readonly deliveredBytes: {readonly [host: string]: number};
  readonly outcome: Outcome;
  readonly durationUs: number;
};

type Entered = {host: string; connection: string; state: TcpState; atUs: number};

type Last = {readonly host: string; readonly connection: ConnectionId; state: TcpState};

type Hosts = {
  readonly entered: ReadonlyMap<string, Entered>;
  readonly delivered: {readonly [host: string]: number};
  /** The last state of every connection in the run at each of its ends, without listeners. */
  readonly last: readonly Readonly<Last>[];
};

const hostsOf = (trace: Trace): Hosts => {
  const entered = new Map<string, Entered>();
  const delivered: {[host: string]: number} = {};
  const last = new Map<string, Last>();
  const counts = new Map<string, number>();
  for (const {name} of trace.header.hosts) delivered[name] = 0;
  for (const event of trace.events()) {
    const {host, atUs} = event;
    if (event.kind === 'deliver') delivered[host] = (delivered[host] ?? 0) + event.bytes;
    if (event.kind === 'call' && event.call === 'crash')
      for (const each of last.values()) if (each.host === host) each.state = 'CLOSED';
    if (event.kind !== 'state' || event.connection === undefined) continue;
    const {connection, to: state} = event;
    const key = `${host} ${connection}`;
    const nth = (counts.get(`${key} ${state}`) ?? 0) + 1;
    counts.set(`${key} ${state}`, nth);
    entered.set(`${key} ${state} #${nth}`, {host, connection, state, atUs});
    if (!isListener(connection)) last.set(key, {host, connection, state});
  }
  return {entered, delivered, last: [...last.values()]};
};

const over: readonly TcpState[] = ['CLOSED', 'LISTEN', 'TIME-WAIT'];
const young: readonly TcpState[] = ['SYN-SENT', 'SYN-RECEIVED'];

const outcomeOf = (states: readonly TcpState[]): Outcome => {
  const all = (...known: readonly TcpState[]): boolean => states.every((state) => known.includes(state));
  if (states.length === 0) return 'none';
  if (all(...over)) return 'closed';
  if (all('ESTABLISHED')) return 'open';
  if (all('ESTABLISHED', ...young)) return 'opening';
  return states.includes('CLOSED') || states.includes('LISTEN') ? 'half-open' : 'closing';
};

/**
 * Returns the last states of a run's connections, except those that a listener gave up and whose other end never existed (RFC 4987 §2.1).
 */
const standing = (last: Hosts['last']): readonly TcpState[] => {
  const known = new Set(last.map(({connection}) => connection));
  const real = last.filter(({connection, state}) => state !== 'LISTEN' || known.has(farEndOf(connection)));
  return (real.length > 0 ? real : last).map(({state}) => state);
};

const summaryFrom = (trace: Trace, {delivered, last}: Hosts): RunSummary => ({
  packets: trace.packetCount,
  deliveredBytes: delivered,
  outcome: outcomeOf(standing(last)),
  durationUs: trace.durationUs,
});

const relationOf = (left: Entered | undefined, right: Entered | undefined): Relation => {
  if (!left) return '+';
  if (!right) return '−';
  return left.atUs === right.atUs ? '=' : '≠';
};

const firstUs = ({leftUs, rightUs}: StateRow): number =>
  Math.min(leftUs ?? Number.POSITIVE_INFINITY, rightUs ?? Number.POSITIVE_INFINITY);

/** Returns a row for each state that a host entered in either run, in the order in which one of the runs first entered it. */
const stateRows = (left: Hosts, right: Hosts): readonly StateRow[] => {
  const keys = new Set([...left.entered.keys(), ...right.entered.keys()]);
  const rows = [...keys].flatMap((key): StateRow[] => {
    const [a, b] = [left.entered.get(key), right.entered.get(key)];
    const some = a ?? b;
    if (!some) return [];
    const {host, connection, state} = some;
    return [{host, connection, state, leftUs: a?.atUs, rightUs: b?.atUs, relation: relationOf(a, b)}];
  });
  return rows.sort((a, b) => firstUs(a) - firstUs(b));
};

export type HostComparison = {
  readonly states: readonly StateRow[];
  readonly summary: readonly [RunSummary, RunSummary];
};

export const compareHosts = (left: Trace, right: Trace): HostComparison => {
  const [a, b] = [hostsOf(left), hostsOf(right)];
  return {states: stateRows(a, b), summary: [summaryFrom(left, a), summaryFrom(right, b)]};
};
