// Viewing time: how long the eye gets for what takes microseconds or minutes, and functions to look things up in it.

import type {ConnectionId} from '../../stack/tcp/effect.ts';
import type {TcpState} from '../../stack/tcp/states.ts';
import {listenerOf} from '../../wire/connection-id.ts';
import {bisect, type SharedList} from '../../wire/growing-list.ts';
import {type Before, type Growth, grownPer} from '../../wire/once-per.ts';

/** Idle time that is skipped; the ladder shows it in one row. */
export type Gap = {
  readonly fromUs: number;
  readonly toUs: number;
  /** The moment after which the gap lies. */
  readonly moment: number;
};

/** The kinds of marks on the timeline. */
export type MarkKind = 'state' | 'lost' | 'again';

/** A change of state; `quiet` if a call or a timer caused it and no packet left or arrived. */
export type StateChange = {
  readonly host: string;
  readonly connection: string;
  readonly state: TcpState;
  readonly event: number;
  readonly moment: number;
  readonly quiet: boolean;
};

/**
 * The layout of a run in viewing time, in ms from its opening. Moment 0 is before anything happened; each later one is a place where
 * something becomes visible: an instant, or its consequences 250 ms after what caused them.
 */
export type Pacing = {
  /** The growth of a capture that is still being read. */
  readonly growth?: Growth;
  readonly durationMs: number;
  readonly moments: number;
  /** At each moment: its place in viewing time (strictly increasing), in simulated time, and on the timeline's scale. */
  readonly viewMs: SharedList<number>;
  readonly atUs: SharedList<number>;
  /** At each moment: viewing time without lead and holds, which is the scale of the timeline. */
  readonly scaleMs: SharedList<number>;
  /** At each moment: the last visible event, and the last packet up to which all packets have left. */
  readonly event: SharedList<number>;
  readonly sent: SharedList<number>;
  /** At each moment: the whole duration in ms of a flight that is in the air after it; 0 if nothing flies. */
  readonly flightMs: SharedList<number>;
  /** The moments at rest, increasing: a step ends at each of them, and at the last moment of all. */
  readonly stops: SharedList<number>;
  readonly gaps: SharedList<Gap>;
  /** The moments at which marks of each kind become visible, increasing. */
  readonly marks: Readonly<Record<MarkKind, SharedList<number>>>;
  /** The changes of state in the order of events. */
  readonly changes: SharedList<StateChange>;
};

/** Returns the item at an index that is known to be inside the list. */
export const at = (list: Pick<SharedList<number>, 'at'>, index: number): number => list.at(index) ?? 0;

/** Returns the last moment at or before `viewMs`. */
export const momentAt = (pacing: Pacing, viewMs: number): number =>
  Math.max(0, bisect(pacing.moments, (index) => at(pacing.viewMs, index) > viewMs) - 1);

/** Returns the moment at which event `n` becomes visible. */
export const momentOf = (pacing: Pacing, n: number): number =>
  Math.min(
    pacing.moments - 1,
    bisect(pacing.moments, (index) => at(pacing.event, index) >= n),
  );

export const viewOf = (pacing: Pacing, n: number): number => at(pacing.viewMs, momentOf(pacing, n));

type Placed = {readonly moment: number};

const momentIn = (each: number | Placed): number => (typeof each === 'number' ? each : each.moment);

const upTo = <T extends number | Placed>(list: SharedList<T>, last: number): SharedList<T> =>
  list.first(bisect(list.length, (index) => momentIn(list.at(index) ?? 0) > last));

/** Returns the layout up to the moment at which event `n` is visible, without anything that follows. */
export const pacingUntil = (pacing: Pacing, n: number): Pacing => {
  const last = momentOf(pacing, n);
  const {state, lost, again} = pacing.marks;
  return {
    ...pacing,
    durationMs: at(pacing.viewMs, last),
    moments: last + 1,
    stops: upTo(pacing.stops, last - 1),
    gaps: upTo(pacing.gaps, last - 1),
    marks: {
      state: upTo(state, last),
      lost: upTo(lost, last),
      again: upTo(again, last),
    },
    changes: upTo(pacing.changes, last),
  };
};

export const gapAfter = ({gaps}: Pacing, moment: number): Gap | undefined => {
  const gap = gaps.at(bisect(gaps.length, (index) => (gaps.at(index)?.moment ?? 0) >= moment));
  return gap?.moment === moment ? gap : undefined;
};

const gapSteps = 10;

const share = (pacing: Pacing, moment: number, viewMs: number): number => {
  const from = at(pacing.viewMs, moment);
  const to = moment + 1 < pacing.moments ? at(pacing.viewMs, moment + 1) : from;
  return to > from ? Math.min(1, Math.max(0, (viewMs - from) / (to - from))) : 0;
};

const between = (list: SharedList<number>, moment: number, part: number): number => {
  const from = at(list, moment);
  return from + ((list.at(moment + 1) ?? from) - from) * part;
};

/** Returns the simulated time at a place in viewing time; the time of a gap passes in ten steps. */
export const usAt = (pacing: Pacing, viewMs: number): number => {
  const moment = momentAt(pacing, viewMs);
  const part = share(pacing, moment, viewMs);
  return between(
    pacing.atUs,
    moment,
    gapAfter(pacing, moment) ? Math.floor(part * gapSteps) / gapSteps : part,
  );
};

/** Returns the first place in viewing time where a scale, which increases with the moments, has reached a value. */
const placeOn = (pacing: Pacing, scale: SharedList<number>, wanted: number): number => {
  const after = bisect(pacing.moments, (index) => at(scale, index) >= wanted);
  if (after === 0) return 0;
  if (after >= pacing.moments) return pacing.durationMs;
  const [from, to] = [at(scale, after - 1), at(scale, after)];
  return between(pacing.viewMs, after - 1, (wanted - from) / (to - from));
};

/** Returns the first place in viewing time that shows the simulated time `us`. */
export const msAt = (pacing: Pacing, us: number): number => placeOn(pacing, pacing.atUs, us);

/** Returns the share of the timeline that has passed, from 0 to 1. */
export const timelineShare = (pacing: Pacing, viewMs: number): number => {
  const whole = at(pacing.scaleMs, pacing.moments - 1);
  const moment = momentAt(pacing, viewMs);
  return whole === 0 ? 0 : between(pacing.scaleMs, moment, share(pacing, moment, viewMs)) / whole;
};

/** Returns the place in viewing time at a share of the timeline. */
export const msAtShare = (pacing: Pacing, part: number): number =>
  placeOn(pacing, pacing.scaleMs, part * at(pacing.scaleMs, pacing.moments - 1));

/** Changes of state, indexed once because every frame asks for them and a long run has too many to search each time. */
type Sorted = {
  /** The changes that are indexed so far. */
  readonly changes: StateChange[];
  /** The changes by host, and by connection of each host. */
  readonly byHost: Map<string, Kept>;
  /** At index n: how many rows of their own the first n changes take in the ladder of the run. */
  readonly quiet: number[];
};

type Kept = {readonly all: StateChange[]; readonly byConnection: Map<string, StateChange[]>};

const listsOf = ({byHost}: Sorted, {host, connection}: StateChange): readonly StateChange[][] => {
  const kept = byHost.get(host) ?? {all: [], byConnection: new Map<string, StateChange[]>()};
  byHost.set(host, kept);
  const own = kept.byConnection.get(connection) ?? [];
  kept.byConnection.set(connection, own);
  return [kept.all, own];
};

/** Returns the index of a layout. While a capture is being read, the part of the index that is still right is kept. */
const sorted = grownPer((pacing: Pacing, before: Before<Sorted> | undefined): Sorted => {
  const known: Sorted = before?.value ?? {changes: [], byHost: new Map(), quiet: [0]};
  const isQuiet = ({quiet, moment}: StateChange): number => (quiet && at(pacing.sent, moment) > 0 ? 1 : 0);
  const {changes} = known;
  const same = bisect(changes.length, (index) => changes[index] !== pacing.changes.at(index));
  for (const change of changes.splice(same).reverse()) for (const list of listsOf(known, change)) list.pop();
  known.quiet.length = same + 1;
  for (const change of pacing.changes.slice(same)) {
    changes.push(change);
    for (const list of listsOf(known, change)) list.push(change);
    known.quiet.push((known.quiet.at(-1) ?? 0) + isQuiet(change));
  }
  return known;
});

const changesIn = (pacing: Pacing, host: string, connection?: string): readonly StateChange[] => {
  const kept = sorted(pacing).byHost.get(host);
  return (connection === undefined ? kept?.all : kept?.byConnection.get(connection)) ?? [];
};

export const quietCount = (pacing: Pacing): number => sorted(pacing).quiet.at(-1) ?? 0;

/** Returns the last change of a host, or of one of its connections, before event `n` that is visible at `moment`. */
export const lastChange = (
  pacing: Pacing,
  host: string,
  limit: {readonly n: number; readonly moment: number; readonly connection?: string},
): StateChange | undefined => {
  const own = changesIn(pacing, host, limit.connection);
  return own[
    bisect(own.length, (index) => {
      const change = own[index];
      return change !== undefined && (change.event >= limit.n || change.moment > limit.moment);
    }) - 1
  ];
};

/**
 * Returns the last change of one connection, as its host sees it: before the connection exists, its listener stands for it, and a crash
 * deletes all connections.
 */
export const lastChangeFor = (
  pacing: Pacing,
  host: string,
  {connection, ...limit}: {readonly n: number; readonly moment: number; readonly connection: ConnectionId},
): StateChange | undefined => {
  const of = (own: string): StateChange | undefined => lastChange(pacing, host, {...limit, connection: own});
  const change = of(connection) ?? of(listenerOf(connection));
  const crash = of('');
  return crash && crash.event > (change?.event ?? 0) ? crash : change;
};

/** Returns the newest `most` changes that are visible at `moment`. */
export const newestChanges = ({changes}: Pacing, moment: number, most: number): readonly StateChange[] => {
  const end = bisect(changes.length, (index) => (changes.at(index)?.moment ?? 0) > moment);
  return changes.slice(Math.max(0, end - most), end);
};

/** Returns the changes of one connection of a host, in the order of events. */
export const changesOf = (pacing: Pacing, host: string, connection: string): readonly StateChange[] =>
  changesIn(pacing, host, connection);

/** Tells whether a host changes any state in the whole run. */
export const hasChanges = (pacing: Pacing, host: string): boolean => changesIn(pacing, host).length > 0;
