// Changes of state as every frame asks for them, sorted once: a long run has too many to pass over each time.
import {at, bisect, type Pacing, type StateChange} from './pace.ts';

type Sorted = {
  readonly byHost: ReadonlyMap<string, readonly StateChange[]>;
  /** How many rows of their own they take in the ladder of the whole run. */
  readonly quiet: number;
};

const known = new WeakMap<Pacing, Sorted>();

const sorted = (pacing: Pacing): Sorted => {
  const before = known.get(pacing);
  if (before) return before;
  const byHost = new Map<string, StateChange[]>();
  let quiet = 0;
  for (const change of pacing.changes) {
    const own = byHost.get(change.host) ?? [];
    byHost.set(change.host, own);
    own.push(change);
    if (change.quiet && at(pacing.sent, change.moment) > 0) quiet++;
  }
  const made = {byHost, quiet};
  known.set(pacing, made);
  return made;
};

export const quietCount = (pacing: Pacing): number => sorted(pacing).quiet;

/** The last change of a host before event `n` that can be seen at `moment`. */
export const lastChange = (
  pacing: Pacing,
  host: string,
  limit: {readonly n: number; readonly moment: number},
): StateChange | undefined => {
  const own = sorted(pacing).byHost.get(host) ?? [];
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
