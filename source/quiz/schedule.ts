// When what was answered is asked again: FSRS (ts-fsrs) over the answers, oldest first. Nothing else is kept of a card, so that
// answers of two machines merge into one schedule.
import {type Card, createEmptyCard, type FSRS, fsrs, type Grade, Rating} from 'ts-fsrs';
import {hash32} from '../lesson/hash.ts';
import {type Candidate, dayMs, longestAgo, rested} from './candidate.ts';
import type {Answer, Ticks} from './progress-record.ts';

/** What is reviewed: a misconception, or a lesson's kind of question. */
export type CardName = {readonly kind: 'belief' | 'skill'; readonly name: string};

export type ReviewCard = CardName & {
  /** Of the last question about it. */
  readonly topic: string;
  readonly lesson: string;
  readonly dueMs: number;
  readonly lastMs: number;
  /** Oldest first: was it right? */
  readonly answers: readonly boolean[];
};

/** How many of the cards are to be right on the day they are due. Somewhat more than nine in ten: days are whole, and some are missed. */
const wantedRetention = 0.92;

/** The last reviews count, and some that went as wanted, so that the first few do not decide. */
const measured = 60;
const assumed = 10;

/** How far what FSRS is asked for moves against what was missed, and between which ends. */
const correction = 2;
const leastRetention = 0.8;
const mostRetention = 0.98;

/** What FSRS is asked for, so that this learner, whose memory is not the average one, gets what is wanted. */
const requestedFor = (recalled: readonly boolean[]): number => {
  const last = recalled.slice(-measured);
  const right = last.filter((each) => each).length;
  const observed = (right + assumed * wantedRetention) / (last.length + assumed);
  const requested = wantedRetention + correction * (wantedRetention - observed);
  return Math.min(mostRetention, Math.max(leastRetention, Math.round(requested * 100) / 100));
};

/** Without FSRS's own chance: the same answers give the same days. Steps within a day are the round's business, not the schedule's. */
const schedulerOf = (requested: number): FSRS =>
  fsrs({request_retention: requested, enable_fuzz: false, enable_short_term: false});

/** Hints that leave little to be known. */
const manyHints = 3;

export const gradeOf = ({
  right,
  hints,
  confidence,
}: Pick<Answer, 'right' | 'hints' | 'confidence'>): Grade => {
  if (!right || hints >= manyHints) return Rating.Again;
  if (hints > 0 || confidence === 'guess') return Rating.Hard;
  return confidence === 'sure' ? Rating.Easy : Rating.Good;
};

/** What the schedule goes by. */
type Reviewed = Pick<
  Answer,
  'atMs' | 'topic' | 'lesson' | 'skill' | 'touches' | 'means' | 'right' | 'hints' | 'confidence' | 'given'
>;

const interviewSkill = 'interview/';

/** The open question that a card asks for; undefined: the quiz asks. */
export const openQuestionOf = ({kind, name}: CardName): string | undefined =>
  kind === 'skill' && name.startsWith(interviewSkill) ? name.slice(interviewSkill.length) : undefined;

/** Known is what had all its points. */
const reviewedTicks = ({atMs, topic, lesson, question, missed}: Ticks): Reviewed => ({
  atMs,
  topic,
  lesson,
  skill: `${interviewSkill}${question}`,
  touches: [],
  means: [],
  right: missed.length === 0,
  hints: 0,
  given: '',
});

/** A wrong answer that stands for another belief says nothing about this one. */
const cardsOf = ({right, means, touches, skill}: Reviewed): readonly CardName[] => [
  {kind: 'skill', name: skill},
  ...(right ? touches : means).map((name) => ({kind: 'belief', name}) as const),
];

type Kept = {readonly shown: ReviewCard; readonly memory: Card};

export const keyOf = ({kind, name}: CardName): string => `${kind} ${name}`;

const elapsedDays = (card: ReviewCard, {atMs}: Reviewed): number => Math.floor((atMs - card.lastMs) / dayMs);

/** Every card that an answer has touched, by name. Questions left unanswered count for nothing. */
export const reviewCards = (answers: readonly Reviewed[]): readonly ReviewCard[] => {
  const cards = new Map<string, Kept>();
  const schedulers = new Map<number, FSRS>();
  const recalled: boolean[] = [];
  for (const answer of answers) {
    if (answer.given === undefined) continue;
    const {atMs, topic, lesson, right} = answer;
    const requested = requestedFor(recalled);
    const scheduler = schedulers.get(requested) ?? schedulerOf(requested);
    schedulers.set(requested, scheduler);
    for (const card of cardsOf(answer)) {
      const before = cards.get(keyOf(card));
      if (before && elapsedDays(before.shown, answer) > 0) recalled.push(right);
      const memory = scheduler.next(before?.memory ?? createEmptyCard(atMs), atMs, gradeOf(answer)).card;
      const shown: ReviewCard = {
        ...card,
        topic,
        lesson,
        dueMs: memory.due.getTime(),
        lastMs: atMs,
        answers: [...(before?.shown.answers ?? []), right],
      };
      cards.set(keyOf(card), {shown, memory});
    }
  }
  return [...cards.values()].map(({shown}) => shown);
};

/** Apart, because few open questions ever have all their points: of what the quiz recalls they say nothing. */
export const interviewCards = (ticks: readonly Ticks[]): readonly ReviewCard[] =>
  reviewCards(ticks.map(reviewedTicks));

/** The longest due first, but no topic twice in a row where another is due too. */
const interleaved = (cards: readonly ReviewCard[]): readonly ReviewCard[] => {
  const left = [...cards];
  const order: ReviewCard[] = [];
  while (left.length > 0) {
    const last = order.at(-1);
    const other = left.findIndex(({topic, lesson}) => topic !== last?.topic || lesson !== last.lesson);
    order.push(...left.splice(Math.max(0, other), 1));
  }
  return order;
};

/** `untilMs`: the end of the learner's day. */
export const dueCards = (cards: readonly ReviewCard[], untilMs: number): readonly ReviewCard[] =>
  interleaved(
    cards
      .filter(({dueMs}) => dueMs < untilMs)
      .sort((a, b) => a.dueMs - b.dueMs || (keyOf(a) < keyOf(b) ? -1 : 1)),
  );

export const asksFor = ({skill, touches}: Candidate, {kind, name}: CardName): boolean =>
  kind === 'skill' ? skill === name : touches.includes(name);

type Chance = {
  readonly nowMs: number;
  readonly draw: number;
  /** The pool holds all that can be asked: what has been read of late is asked again rather than nothing. */
  readonly isAll?: boolean;
};

/** For the first due card that the pool has a question for: the one that asks for most of the due. */
export const nextReview = <T extends Candidate>(
  pool: readonly T[],
  due: readonly ReviewCard[],
  answers: readonly Answer[],
  {nowMs, draw, isAll = false}: Chance,
): T | undefined => {
  const fresh = rested(pool, answers, nowMs);
  for (const card of due) {
    const order = fresh
      .filter((candidate) => asksFor(candidate, card))
      .map((candidate) => ({
        candidate,
        asked: due.filter((each) => asksFor(candidate, each)).length,
        lot: hash32(`${draw} ${candidate.id}`),
      }))
      .sort((a, b) => b.asked - a.asked || a.lot - b.lot);
    if (order[0]) return order[0].candidate;
    const again = isAll && longestAgo(pool, answers).find((candidate) => asksFor(candidate, card));
    if (again) return again;
  }
  return undefined;
};
