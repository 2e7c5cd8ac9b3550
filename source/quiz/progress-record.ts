// The stored facts about a learner: answers, ticks of an interview, lessons that were gone through, cards that were put off, and runs of
// challenges. Everything else is computed from these.

export const confidences = ['sure', 'think', 'guess'] as const;

export type Confidence = (typeof confidences)[number];

/** The part of the program in which a quiz question was asked. */
export type AskedIn = 'lesson' | 'check' | 'practice' | 'exam' | 'review';

type Common = {
  /** An id that is the same wherever the record is copied, so that merged files contain it once. */
  readonly id: string;
  /** The time of the record in milliseconds since 1970. */
  readonly atMs: number;
  /** The absolute path of the lesson's file if the lesson is not built in; it may no longer exist, as on another computer. */
  readonly file?: string | undefined;
};

export type Answer = Common & {
  readonly kind: 'answer';
  readonly question: string;
  /** A key that is equal for questions that ask the same, so that they are not asked again for a while. */
  readonly text: string;
  readonly lesson: string;
  /** The kind of the question; `prediction` and `concept` are those that lessons ask themselves. */
  readonly asks: string;
  readonly topic: string;
  /** The lesson and kind of the question as a review card, besides the cards of its misconceptions. */
  readonly skill: string;
  /** The misconceptions that a choice or a known wrong answer of the question stands for. */
  readonly touches: readonly string[];
  /** How many different wrong answers the question offers; 0 if any value could be typed. */
  readonly wrongWays: number;
  /** The answer as the learner gave it; absent if the question was left unanswered. */
  readonly given?: string | undefined;
  readonly right: boolean;
  /** The misconceptions that the learner's answer shows. */
  readonly means: readonly string[];
  /**
   * The learner's answer at the second try, and whether it was right; absent if there was none. Diagnosis and reviews use the first answer
   * alone.
   */
  readonly again?: string | undefined;
  readonly mended?: boolean | undefined;
  readonly hints: number;
  readonly confidence?: Confidence | undefined;
  readonly askedIn: AskedIn;
};

export type Finished = Common & {readonly kind: 'finished'; readonly lesson: string};

/** The record of a review card that the learner put off for the day. It says nothing about knowledge. */
export type Later = Common & {
  readonly kind: 'later';
  readonly card: 'belief' | 'skill';
  readonly name: string;
  readonly lesson: string;
};

/** The record of an interview question that was answered aloud: the points that the learner ticked, and those missed. */
export type Ticks = Common & {
  readonly kind: 'ticks';
  readonly question: string;
  readonly topic: string;
  /** The id of the lesson whose run proves a point of the answer, the first that has one. */
  readonly lesson: string;
  readonly ticked: readonly string[];
  readonly missed: readonly string[];
};

/** The record of a finished try at a challenge: a run with moves of the learner, whether it solved the challenge or not. */
export type Tried = Common & {
  readonly kind: 'tried';
  readonly challenge: string;
  /** The id of the lesson on which the challenge is based. */
  readonly lesson: string;
  readonly solved: boolean;
  readonly moves: number;
  readonly hints: number;
  /** The kinds of questions, as `lesson/kind`, that review brings back while the challenge is unsolved. */
  readonly rests: readonly string[];
  /** The UTC date, such as `2026-11-30`, on which this was the challenge of the day; absent otherwise. */
  readonly day?: string | undefined;
};

export type ProgressRecord = Answer | Finished | Later | Ticks | Tried;

type Fresh<T> = T extends ProgressRecord ? Omit<T, 'id' | 'atMs'> : never;

/** A progress record before it gets its id and its time. */
export type FreshRecord = Fresh<ProgressRecord>;

type Aged = Pick<ProgressRecord, 'id' | 'atMs'>;

const byAge = (a: Aged, b: Aged): number => a.atMs - b.atMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

export const isBefore = (a: Aged, b: Aged): boolean => byAge(a, b) < 0;

/** Merges lists of progress records into one with each id once, oldest first. */
export const mergeRecords = (...lists: readonly (readonly ProgressRecord[])[]): readonly ProgressRecord[] =>
  [...new Map(lists.flat().map((record) => [record.id, record])).values()].sort(byAge);
