// The page that lists the challenges: that of the day, those of each level, and those that are made anew; and which row is marked.
import type {Text} from '../../lesson/text.ts';
import {type Sort, sorts} from '../../lesson/tracks.ts';

/** A challenge as the list shows it, with what the learner has done. */
export type ChallengeEntry = {
  readonly id: string;
  readonly title: Text;
  /** The goal in one sentence; undefined if a lesson's beats say it. */
  readonly task?: Text | undefined;
  readonly sort: Sort;
  readonly level: 1 | 2 | 3;
  readonly par: number;
  /** The id of the lesson behind it. */
  readonly lesson: string | undefined;
  readonly solved: boolean;
  /** The fewest moves of a solution; undefined while there is none. */
  readonly best?: number | undefined;
  /** The number of runs that ended unsolved. */
  readonly tries: number;
};

export type ChallengeList = {
  readonly entries: readonly ChallengeEntry[];
  /** The challenge of the day, which is the same for everybody. */
  readonly today?: {
    /** The date by UTC, such as `2026-11-30`. */
    readonly day: string;
    readonly id: string;
    readonly title: Text;
    readonly task?: Text | undefined;
    readonly sort: Sort;
    readonly solved: boolean;
    /** The number of days in a row on which that of the day was solved. */
    readonly streak: number;
  };
  /** The id of the next challenge that is made anew, for each sort that can be made. */
  readonly fresh: {readonly [sort in Sort]?: string};
};

export type ChallengeRow =
  | {readonly kind: 'today'; readonly id: string; readonly today: NonNullable<ChallengeList['today']>}
  | {readonly kind: 'entry'; readonly id: string; readonly entry: ChallengeEntry}
  | {readonly kind: 'fresh'; readonly id: string; readonly sort: Sort};

export type ChallengesState = {readonly list: ChallengeList; readonly marked: number};

const challengeLevels = [1, 2, 3] as const;

/** Returns the rows that can be marked, from top to bottom. */
export const challengeRows = ({entries, today, fresh}: ChallengeList): readonly ChallengeRow[] => [
  ...(today ? [{kind: 'today', id: today.id, today} as const] : []),
  ...challengeLevels.flatMap((level) =>
    sorts.flatMap((sort) =>
      entries
        .filter((entry) => entry.level === level && entry.sort === sort)
        .map((entry) => ({kind: 'entry', id: entry.id, entry}) as const),
    ),
  ),
  ...sorts.flatMap((sort) => {
    const id = fresh[sort];
    return id === undefined ? [] : [{kind: 'fresh', id, sort} as const];
  }),
];

export const markedChallenge = ({list, marked}: ChallengesState): ChallengeRow | undefined =>
  challengeRows(list)[marked];

export const solvedIn = (entries: readonly ChallengeEntry[]): number =>
  entries.filter(({solved}) => solved).length;

/** Returns the level to go on with: the first of which no more than half is solved; undefined if there is none. Nothing is locked. */
export const levelAhead = ({entries}: ChallengeList): ChallengeEntry['level'] | undefined =>
  challengeLevels.find((level) => {
    const here = entries.filter((entry) => entry.level === level);
    return here.length > 0 && solvedIn(here) * 2 <= here.length;
  });

/** Returns the challenge to go on with: the next unsolved one below `after` in the list; without it, the first unsolved one of that level, or of all. */
export const challengeAhead = (list: ChallengeList, after?: string): ChallengeEntry | undefined => {
  const level = levelAhead(list);
  const rows = challengeRows(list).flatMap((row) => (row.kind === 'entry' ? [row.entry] : []));
  const at = rows.findIndex(({id}) => id === after);
  // Whoever has solved one goes on below it; after the last one, the list begins again.
  if (at >= 0) return [...rows.slice(at + 1), ...rows.slice(0, at)].find(({solved}) => !solved);
  const open = rows.filter(({solved}) => !solved);
  return open.find((entry) => entry.level === level) ?? open[0];
};

/** Returns the page of a list as it is now: the same row is marked as before, or else the row to go on with. */
export const challengesState = (list: ChallengeList, before?: ChallengesState): ChallengesState => {
  const rows = challengeRows(list);
  const wanted = before ? markedChallenge(before) : undefined;
  const same = rows.findIndex(({kind, id}) => kind === wanted?.kind && id === wanted.id);
  if (same >= 0) return {list, marked: same};
  const ahead = challengeAhead(list);
  return {
    list,
    marked: Math.max(
      0,
      rows.findIndex(({kind, id}) => kind === 'entry' && id === ahead?.id),
    ),
  };
};
