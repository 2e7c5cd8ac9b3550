// Indexes the events of a run by kind, so that code which needs one kind does not pass over all the others. A run is walked once.

import type {EventKind, EventOf, Trace, TraceEvent} from '../sim/trace.ts';
import type {World} from '../sim/world.ts';
import type {Connection} from '../stack/tcp/connection.ts';
import {bisect} from '../wire/growing-list.ts';
import {grownPer} from '../wire/once-per.ts';

type Index = Map<EventKind, number[]>;

/** Only the events' numbers are kept, because a capture makes its events when they are asked for. */
const indexOf = grownPer<Trace, Index>((trace, before) => {
  const {value: index, unchanged} = before ?? {value: new Map<EventKind, number[]>(), unchanged: 0};
  for (const own of index.values()) own.length = bisect(own.length, (at) => (own[at] ?? 0) > unchanged);
  for (const {kind, n} of trace.events(unchanged + 1)) {
    const own = index.get(kind);
    if (own) own.push(n);
    else index.set(kind, [n]);
  }
  return index;
});

const isOf = <Kind extends EventKind>(entry: TraceEvent, kind: Kind): entry is EventOf<Kind> =>
  entry.kind === kind;

/** Returns those of these events that have this kind. */
export const ofKind = <Kind extends EventKind>(entries: readonly EventOf[], kind: Kind): EventOf<Kind>[] =>
  entries.filter((entry) => isOf(entry, kind));

/** Yields all events of a run that have this kind, in order. */
export function* entriesOf<Kind extends EventKind>(trace: Trace, kind: Kind): Generator<EventOf<Kind>, void> {
  for (const n of indexOf(trace).get(kind) ?? []) {
    const entry = trace.event(n);
    if (isOf(entry, kind)) yield entry;
  }
}

/** Returns the event of a run with the number `n`, which is from 1 to `trace.length`. */
export const entryAt = (trace: Trace, n: number): EventOf => trace.event(n);

/** Returns all events of a run from number `from` to number `to`, both included. @default to the last */
export const entriesBetween = (trace: Trace, from: number, to = trace.length): IterableIterator<EventOf> =>
  trace.events(from, to);

/** Yields the events of a run from number `from` on, one list for each instant. */
export function* instantsFrom(trace: Trace, from = 1): Generator<readonly EventOf[], void> {
  let instant: EventOf[] = [];
  for (const entry of trace.events(from)) {
    if (instant[0] && instant[0].instant !== entry.instant) {
      yield instant;
      instant = [];
    }
    instant.push(entry);
  }
  if (instant.length > 0) yield instant;
}

/** Returns event `n` with the adjacent events that have the same value of `key`; none if there is no such event. */
const alikeAround = (trace: Trace, n: number, key: 'instant' | 'atUs'): EventOf[] => {
  if (n < 1 || n > trace.length) return [];
  const middle = trace.event(n);
  let [first, last] = [n, n];
  while (first > 1 && trace.event(first - 1)[key] === middle[key]) first -= 1;
  while (last < trace.length && trace.event(last + 1)[key] === middle[key]) last += 1;
  return [...trace.events(first, last)];
};

/** Returns the events of the instant to which event `n` belongs. */
export const instantOf = (trace: Trace, n: number): EventOf[] => alikeAround(trace, n, 'instant');

/** Returns the events with the same time as event `n`; several instants may have the same time. */
export const sameTimeAs = (trace: Trace, n: number): EventOf[] => alikeAround(trace, n, 'atUs');

/** Returns every host's state after event `n`, where 0 is before the first; undefined for captures, which have none. */
export const worldAt = (trace: Trace, n: number): World | undefined => trace.stateAt(n);

/**
 * Returns a host's TCP connection after event `n`; undefined if the host has none of that name then, or in a capture, which shows no
 * states.
 */
export const connectionAt = (
  trace: Trace,
  n: number,
  {host, connection = ''}: {readonly host: string; readonly connection?: string | undefined},
): Connection | undefined => worldAt(trace, n)?.hosts[host]?.tcp.connections.get(connection);
