// Viewing time: how long the player takes to show what happens in microseconds or minutes, and functions to look things up in it.

import type {ConnectionId} from '../../stack/tcp/effect.ts';
import type {TcpState} from '../../stack/tcp/states.ts';
import {listenerOf} from '../../wire/connection-id.ts';
import {bisect, type SharedList} from '../../wire/growing-list.ts';
import {type Before, type Growth, grownPer} from '../../wire/once-per.ts';

/** Idle time that the player skips; the ladder shows it in one row. */
export type Gap = {
  readonly fromUs: number;
  readonly toUs: number;
  /** The number of the moment after which the skipped idle time lies. */
  readonly moment: number;
};

/** The kinds of marks on the timeline: a change of state, a loss, a retransmission. */
export type MarkKind = 'state' | 'lost' | 'again';

/** A change of a host's TCP state; `quiet`: a call or a timer caused it, and no packet was sent or arrived. */
export type StateChange = {
  readonly host: string;
  readonly connection: string;
  readonly state: TcpState;
  readonly event: number;
  readonly moment: number;
  readonly quiet: boolean;
};

/**
 * How a run is laid out in viewing time, in ms from its opening. Moment 0 is before anything happens; each later moment is a place at which
 * something becomes visible: an instant, or its consequences a little after it.
 */
export type Pacing = {
  /** The growth of a capture that is still being read; undefined for other runs. */
  readonly growth?: Growth;
  readonly durationMs: number;
  readonly moments: number;
  /** The place of each moment in viewing time in ms (strictly increasing), and its place in simulated time in µs. */
  readonly viewMs: SharedList<number>;
  readonly atUs: SharedList<number>;
  /**
   * The place of each moment on the timeline's scale in ms, which is viewing time without the lead before the first packet and without
   * waits between events of the same time.
   */
  readonly scaleMs: SharedList<number>;
  /** The number of the last visible event at each moment, and the number of the packet up to which all packets have been sent. */
  readonly event: SharedList<number>;
  readonly sent: SharedList<number>;
  /** At each moment: the viewing time in ms that a packet in flight takes for its whole way; 0 if no packet is in flight. */
  readonly flightMs: SharedList<number>;
  /**
   * The moments, increasing, at which a step of the player may end, because no packet has just been sent. The run's last moment is not
   * among them.
   */
  readonly stops: SharedList<number>;
  readonly gaps: SharedList<Gap>;
  /** The moments, increasing, at which marks of each kind appear on the timeline. */
  readonly marks: Readonly<Record<MarkKind, SharedList<number>>>;
  /** The changes of TCP state in the order of events. */
  readonly changes: SharedList<StateChange>;
};

/** Returns the item at an index that is known to be inside the list. */
export const at = (list: Pick<SharedList<number>, 'at'>, index: number): number => list.at(index) ?? 0;

/** Returns the number of the last moment at or before the place `viewMs`. */
export const momentAt = (pacing: Pacing, viewMs: number): number =>
  Math.max(0, bisect(pacing.moments, (index) => at(pacing.viewMs, index) > viewMs) - 1);

/** Returns the number of the moment at which event `n` becomes visible in the player. */
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

/** Returns a run's layout in viewing time only up to the moment at which event `n` becomes visible. */
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

/** Returns the simulated time in µs at a place in viewing time; skipped idle time passes in ten steps. */
export const usAt = (pacing: Pacing, viewMs: number): number => {
  const moment = momentAt(pacing, viewMs);
  const part = share(pacing, moment, viewMs);
  return between(
    pacing.atUs,
    moment,
    gapAfter(pacing, moment) ? Math.floor(part * gapSteps) / gapSteps : part,
  );
};

/**
 * Returns the first place in viewing time at which a quantity that increases from moment to moment, such as simulated time, has reached a
 * value.
 */
const placeOn = (pacing: Pacing, scale: SharedList<number>, wanted: number): number => {
  const after = bisect(pacing.moments, (index) => at(scale, index) >= wanted);
  if (after === 0) return 0;
  if (after >= pacing.moments) return pacing.durationMs;
  const [from, to] = [at(scale, after - 1), at(scale, after)];
  return between(pacing.viewMs, after - 1, (wanted - from) / (to - from));
};

/** Returns the first place in viewing time that shows the simulated time `us`. */
export const msAt = (pacing: Pacing, us: number): number => placeOn(pacing, pacing.atUs, us);

/** Returns where on the timeline a place in viewing time is, as a share from 0 to 1. */
export const timelineShare = (pacing: Pacing, viewMs: number): number => {
  const whole = at(pacing.scaleMs, pacing.moments - 1);
  const moment = momentAt(pacing, viewMs);
  return whole === 0 ? 0 : between(pacing.scaleMs, moment, share(pacing, moment, viewMs)) / whole;
};

/** Returns the place in viewing time at a share of the timeline, such as 0.5 for the middle. */
export const msAtShare = (pacing: Pacing, part: number): number =>
  placeOn(pacing, pacing.scaleMs, part * at(pacing.scaleMs, pacing.moments - 1));

/** An index of a run's changes of TCP state by host and connection, made once because every frame of the player needs it. */
type Sorted = {
  /** The changes of TCP state that are in the index so far. */
  readonly changes: StateChange[];
  /** The changes of TCP state of each host, and of each connection of a host. */
  readonly byHost: Map<string, Kept>;
  /** At index n: how many of the first n changes of TCP state have a row of their own in the ladder, because no packet caused them. */
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

/** Returns the index of a run's changes of TCP state. While a capture is being read, the part of the index that still applies is kept. */
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

/**
 * Returns the last change of TCP state of a host, or of one of its connections, that is before event `n` and visible at `moment`; undefined
 * if there is none.
 */
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
 * Returns the last change of TCP state of a connection on a host: before the connection exists, that of its listener; after a crash, which
 * closes all connections, the crash; undefined if there is none.
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

/** Returns the newest changes of TCP state that are visible at `moment`, at most `most`, in the order of events. */
export const newestChanges = ({changes}: Pacing, moment: number, most: number): readonly StateChange[] => {
  const end = bisect(changes.length, (index) => (changes.at(index)?.moment ?? 0) > moment);
  return changes.slice(Math.max(0, end - most), end);
};

/** Returns the changes of TCP state of one connection on a host, in the order of events. */
export const changesOf = (pacing: Pacing, host: string, connection: string): readonly StateChange[] =>
  changesIn(pacing, host, connection);

/** Tells whether any TCP state of a host changes in the whole run. */
export const hasChanges = (pacing: Pacing, host: string): boolean => changesIn(pacing, host).length > 0;
