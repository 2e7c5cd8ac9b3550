// Computes a learner's progress: which beliefs are corrected, which are not, which review cards are due, on how many days there were
// answers.

import {type ChallengeSum, dailyStreak, restedOn} from './challenge-standing.ts';
import {diagnosisIn} from './diagnosis.ts';
import {type LessonStanding, lessonsIn} from './lesson-standing.ts';
import type {ProgressRecord} from './progress-record.ts';
import {dayOf, type Here, type Summary, summaryOf} from './progress-summary.ts';
import {dayMs} from './rested.ts';
import {cardsIn, dueCards, keyOf, type ReviewCard} from './schedule.ts';

/**
 * How far a learner has overcome a belief. `weak`: the answers indicate the belief, including the last one. `shaky`: the learner may still
 * hold it. `good`: the last two answers were right. `known`: the last five were.
 */
export type Level = 'weak' | 'shaky' | 'good' | 'known';

export type BeliefStanding = {
  readonly misconception: string;
  readonly level: Level;
  /** Tells for each answer that counts for this belief whether it was right (true) or showed the belief (false), oldest first. */
  readonly answers: readonly boolean[];
  readonly lastMs: number;
  readonly dueMs: number;
};

export type Standing = {
  readonly sinceMs: number | undefined;
  readonly answers: number;
  readonly right: number;
  readonly lessons: ReadonlyMap<string, LessonStanding>;
  /** The beliefs that the learner's answers touched, weakest first. */
  readonly beliefs: readonly BeliefStanding[];
  readonly due: readonly ReviewCard[];
  /** The review cards that are not due by the end of the learner's day, soonest first. */
  readonly later: readonly ReviewCard[];
  /** The number of right answers in a row, up to the last one. */
  readonly streak: number;
  /** The number of days in a row with at least one answer, up to today or, if there is none yet today, yesterday. */
  readonly streakDays: number;
  /** The number of answers by day; days are counted from 1970 in the learner's time zone. */
  readonly days: ReadonlyMap<number, number>;
  readonly challenges: ReadonlyMap<string, ChallengeSum>;
  /** The number of days in a row on which the challenge of the day was solved, up to today or yesterday by UTC. */
  readonly dailyStreak: number;
  /** True if the learner has solved today's challenge of the day (by UTC). */
  readonly dailySolved: boolean;
};

/** Returns the time (ms since 1970) at which a day of the learner begins; days are counted from 1970 in the learner's time zone. */
const dayStart = (day: number, {offsetMs}: Pick<Here, 'offsetMs'>): number => day * dayMs - offsetMs;

const levels: readonly Level[] = ['weak', 'shaky', 'good', 'known'];

/** The number of last answers that must be right for a belief's level to be `good` (2), and for it to be `known` (5). */
const enoughRight = 2;
const provenRight = 5;
/** The fewest answers for a belief's level `known`: four are enough if all of them were right, because the belief has then never shown. */
const neverShown = 4;

const levelOf = ({name, answers}: ReviewCard, told: ReadonlySet<string>): Level => {
  const right = (count: number): boolean => answers.slice(-count).every((each) => each);
  if (told.has(name)) return right(1) ? 'shaky' : 'weak';
  if (answers.length < enoughRight || !right(enoughRight)) return 'shaky';
  return answers.length >= neverShown && right(provenRight) ? 'known' : 'good';
};

const beliefsIn = (cards: readonly ReviewCard[], {signs}: Summary): readonly BeliefStanding[] => {
  const told = new Set(diagnosisIn(signs).map(({misconception}) => misconception));
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

/** Returns the review cards; those that the learner put off since their last answer become due on the next day at the earliest. */
const putOff = (cards: readonly ReviewCard[], {laters}: Summary, here: Here): readonly ReviewCard[] =>
  cards.map((card) => {
    const atMs = laters.get(keyOf(card));
    if (atMs === undefined || atMs < card.lastMs) return card;
    return {...card, dueMs: Math.max(card.dueMs, dayStart(dayOf(atMs, here) + 1, here))};
  });

/**
 * Returns the review cards, with those made due that a failed challenge rests on, unless answered since. A card that was never asked is
 * added as new, so that its lesson is asked about.
 */
const broughtBack = (cards: readonly ReviewCard[], {challenges}: Summary): readonly ReviewCard[] => {
  const since = new Map<string, number>();
  for (const {name, sinceMs} of restedOn(challenges))
    since.set(name, Math.min(sinceMs, since.get(name) ?? sinceMs));
  if (since.size === 0) return cards;
  const known = cards.map((card) => {
    const failedMs = card.kind === 'skill' ? since.get(card.name) : undefined;
    if (card.kind === 'skill') since.delete(card.name);
    if (failedMs === undefined || card.lastMs > failedMs) return card;
    return {...card, dueMs: Math.min(card.dueMs, failedMs)};
  });
  const fresh = [...since].map(([name, dueMs]): ReviewCard => {
    const lesson = name.slice(0, name.indexOf('/'));
    return {kind: 'skill', name, topic: lesson, lesson, dueMs, lastMs: dueMs, answers: []};
  });
  return [...known, ...fresh];
};

export const standingIn = (summary: Summary, nowMs: number): Standing => {
  const {quiz, interview, sinceMs, answers, right, streak, days, offsetMs, challenges, daily} = summary;
  const here = {nowMs, offsetMs};
  const cards = putOff(broughtBack([...cardsIn(quiz), ...cardsIn(interview)], summary), summary, here);
  const today = dayOf(nowMs, here);
  const due = dueCards(cards, dayStart(today + 1, here));
  const soon = new Set(due);
  return {
    ...{sinceMs, answers, right, streak},
    lessons: lessonsIn(summary.lessons),
    beliefs: beliefsIn(cards, summary),
    due,
    later: cards.filter((card) => !soon.has(card)).sort((a, b) => a.dueMs - b.dueMs),
    streakDays: streakIn(days, today),
    days: new Map(days),
    challenges,
    dailyStreak: dailyStreak(daily, nowMs),
    dailySolved: daily.has(Math.floor(nowMs / dayMs)),
  };
};

export const standingOf = (records: readonly ProgressRecord[], {nowMs, offsetMs}: Here): Standing =>
  standingIn(summaryOf(records, offsetMs), nowMs);
