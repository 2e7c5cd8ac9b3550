// The page that lists the challenges, and its marked row: the challenge of the day, the challenges of each level and of packs, and those
// that are generated anew each time.
import type {Text} from '../../lesson/text.ts';
import {type Sort, sorts} from '../../lesson/tracks.ts';

/** The learner’s results in one challenge, as its row in the list shows them. */
type Done = {
  readonly solved: boolean;
  /**
   * The fewest moves with which the learner has solved a challenge; undefined if it is unsolved. `bestHints`: how many hints were read
   * before that solution.
   */
  readonly best?: number | undefined;
  readonly bestHints?: number | undefined;
  /** The number of the learner's runs of a challenge that ended unsolved. */
  readonly tries: number;
};

/** A challenge of the program or of a pack, as the list of challenges shows it. */
export type ChallengeEntry = Done & {
  readonly id: string;
  /** The name of the pack to which a challenge belongs; undefined for a challenge of the program itself. */
  readonly pack?: string | undefined;
  readonly title: Text;
  /** The goal of a challenge in one sentence; undefined if the narration of its lesson tells it. */
  readonly task?: Text | undefined;
  readonly sort: Sort;
  readonly level: 1 | 2 | 3;
  readonly par: number;
  /** The id of the lesson that teaches what a challenge needs; undefined if there is none. */
  readonly lesson: string | undefined;
};

/** A generated challenge that the learner has played. Its title would have to be generated, too, so its id stands for it. */
export type MadeEntry = Done & {readonly id: string; readonly sort: Sort};

export type ChallengeList = {
  readonly entries: readonly ChallengeEntry[];
  /** The challenge of the day, which is the same for everybody. */
  readonly today?: {
    /** The date (UTC) of the challenge of the day, such as `2026-11-30`. */
    readonly day: string;
    readonly id: string;
    readonly title: Text;
    readonly task?: Text | undefined;
    readonly sort: Sort;
    readonly solved: boolean;
    /** The number of days in a row on which the learner solved the challenge of the day. */
    readonly streak: number;
  };
  /** The generated challenges that the learner has played, last ones first. */
  readonly made: readonly MadeEntry[];
};

export type ChallengeRow =
  | {readonly kind: 'today'; readonly id: string; readonly today: NonNullable<ChallengeList['today']>}
  | {readonly kind: 'entry'; readonly id: string; readonly entry: ChallengeEntry}
  /** A row of the list that generates a new challenge of a sort each time it is opened; its id is the sort. */
  | {readonly kind: 'fresh'; readonly id: Sort; readonly sort: Sort}
  | {readonly kind: 'made'; readonly id: string; readonly entry: MadeEntry};

export type ChallengesState = {readonly list: ChallengeList; readonly marked: number};

const challengeLevels = [1, 2, 3] as const;

const packsIn = (entries: readonly ChallengeEntry[]): ReadonlySet<string> =>
  new Set(entries.flatMap(({pack}) => (pack === undefined ? [] : [pack])));

/** Returns the part of the list to which a challenge belongs: its pack, or its level among those of the program. */
export const partOf = ({pack, level}: ChallengeEntry): string | ChallengeEntry['level'] => pack ?? level;

/** Returns the rows of the list of challenges, from top to bottom; each of them can be marked. */
export const challengeRows = ({entries, today, made}: ChallengeList): readonly ChallengeRow[] => [
  ...(today ? [{kind: 'today', id: today.id, today} as const] : []),
  ...[undefined, ...packsIn(entries)].flatMap((pack) =>
    challengeLevels.flatMap((level) =>
      sorts.flatMap((sort) =>
        entries
          .filter((entry) => entry.pack === pack && entry.level === level && entry.sort === sort)
          .map((entry) => ({kind: 'entry', id: entry.id, entry}) as const),
      ),
    ),
  ),
  ...sorts.map((sort) => ({kind: 'fresh', id: sort, sort}) as const),
  ...made.map((entry) => ({kind: 'made', id: entry.id, entry}) as const),
];

export const markedChallenge = ({list, marked}: ChallengesState): ChallengeRow | undefined =>
  challengeRows(list)[marked];

export const solvedIn = (entries: readonly ChallengeEntry[]): number =>
  entries.filter(({solved}) => solved).length;

/**
 * Returns the level of challenges to go on with: the first level of which at most half is solved; undefined if there is none. Learners may
 * also choose other levels.
 */
export const levelAhead = ({entries}: ChallengeList): ChallengeEntry['level'] | undefined =>
  challengeLevels.find((level) => {
    const here = entries.filter((entry) => partOf(entry) === level);
    return here.length > 0 && solvedIn(here) * 2 <= here.length;
  });

/**
 * Returns the challenge to suggest next. After the challenge `after`, it is the next unsolved one of the same part or, if there is none, of
 * the whole list; otherwise the first unsolved one of the level to go on with, or of all.
 */
export const challengeAhead = (list: ChallengeList, after?: string): ChallengeEntry | undefined => {
  const level = levelAhead(list);
  const rows = challengeRows(list).flatMap((row) => (row.kind === 'entry' ? [row.entry] : []));
  const at = rows.findIndex(({id}) => id === after);
  const [here] = at < 0 ? [] : rows.slice(at);
  // The next unsolved challenge is searched below the one just solved, and then from the beginning of the list.
  const open = [...rows.slice(at + 1), ...rows.slice(0, Math.max(0, at))].filter(({solved}) => !solved);
  const part = here ? partOf(here) : level;
  return open.find((entry) => partOf(entry) === part) ?? open[0];
};

/** Returns the state of the page for a new list of challenges. The same row is marked as before, or else the challenge to go on with. */
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
