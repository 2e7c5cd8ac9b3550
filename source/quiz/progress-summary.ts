// Sums up records one after the other. Everything that the program tells about a learner comes from these sums, so a long history costs no
// more to show than a short one.
import {hash32} from '../lesson/hash.ts';
import {addToChallenge, type ChallengeSum} from './challenge-standing.ts';
import {addSign, type KeptSign} from './diagnosis.ts';
import {addToLesson, type LessonSum} from './lesson-standing.ts';
import type {Answer, ProgressRecord} from './progress-record.ts';
import {isBefore} from './progress-record.ts';
import {dayMs} from './rested.ts';
import {emptySchedule, keyOf, review, reviewTicks, type Schedule} from './schedule.ts';

/** The present time, and by how much the learner's clock is ahead of UTC (`offsetMs`), both in milliseconds. */
export type Here = {readonly nowMs: number; readonly offsetMs: number};

export const dayOf = (atMs: number, {offsetMs}: Pick<Here, 'offsetMs'>): number =>
  Math.floor((atMs + offsetMs) / dayMs);

/**
 * The number of characters of a record's mark, which holds 47 bits. Among a million ids, the chance that two have the same mark is one in
 * three hundred.
 */
const markLength = 10;
const markOf = (id: string): string =>
  `${hash32(id).toString(36).padStart(7, '0')}${hash32(`again ${id}`).toString(36).slice(-3).padStart(3, '0')}`;

/** A set of record ids, kept as a short mark for each in one text, which is enough to notice a record that is added twice. */
export class Marks {
  #text: string;
  /** The marks as a set, made when a record is first added, because most starts of the program add none. */
  #known: Set<string> | undefined;

  constructor(text = '') {
    this.#text = text;
  }

  /** Adds the id of a record. Returns false if it may have been added before. */
  add(id: string): boolean {
    const known = this.#known ?? this.#read();
    const mark = markOf(id);
    if (known.has(mark)) return false;
    known.add(mark);
    return true;
  }

  toString(): string {
    if (this.#known) this.#text = [...this.#known].join('');
    return this.#text;
  }

  #read(): Set<string> {
    const known = new Set<string>();
    for (let at = 0; at < this.#text.length; at += markLength)
      known.add(this.#text.slice(at, at + markLength));
    this.#known = known;
    return known;
  }
}

/** The sums of a learner's progress records. Adding a record changes the object. */
export type Summary = {
  /** How far the learner's clock is ahead of UTC, in milliseconds; `days` are counted by that clock. */
  readonly offsetMs: number;
  count: number;
  sinceMs: number | undefined;
  newest: Pick<ProgressRecord, 'id' | 'atMs'> | undefined;
  readonly marks: Marks;
  answers: number;
  right: number;
  /** The number of right answers in a row up to the latest answer; 0 if that was wrong. */
  streak: number;
  /** The number of answers by day; days are counted from 1970 in the learner's time zone. */
  readonly days: Map<number, number>;
  readonly lessons: Map<string, LessonSum>;
  /** The path of each lesson's file when it last occurred in a record; undefined for a built-in lesson. */
  readonly files: Map<string, string | undefined>;
  /** Maps each misconception to the latest answers to questions that touch it. */
  readonly signs: Map<string, KeptSign[]>;
  readonly quiz: Schedule;
  /** The schedule of the interview. It is separate because few open answers get all points, which says nothing about recall in the quiz. */
  readonly interview: Schedule;
  /** The time at which each review card was last put off, in milliseconds since 1970. */
  readonly laters: Map<string, number>;
  readonly challenges: Map<string, ChallengeSum>;
  /** The days on which the challenge of the day was solved, counted from 1970 by UTC. */
  readonly daily: Set<number>;
};

export const emptySummary = (offsetMs: number): Summary => ({
  offsetMs,
  count: 0,
  sinceMs: undefined,
  newest: undefined,
  marks: new Marks(),
  answers: 0,
  right: 0,
  streak: 0,
  days: new Map(),
  lessons: new Map(),
  files: new Map(),
  signs: new Map(),
  quiz: emptySchedule(),
  interview: emptySchedule(),
  laters: new Map(),
  challenges: new Map(),
  daily: new Set(),
});

const addAnswer = (summary: Summary, answer: Answer): void => {
  if (answer.given === undefined) return;
  const day = dayOf(answer.atMs, summary);
  summary.answers += 1;
  summary.right += Number(answer.right);
  summary.streak = answer.right ? summary.streak + 1 : 0;
  summary.days.set(day, (summary.days.get(day) ?? 0) + 1);
  addSign(summary.signs, answer);
  review(summary.quiz, answer);
};

const add = (summary: Summary, record: ProgressRecord): void => {
  const {id, atMs, lesson, file} = record;
  summary.count += 1;
  summary.sinceMs ??= atMs;
  summary.newest = {id, atMs};
  if (record.kind === 'tried') {
    addToChallenge(summary.challenges, summary.daily, record);
    return;
  }
  summary.files.set(lesson, file);
  addToLesson(summary.lessons, record);
  if (record.kind === 'answer') addAnswer(summary, record);
  if (record.kind === 'ticks') reviewTicks(summary.interview, record);
  if (record.kind === 'later') summary.laters.set(keyOf({kind: record.card, name: record.name}), atMs);
};

/**
 * Adds a record. Returns false and adds nothing if the record is not newer than all others or may be among them already. All records then
 * have to be summed up again, in order.
 */
export const addRecord = (summary: Summary, record: ProgressRecord): boolean => {
  const {newest, marks} = summary;
  if (newest && !isBefore(newest, record)) return false;
  if (!marks.add(record.id)) return false;
  add(summary, record);
  return true;
};

/** Sums up all records of a learner, which must be merged: oldest first, each once. */
export const summaryOf = (records: readonly ProgressRecord[], offsetMs: number): Summary => {
  const summary = emptySummary(offsetMs);
  for (const record of records) {
    summary.marks.add(record.id);
    add(summary, record);
  }
  return summary;
};
