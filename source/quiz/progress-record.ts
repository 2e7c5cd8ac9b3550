// What is kept of a learner: answers, ticks of an interview, lessons that were gone through, and what was put off. Everything else is
// worked out from these.

export const confidences = ['sure', 'think', 'guess'] as const;

export type Confidence = (typeof confidences)[number];

/** Where a question was asked. */
export type AskedIn = 'lesson' | 'check' | 'practice' | 'exam' | 'review';

type Common = {
  /** The same wherever the record goes: what is merged is told apart by it. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly atMs: number;
  /** Of a lesson that is none of ours: where it was. Absolute; it may be gone, and on another computer it is. */
  readonly file?: string | undefined;
};

export type Answer = Common & {
  readonly kind: 'answer';
  readonly question: string;
  /** Hash of the question as it was read, numbers included: the same text is not asked again for a while. */
  readonly text: string;
  readonly lesson: string;
  /** The kind of the question; `prediction` and `concept` are those of lessons. */
  readonly asks: string;
  readonly topic: string;
  /** Lesson and kind: what review keeps of it besides beliefs. */
  readonly skill: string;
  /** Misconceptions that a choice or a wrong answer stands for. */
  readonly touches: readonly string[];
  /** How many wrong answers it offers; 0: any value could be given. */
  readonly wrongWays: number;
  /** As the learner gave it; absent: the question was left unanswered. */
  readonly given?: string | undefined;
  readonly right: boolean;
  /** The misconceptions that this answer stands for. */
  readonly means: readonly string[];
  /** What was given at the second try, and whether that was right. Diagnosis and reviews go by the first one alone. */
  readonly again?: string | undefined;
  readonly mended?: boolean | undefined;
  readonly hints: number;
  readonly confidence?: Confidence | undefined;
  readonly askedIn: AskedIn;
};

export type Finished = Common & {readonly kind: 'finished'; readonly lesson: string};

/** A card that is not to be asked for again on the day of the record. It says nothing of what is known. */
export type Later = Common & {
  readonly kind: 'later';
  readonly card: 'belief' | 'skill';
  readonly name: string;
  readonly lesson: string;
};

/** What of an open question was ticked after it had been answered aloud. */
export type Ticks = Common & {
  readonly kind: 'ticks';
  readonly question: string;
  readonly topic: string;
  /** That proves the first point that a run proves. */
  readonly lesson: string;
  readonly ticked: readonly string[];
  readonly missed: readonly string[];
};

export type ProgressRecord = Answer | Finished | Later | Ticks;

type Fresh<T> = T extends ProgressRecord ? Omit<T, 'id' | 'atMs'> : never;

/** Before it has been given its id and its time. */
export type FreshRecord = Fresh<ProgressRecord>;

type Aged = Pick<ProgressRecord, 'id' | 'atMs'>;

const byAge = (a: Aged, b: Aged): number => a.atMs - b.atMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

export const isBefore = (a: Aged, b: Aged): boolean => byAge(a, b) < 0;

/** The union by id, oldest first. */
export const mergeRecords = (...lists: readonly (readonly ProgressRecord[])[]): readonly ProgressRecord[] =>
  [...new Map(lists.flat().map((record) => [record.id, record])).values()].sort(byAge);
