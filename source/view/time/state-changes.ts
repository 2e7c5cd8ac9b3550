// Changes of state as every frame asks for them, sorted once: a long run has too many to pass over each time.

import {bisect} from '../../account/entries.ts';
import {type Before, grownPer} from '../../wire/grown-per.ts';
import {at, type Pacing, type StateChange} from './pace.ts';

type Sorted = {
  /** Those that are sorted. */
  readonly changes: StateChange[];
  /** By host, and by connection of each. */
  readonly byHost: Map<string, Place>;
  /** By how many of these there are: how many rows of their own they take in the ladder of the run. */
  readonly quiet: number[];
};

type Place = {readonly all: StateChange[]; readonly byConnection: Map<string, StateChange[]>};

const placesOf = ({byHost}: Sorted, {host, connection}: StateChange): readonly StateChange[][] => {
  const place = byHost.get(host) ?? {all: [], byConnection: new Map<string, StateChange[]>()};
  byHost.set(host, place);
  const own = place.byConnection.get(connection) ?? [];
  place.byConnection.set(connection, own);
  return [place.all, own];
};

/** Of a capture in the making those that are the same as before stay where they are. */
const sorted = grownPer((pacing: Pacing, before: Before<Sorted> | undefined): Sorted => {
  const known: Sorted = before?.value ?? {changes: [], byHost: new Map(), quiet: [0]};
  const isQuiet = ({quiet, moment}: StateChange): number => (quiet && at(pacing.sent, moment) > 0 ? 1 : 0);
  const {changes} = known;
  const same = bisect(changes.length, (index) => changes[index] !== pacing.changes.at(index));
  for (const change of changes.splice(same).reverse())
    for (const place of placesOf(known, change)) place.pop();
  known.quiet.length = same + 1;
  for (const change of pacing.changes.slice(same)) {
    changes.push(change);
    for (const place of placesOf(known, change)) place.push(change);
    known.quiet.push((known.quiet.at(-1) ?? 0) + isQuiet(change));
  }
  return known;
});

const placeIn = (pacing: Pacing, host: string, connection?: string): readonly StateChange[] => {
  const place = sorted(pacing).byHost.get(host);
  return (connection === undefined ? place?.all : place?.byConnection.get(connection)) ?? [];
};

export const quietCount = (pacing: Pacing): number => sorted(pacing).quiet.at(-1) ?? 0;

/** The last change of a host, or of one of its connections, before event `n` that can be seen at `moment`. */
export const lastChange = (
  pacing: Pacing,
  host: string,
  limit: {readonly n: number; readonly moment: number; readonly connection?: string},
): StateChange | undefined => {
  const own = placeIn(pacing, host, limit.connection);
  return own[
    bisect(own.length, (index) => {
      const change = own[index];
      return change !== undefined && (change.event >= limit.n || change.moment > limit.moment);
    }) - 1
  ];
};

/** The newest `most` changes that can be seen at `moment`. */
export const newestChanges = ({changes}: Pacing, moment: number, most: number): readonly StateChange[] => {
  const end = bisect(changes.length, (index) => (changes.at(index)?.moment ?? 0) > moment);
  return changes.slice(Math.max(0, end - most), end);
};

/** Of one connection of a host, in the order of events. */
export const changesOf = (pacing: Pacing, host: string, connection: string): readonly StateChange[] =>
  placeIn(pacing, host, connection);

/** Does a host change any state in the whole run? */
export const hasChanges = (pacing: Pacing, host: string): boolean => placeIn(pacing, host).length > 0;
