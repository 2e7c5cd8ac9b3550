// Changes of state as every frame asks for them, sorted once: a long run has too many to pass over each time.

import {bisect} from '../../account/entries.ts';
import {oncePer} from '../../wire/once-per.ts';
import {at, type Pacing, type StateChange} from './pace.ts';

type Sorted = {
  /** By host, and by host and connection. */
  readonly byPlace: ReadonlyMap<string, readonly StateChange[]>;
  /** How many rows of their own they take in the ladder of the whole run. */
  readonly quiet: number;
};

/** A host alone, or a connection of it. */
const placeOf = (host: string, connection: string | undefined): string =>
  connection === undefined ? host : `${host} ${connection}`;

const sorted = oncePer((pacing: Pacing): Sorted => {
  const byPlace = new Map<string, StateChange[]>();
  const keep = (place: string, change: StateChange): void => {
    const own = byPlace.get(place) ?? [];
    byPlace.set(place, own);
    own.push(change);
  };
  let quiet = 0;
  for (const change of pacing.changes) {
    keep(change.host, change);
    keep(placeOf(change.host, change.connection), change);
    if (change.quiet && at(pacing.sent, change.moment) > 0) quiet++;
  }
  return {byPlace, quiet};
});

export const quietCount = (pacing: Pacing): number => sorted(pacing).quiet;

/** The last change of a host, or of one of its connections, before event `n` that can be seen at `moment`. */
export const lastChange = (
  pacing: Pacing,
  host: string,
  limit: {readonly n: number; readonly moment: number; readonly connection?: string},
): StateChange | undefined => {
  const own = sorted(pacing).byPlace.get(placeOf(host, limit.connection)) ?? [];
  return own[
    bisect(own.length, (index) => {
      const change = own[index];
      return change !== undefined && (change.event >= limit.n || change.moment > limit.moment);
    }) - 1
  ];
};

/** The newest `most` changes that can be seen at `moment`. */
export const newestChanges = ({changes}: Pacing, moment: number, most: number): readonly StateChange[] => {
  const end = bisect(changes.length, (index) => (changes[index]?.moment ?? 0) > moment);
  return changes.slice(Math.max(0, end - most), end);
};

/** Of one connection of a host, in the order of events. */
export const changesOf = (pacing: Pacing, host: string, connection: string): readonly StateChange[] =>
  sorted(pacing).byPlace.get(placeOf(host, connection)) ?? [];

/** Does a host change any state in the whole run? */
export const hasChanges = (pacing: Pacing, host: string): boolean => sorted(pacing).byPlace.has(host);
