// The stored facts about a learner: answers, ticks of an interview, lessons that were gone through, cards that were put off, and runs of
// challenges. Everything else is computed from these.

export const confidences = ['sure', 'think', 'guess'] as const;

export type Confidence = (typeof confidences)[number];

/** The place where a question was asked. */
export type AskedIn = 'lesson' | 'check' | 'practice' | 'exam' | 'review';

type Common = {
  /** Identifies the record wherever it is copied; merging relies on it. */
  readonly id: string;
  /** The time of the record in milliseconds since 1970. */
  readonly atMs: number;
  /** The absolute path of a lesson that is not built in. The file may be gone, and on another computer it is. */
  readonly file?: string | undefined;
};

export type Answer = Common & {
  readonly kind: 'answer';
  readonly question: string;
  /** A hash of the question as it was read, numbers included: the same text is not asked again for a while. */
  readonly text: string;
  readonly lesson: string;
  /** The kind of the question; `prediction` and `concept` are the lessons' own. */
  readonly asks: string;
  readonly topic: string;
  /** Lesson and kind, which review schedules besides beliefs. */
  readonly skill: string;
  /** Misconceptions that a choice or a wrong answer stands for. */
  readonly touches: readonly string[];
  /** How many wrong answers the question offers; 0 if any value could be given. */
  readonly wrongWays: number;
  /** The answer as the learner gave it; absent if the question was left unanswered. */
  readonly given?: string | undefined;
  readonly right: boolean;
  /** The misconceptions that this answer stands for. */
  readonly means: readonly string[];
  /** The answer at the second try, and whether it was right. Diagnosis and reviews use the first answer alone. */
  readonly again?: string | undefined;
  readonly mended?: boolean | undefined;
  readonly hints: number;
  readonly confidence?: Confidence | undefined;
  readonly askedIn: AskedIn;
};

export type Finished = Common & {readonly kind: 'finished'; readonly lesson: string};

/** A card that is not to be asked again on the day of the record. The record says nothing about knowledge. */
export type Later = Common & {
  readonly kind: 'later';
  readonly card: 'belief' | 'skill';
  readonly name: string;
  readonly lesson: string;
};

/** The points of an open question that the learner ticked after answering aloud. */
export type Ticks = Common & {
  readonly kind: 'ticks';
  readonly question: string;
  readonly topic: string;
  /** The lesson that proves the first point that has a run as proof. */
  readonly lesson: string;
  readonly ticked: readonly string[];
  readonly missed: readonly string[];
};

/** A run of a challenge with moves of the learner that has ended, whether it solved the challenge or not. */
export type Tried = Common & {
  readonly kind: 'tried';
  readonly challenge: string;
  /** The lesson behind the challenge. */
  readonly lesson: string;
  readonly solved: boolean;
  readonly moves: number;
  readonly hints: number;
  /** The kinds of questions, as `lesson/kind`, that review brings back while the challenge is not solved. */
  readonly rests: readonly string[];
  /** The date by UTC, such as `2026-11-30`, if it was the challenge of that day. */
  readonly day?: string | undefined;
};

export type ProgressRecord = Answer | Finished | Later | Ticks | Tried;

type Fresh<T> = T extends ProgressRecord ? Omit<T, 'id' | 'atMs'> : never;

/** A record that has not been given its id and its time. */
export type FreshRecord = Fresh<ProgressRecord>;

type Aged = Pick<ProgressRecord, 'id' | 'atMs'>;

const byAge = (a: Aged, b: Aged): number => a.atMs - b.atMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

export const isBefore = (a: Aged, b: Aged): boolean => byAge(a, b) < 0;

/** Returns the union of records by id, oldest first. */
export const mergeRecords = (...lists: readonly (readonly ProgressRecord[])[]): readonly ProgressRecord[] =>
  [...new Map(lists.flat().map((record) => [record.id, record])).values()].sort(byAge);
