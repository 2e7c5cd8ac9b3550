// Tells whether a TCP sender repairs a loss, since when, and how it found the loss: one fact for the phases of RFC 5681, 6582 and 6675 and
// for the states of Linux (RFC 8985, 9937). Graphs, questions and sentences use it.
import {enoughDuplicates} from '../observe/bounds.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import type {Connection} from '../stack/tcp/connection.ts';
import type {ConnectionId} from '../stack/tcp/effect.ts';
import {oncePer} from '../wire/once-per.ts';
import {connectionAt, entriesBetween, entriesOf, instantOf} from './entries.ts';

/**
 * The kinds of repair by a TCP sender: in recovery, lost segments are retransmitted and cwnd is reduced; after a timeout, everything in
 * flight counts as lost and is sent again in slow start.
 */
export type Repair = 'recovery' | 'loss';

/**
 * How a TCP sender found a loss: by duplicate ACKs, by SACK (RFC 6675), by time (RACK), by the timer, or by the MTU that a router reported.
 */
export type FoundBy = 'duplicates' | 'sack' | 'rack' | 'timer' | 'size';

export type Recovery = {
  readonly what: Repair;
  readonly by: FoundBy;
  /** The number of duplicate ACKs when the sender found the loss, if it counts them. */
  readonly duplicates: number;
  /** The last events of the instants in which the repair began and ended; `to` is undefined while it lasts. */
  readonly from: number;
  readonly to: number | undefined;
};

type Repairing = Pick<Connection, 'episode' | 'loss' | 'sackPermitted' | 'flight'>;

export const repairOf = ({episode, loss}: Repairing): Repair | undefined => {
  if (episode.state === 'recovery' || episode.state === 'loss') return episode.state;
  if (loss.phase === 'none') return undefined;
  return loss.phase === 'fast' ? 'recovery' : 'loss';
};

const found = (tcb: Repairing, instant: readonly TraceEvent[]): Pick<Recovery, 'by' | 'duplicates'> => {
  const {episode, loss, sackPermitted, flight} = tcb;
  if (repairOf(tcb) === 'loss') {
    const ranOut = instant.some(
      (event) => event.kind === 'timer' && event.op === 'fire' && event.name === 'RTO',
    );
    return {by: ranOut ? 'timer' : 'size', duplicates: 0};
  }
  if (episode.state === 'recovery')
    return sackPermitted ? {by: 'rack', duplicates: 0} : {by: 'duplicates', duplicates: flight.sacked};
  const counted = !sackPermitted || loss.dupAcks >= enoughDuplicates;
  return {by: counted ? 'duplicates' : 'sack', duplicates: loss.dupAcks};
};

/** The numbers of the events that retransmit a segment, by connection: a repair may begin with any of them. */
const beginnings = oncePer((trace: Trace): ReadonlyMap<ConnectionId, readonly number[]> => {
  const all = new Map<ConnectionId, number[]>();
  for (const {n, connection, retransmission} of entriesOf(trace, 'send')) {
    if (!retransmission || connection === undefined) continue;
    const own = all.get(connection) ?? [];
    all.set(connection, own);
    own.push(n);
  }
  return all;
});

/** Tells whether the connection is still in the same repair. A loss that is found beyond the point of a recovery belongs to another one. */
const goesOn = (before: Connection, now: Connection | undefined): boolean => {
  const what = repairOf(before);
  if (now === undefined || repairOf(now) !== what) return false;
  return (
    what === 'loss' || (now.episode.point === before.episode.point && now.loss.point === before.loss.point)
  );
};

/** Returns the number of the last event of the instant in which the repair ends; undefined if it lasts to the end of the run. */
const endOf = (trace: Trace, host: string, begun: Connection, from: number): number | undefined => {
  for (const {n, host: where, instant} of entriesBetween(trace, from + 1)) {
    if (where !== host || (n < trace.length && trace.event(n + 1).instant === instant)) continue;
    if (!goesOn(begun, connectionAt(trace, n, {host, connection: begun.id}))) return n;
  }
  return undefined;
};

const madeFor = (trace: Trace, host: string, id: ConnectionId): readonly Recovery[] => {
  const all: Recovery[] = [];
  for (const n of beginnings(trace).get(id) ?? []) {
    const last = all.at(-1);
    const instant = instantOf(trace, n);
    const from = instant.at(-1)?.n ?? n;
    if (last && (last.to === undefined || from < last.to || from === last.from)) continue;
    const tcb = connectionAt(trace, from, {host, connection: id});
    const what = tcb && repairOf(tcb);
    if (!tcb || !what) continue;
    all.push({what, ...found(tcb, instant), from, to: endOf(trace, host, tcb, from)});
  }
  return all;
};

const known = oncePer((_trace: Trace) => new Map<ConnectionId, readonly Recovery[]>());

/** Returns all repairs of losses by one TCP sender, in order; none for captures, which don't show them. */
export const recoveriesOf = (trace: Trace, host: string, id: ConnectionId): readonly Recovery[] => {
  const made = known(trace).get(id) ?? madeFor(trace, host, id);
  known(trace).set(id, made);
  return made;
};

/** Tells whether an event sends a tail loss probe, which is new data or a retransmission (RFC 8985 §7.3). */
export const isLossProbe = ({because}: Pick<TraceEvent, 'because'>): boolean =>
  because?.startsWith('8985:7.3/probe/') ?? false;
