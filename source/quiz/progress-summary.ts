// What all that is told of a learner is worked out from: the records summed up one after the other, so that a long history costs no more
// to look at than a short one.
import {hash32} from '../lesson/hash.ts';
import {addSign, type KeptSign} from './diagnosis.ts';
import {addToLesson, type LessonSum} from './lesson-standing.ts';
import type {Answer, ProgressRecord} from './progress-record.ts';
import {isBefore} from './progress-record.ts';
import {dayMs} from './rested.ts';
import {emptySchedule, keyOf, review, reviewTicks, type Schedule} from './schedule.ts';

/** `offsetMs`: what the learner's clock shows more than UTC. */
export type Here = {readonly nowMs: number; readonly offsetMs: number};

export const dayOf = (atMs: number, {offsetMs}: Pick<Here, 'offsetMs'>): number =>
  Math.floor((atMs + offsetMs) / dayMs);

/** 47 bits: of a million ids two are alike once in three hundred times. */
const markLength = 10;
const markOf = (id: string): string =>
  `${hash32(id).toString(36).padStart(7, '0')}${hash32(`again ${id}`).toString(36).slice(-3).padStart(3, '0')}`;

/** A few letters for each id, one behind the other: enough to notice a record that comes twice. */
export class Marks {
  #text: string;
  /** Made when it is first asked: most starts add nothing. */
  #known: Set<string> | undefined;

  constructor(text = '') {
    this.#text = text;
  }

  /** False: it may have been there before. */
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

/** It is changed by each record that is added. */
export type Summary = {
  /** Days are those of a learner whose clock shows so much more than UTC. */
  readonly offsetMs: number;
  count: number;
  sinceMs: number | undefined;
  newest: Pick<ProgressRecord, 'id' | 'atMs'> | undefined;
  readonly marks: Marks;
  answers: number;
  right: number;
  /** Right answers in a row, up to the last one. */
  streak: number;
  /** By day, since 1970 where the learner is: how many answers. */
  readonly days: Map<number, number>;
  readonly lessons: Map<string, LessonSum>;
  /** Where lessons of packs lay when they were last met; undefined: the lesson is ours. */
  readonly files: Map<string, string | undefined>;
  /** The last answers that could have shown a belief. */
  readonly signs: Map<string, KeptSign[]>;
  readonly quiz: Schedule;
  /** Apart, because few open questions ever have all their points: of what the quiz recalls they say nothing. */
  readonly interview: Schedule;
  /** By card, when it was last put off. */
  readonly laters: Map<string, number>;
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
  summary.files.set(lesson, file);
  addToLesson(summary.lessons, record);
  if (record.kind === 'answer') addAnswer(summary, record);
  if (record.kind === 'ticks') reviewTicks(summary.interview, record);
  if (record.kind === 'later') summary.laters.set(keyOf({kind: record.card, name: record.name}), atMs);
};

/** False, and nothing is added: it is no newer than the others, or may be among them. Then all have to be summed up anew, in order. */
export const addRecord = (summary: Summary, record: ProgressRecord): boolean => {
  const {newest, marks} = summary;
  if (newest && !isBefore(newest, record)) return false;
  if (!marks.add(record.id)) return false;
  add(summary, record);
  return true;
};

/** Of records that are merged: oldest first, each once. */
export const summaryOf = (records: readonly ProgressRecord[], offsetMs: number): Summary => {
  const summary = emptySummary(offsetMs);
  for (const record of records) {
    summary.marks.add(record.id);
    add(summary, record);
  }
  return summary;
};
