// Where a learner stands: which beliefs are mended, which are not, what is due, on how many days something was answered.
import {dayMs} from './candidate.ts';
import {diagnosis} from './diagnosis.ts';
import {type LessonStanding, lessonsOf} from './lesson-standing.ts';
import type {Answer, ProgressRecord} from './progress-record.ts';
import {dueCards, interviewCards, type ReviewCard, reviewCards} from './schedule.ts';

/** `weak`: the answers speak for the belief, the last one too. `shaky`: it may still be there. `known`: it has long not been shown. */
export type Level = 'weak' | 'shaky' | 'good' | 'known';

export type BeliefStanding = {
  readonly misconception: string;
  readonly level: Level;
  /** Oldest first: answered rightly, or by the belief. */
  readonly answers: readonly boolean[];
  readonly lastMs: number;
  readonly dueMs: number;
};

export type Standing = {
  readonly sinceMs: number | undefined;
  readonly answers: number;
  readonly right: number;
  readonly lessons: ReadonlyMap<string, LessonStanding>;
  /** The weakest first. */
  readonly beliefs: readonly BeliefStanding[];
  readonly due: readonly ReviewCard[];
  /** Not due yet, the soonest first. */
  readonly later: readonly ReviewCard[];
  /** Right answers in a row, up to now. */
  readonly streak: number;
  /** Days with an answer, up to today or yesterday without a gap. */
  readonly streakDays: number;
  /** By day, since 1970 where the learner is: how many answers. */
  readonly days: ReadonlyMap<number, number>;
};

/** `offsetMs`: what the learner's clock shows more than UTC. */
export type Here = {readonly nowMs: number; readonly offsetMs: number};

export const dayOf = (atMs: number, {offsetMs}: Pick<Here, 'offsetMs'>): number =>
  Math.floor((atMs + offsetMs) / dayMs);

/** A day since 1970 where the learner is, as an instant. */
const dayStart = (day: number, {offsetMs}: Pick<Here, 'offsetMs'>): number => day * dayMs - offsetMs;

const levels: readonly Level[] = ['weak', 'shaky', 'good', 'known'];

/** Right answers in a row: after the first few a belief is no worry, after the others it is mended. */
const enoughRight = 2;
const provenRight = 5;
/** Enough for a belief that was never shown. */
const neverShown = 4;

const levelOf = ({name, answers}: ReviewCard, told: ReadonlySet<string>): Level => {
  const right = (count: number): boolean => answers.slice(-count).every((each) => each);
  if (told.has(name)) return right(1) ? 'shaky' : 'weak';
  if (answers.length < enoughRight || !right(enoughRight)) return 'shaky';
  return answers.length >= neverShown && right(provenRight) ? 'known' : 'good';
};

const beliefsIn = (cards: readonly ReviewCard[], answers: readonly Answer[]): readonly BeliefStanding[] => {
  const told = new Set(diagnosis(answers).map(({misconception}) => misconception));
  const rank = ({level}: BeliefStanding): number => levels.indexOf(level);
  return cards
    .filter(({kind}) => kind === 'belief')
    .map((card) => {
      const {name, lastMs, dueMs} = card;
      return {misconception: name, level: levelOf(card, told), answers: card.answers, lastMs, dueMs};
    })
    .sort((a, b) => rank(a) - rank(b) || a.dueMs - b.dueMs || (a.misconception < b.misconception ? -1 : 1));
};

const streakIn = (days: ReadonlyMap<number, number>, today: number): number => {
  let day = days.has(today) ? today : today - 1;
  let length = 0;
  while (days.has(day)) [day, length] = [day - 1, length + 1];
  return length;
};

/** What was put off since it was last answered is not due before the next day. */
const putOff = (
  cards: readonly ReviewCard[],
  records: readonly ProgressRecord[],
  here: Here,
): readonly ReviewCard[] => {
  const laters = new Map(
    records.flatMap((record) =>
      record.kind === 'later' ? [[`${record.card} ${record.name}`, record.atMs] as const] : [],
    ),
  );
  return cards.map((card) => {
    const atMs = laters.get(`${card.kind} ${card.name}`);
    if (atMs === undefined || atMs < card.lastMs) return card;
    return {...card, dueMs: Math.max(card.dueMs, dayStart(dayOf(atMs, here) + 1, here))};
  });
};

const answersIn = (records: readonly ProgressRecord[]): readonly Answer[] =>
  records.flatMap((record) => (record.kind === 'answer' && record.given !== undefined ? [record] : []));

export const standingOf = (records: readonly ProgressRecord[], here: Here): Standing => {
  const answers = answersIn(records);
  const ticks = records.flatMap((record) => (record.kind === 'ticks' ? [record] : []));
  const cards = putOff([...reviewCards(answers), ...interviewCards(ticks)], records, here);
  const today = dayOf(here.nowMs, here);
  const due = dueCards(cards, dayStart(today + 1, here));
  const days = new Map<number, number>();
  for (const {atMs} of answers) days.set(dayOf(atMs, here), (days.get(dayOf(atMs, here)) ?? 0) + 1);
  return {
    sinceMs: records[0]?.atMs,
    answers: answers.length,
    right: answers.filter(({right}) => right).length,
    lessons: lessonsOf(records),
    beliefs: beliefsIn(cards, answers),
    due,
    later: cards.filter((card) => !due.includes(card)).sort((a, b) => a.dueMs - b.dueMs),
    streak: answers.length - 1 - answers.findLastIndex(({right}) => !right),
    streakDays: streakIn(days, today),
    days,
  };
};
