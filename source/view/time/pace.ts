// Viewing time: how long the eye gets for what takes microseconds or minutes. Looking things up in it.

import type {ConnectionId} from '../../stack/tcp/effect.ts';
import type {TcpState} from '../../stack/tcp/states.ts';
import {listenerOf} from '../../wire/connection-id.ts';
import {bisect, type SharedList} from '../../wire/growing-list.ts';
import {type Before, type Growth, grownPer} from '../../wire/once-per.ts';

/** Idle time that is skipped: one row of the ladder. */
export type Gap = {
  readonly fromUs: number;
  readonly toUs: number;
  /** The moment after which it lies. */
  readonly moment: number;
};

/** What is of note on the timeline. */
export type MarkKind = 'state' | 'lost' | 'again';

/** A change of state; `quiet`: by a call or a timer alone, no packet left or landed. */
export type StateChange = {
  readonly host: string;
  readonly connection: string;
  readonly state: TcpState;
  readonly event: number;
  readonly moment: number;
  readonly quiet: boolean;
};

/**
 * One run laid out in viewing time, in ms from its opening. Moment 0 is before anything happened; each later one is a place
 * where something becomes visible: an instant, or its consequences 250 ms after what caused them.
 */
export type Pacing = {
  /** Of a capture in the making. */
  readonly growth?: Growth;
  readonly durationMs: number;
  readonly moments: number;
  /** By moment: where it stands in viewing time (rising strictly), in simulated time, and on the timeline's scale. */
  readonly viewMs: SharedList<number>;
  readonly atUs: SharedList<number>;
  /** Viewing time without lead and holds: the scale of the timeline. */
  readonly scaleMs: SharedList<number>;
  /** By moment: the last event that is visible, and the last packet that has left as all before it have. */
  readonly event: SharedList<number>;
  readonly sent: SharedList<number>;
  /** By moment: what a flight in the air after it takes in all, in ms; 0: nothing flies. */
  readonly flightMs: SharedList<number>;
  /** Moments at rest, rising: where steps end; so does the last moment of all. */
  readonly stops: SharedList<number>;
  readonly gaps: SharedList<Gap>;
  /** The moments where each becomes visible, rising. */
  readonly marks: Readonly<Record<MarkKind, SharedList<number>>>;
  /** In the order of events. */
  readonly changes: SharedList<StateChange>;
};

/** What stands there, where the index is known to be inside. */
export const at = (list: Pick<SharedList<number>, 'at'>, index: number): number => list.at(index) ?? 0;

/** The last moment at or before `viewMs`. */
export const momentAt = (pacing: Pacing, viewMs: number): number =>
  Math.max(0, bisect(pacing.moments, (index) => at(pacing.viewMs, index) > viewMs) - 1);

/** The moment at which event `n` becomes visible. */
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

/** The same as far as event `n` is visible, and nothing of what comes then. */
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

/** Simulated time at a place in viewing time; a gap goes by in ten steps. */
export const usAt = (pacing: Pacing, viewMs: number): number => {
  const moment = momentAt(pacing, viewMs);
  const part = share(pacing, moment, viewMs);
  return between(
    pacing.atUs,
    moment,
    gapAfter(pacing, moment) ? Math.floor(part * gapSteps) / gapSteps : part,
  );
};

/** The first place in viewing time where a scale, which rises with the moments, has come so far. */
const placeOn = (pacing: Pacing, scale: SharedList<number>, wanted: number): number => {
  const after = bisect(pacing.moments, (index) => at(scale, index) >= wanted);
  if (after === 0) return 0;
  if (after >= pacing.moments) return pacing.durationMs;
  const [from, to] = [at(scale, after - 1), at(scale, after)];
  return between(pacing.viewMs, after - 1, (wanted - from) / (to - from));
};

/** The first place in viewing time that shows the simulated time `us`. */
export const msAt = (pacing: Pacing, us: number): number => placeOn(pacing, pacing.atUs, us);

/** 0 … 1 along the timeline. */
export const timelineShare = (pacing: Pacing, viewMs: number): number => {
  const whole = at(pacing.scaleMs, pacing.moments - 1);
  const moment = momentAt(pacing, viewMs);
  return whole === 0 ? 0 : between(pacing.scaleMs, moment, share(pacing, moment, viewMs)) / whole;
};

/** The place in viewing time that is so far along the timeline. */
export const msAtShare = (pacing: Pacing, part: number): number =>
  placeOn(pacing, pacing.scaleMs, part * at(pacing.scaleMs, pacing.moments - 1));

/** Changes of state as every frame asks for them, sorted once: a long run has too many to pass over each time. */
type Sorted = {
  /** Those that are sorted. */
  readonly changes: StateChange[];
  /** By host, and by connection of each. */
  readonly byHost: Map<string, Kept>;
  /** By how many of these there are: how many rows of their own they take in the ladder of the run. */
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

/** Of a capture in the making those that are the same as before stay where they are. */
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

/** The last change of a host, or of one of its connections, before event `n` that can be seen at `moment`. */
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
 * The same of one connection, as its host is in: before that has a record of its own, its listener answers for it; a crash takes all
 * records along.
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

/** The newest `most` changes that can be seen at `moment`. */
export const newestChanges = ({changes}: Pacing, moment: number, most: number): readonly StateChange[] => {
  const end = bisect(changes.length, (index) => (changes.at(index)?.moment ?? 0) > moment);
  return changes.slice(Math.max(0, end - most), end);
};

/** Of one connection of a host, in the order of events. */
export const changesOf = (pacing: Pacing, host: string, connection: string): readonly StateChange[] =>
  changesIn(pacing, host, connection);

/** Does a host change any state in the whole run? */
export const hasChanges = (pacing: Pacing, host: string): boolean => changesIn(pacing, host).length > 0;
