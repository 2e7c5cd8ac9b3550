// Schedules the reviews of quiz cards: replays the learner's answers, oldest first, with FSRS (ts-fsrs). Nothing else is stored of a card,
// so that the answers of two machines merge into one schedule.
import {createEmptyCard, type FSRS, fsrs, type Grade, Rating, State} from 'ts-fsrs';
import {hash32} from '../lesson/hash.ts';
import type {Candidate} from './candidate.ts';
import type {Answer, Ticks} from './progress-record.ts';
import {dayMs, longestAgo, rested} from './rested.ts';

/** The name of a review card: the id of a misconception (`belief`), or a lesson and one kind of its questions (`skill`). */
export type CardName = {readonly kind: 'belief' | 'skill'; readonly name: string};

export type ReviewCard = CardName & {
  /** The topic of the last question that was answered for this review card. */
  readonly topic: string;
  readonly lesson: string;
  readonly dueMs: number;
  readonly lastMs: number;
  /** Tells for each answer that touched this review card whether it was right, oldest first. */
  readonly answers: readonly boolean[];
};

/**
 * The share of review cards that the learner shall know on the day they are due. It is more than 0.9, because due times are whole days, and
 * some days are missed.
 */
const wantedRetention = 0.92;

/**
 * The learner's retention is computed from this many last reviews, plus `assumed` reviews with the wanted result, so that the first few do
 * not decide.
 */
const measured = 60;
const assumed = 10;

/** How strongly the retention requested from FSRS moves against the observed error, and the least and most that may be requested. */
const correction = 2;
const leastRetention = 0.8;
const mostRetention = 0.98;

/** Returns the retention to request from FSRS, corrected by the observed one, so that this learner gets the wanted retention. */
const requestedFor = (recalled: readonly boolean[]): number => {
  const last = recalled.slice(-measured);
  const right = last.filter((each) => each).length;
  const observed = (right + assumed * wantedRetention) / (last.length + assumed);
  const requested = wantedRetention + correction * (wantedRetention - observed);
  return Math.min(mostRetention, Math.max(leastRetention, Math.round(requested * 100) / 100));
};

/**
 * Makes an FSRS scheduler without its random fuzz, so that the same answers give the same days, and without steps within a day, because a
 * quiz round asks again itself.
 */
const schedulerOf = (requested: number): FSRS =>
  fsrs({request_retention: requested, enable_fuzz: false, enable_short_term: false});

/** This many hints or more make a right answer count as not known for the review schedule. */
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

/** The fields of a quiz answer that the review schedule uses. */
type Reviewed = Pick<
  Answer,
  'atMs' | 'topic' | 'lesson' | 'skill' | 'touches' | 'means' | 'right' | 'hints' | 'confidence' | 'given'
>;

const interviewSkill = 'interview/';

/** Returns the id of the interview question that a review card asks for; undefined if the quiz asks for the card. */
export const openQuestionOf = ({kind, name}: CardName): string | undefined =>
  kind === 'skill' && name.startsWith(interviewSkill) ? name.slice(interviewSkill.length) : undefined;

/** Returns what a learner ticked in an interview question as an answer for the schedule; it is right only if no point was missed. */
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

/**
 * Returns the review cards that a quiz answer touches. A wrong answer touches only the beliefs that it shows, a right one all that its
 * question could show.
 */
const cardsOf = ({right, means, touches, skill}: Reviewed): readonly CardName[] => [
  {kind: 'skill', name: skill},
  ...(right ? touches : means).map((name) => ({kind: 'belief', name}) as const),
];

/**
 * The values that FSRS remembers of a review card between two reviews: stability, difficulty, and the time of the last review in ms since
 * 1970.
 */
type Memory = {readonly stability: number; readonly difficulty: number; readonly lastMs: number};

/** A review card with everything that the next answer needs to update it. */
export type KeptCard = CardName & {
  topic: string;
  lesson: string;
  answers: boolean[];
  memory: Memory;
  /** The last answer that touched the card, from which its due day is computed when it is needed; for earlier answers it never is. */
  last: {readonly before: Memory | null; readonly grade: Grade; readonly requested: number};
  /** The time at which the review card is due, in ms since 1970; 0 if it has not been computed yet. */
  dueMs: number;
};

/**
 * All review cards by key, in the order in which they were first touched. `recalled` says of the last reviews, a day or more after the one
 * before, which were answered correctly.
 */
export type Schedule = {readonly cards: Map<string, KeptCard>; readonly recalled: boolean[]};

export const emptySchedule = (): Schedule => ({cards: new Map(), recalled: []});

export const keyOf = ({kind, name}: CardName): string => `${kind} ${name}`;

/** FSRS schedulers by the retention that they request. The retention affects only the due day, not what FSRS remembers of an answer. */
const schedulers = new Map<number, FSRS>();
const schedulerFor = (requested: number): FSRS => {
  const scheduler = schedulers.get(requested) ?? schedulerOf(requested);
  schedulers.set(requested, scheduler);
  return scheduler;
};

/** Returns the number of days between two times (ms since 1970) by the calendar of UTC, as FSRS counts them. */
const daysBetween = (fromMs: number, toMs: number): number =>
  Math.floor(toMs / dayMs) - Math.floor(fromMs / dayMs);

/**
 * Returns what FSRS remembers of a card after an answer, without a due day. `FSRS.next` also makes cards and logs for all four grades,
 * which took four fifths of the time of a long history.
 */
const memoryAfter = (before: Memory | null, grade: Grade, atMs: number): Memory => {
  const days = before === null ? 0 : daysBetween(before.lastMs, atMs);
  const {stability, difficulty} = schedulerFor(wantedRetention).next_state(before, days, grade);
  return {stability, difficulty, lastMs: atMs};
};

/** Updates the review schedule with the learner's next quiz answer. A question that was left unanswered changes nothing. */
export const review = ({cards, recalled}: Schedule, answer: Reviewed): void => {
  if (answer.given === undefined) return;
  const {atMs, topic, lesson, right} = answer;
  const grade = gradeOf(answer);
  const requested = requestedFor(recalled);
  for (const card of cardsOf(answer)) {
    const key = keyOf(card);
    const known = cards.get(key);
    const before = known?.memory ?? null;
    if (before && atMs - before.lastMs >= dayMs) recalled.push(right);
    const memory = memoryAfter(before, grade, atMs);
    const last = {before, grade, requested};
    if (known === undefined) {
      cards.set(key, {...card, topic, lesson, answers: [right], memory, last, dueMs: 0});
      continue;
    }
    known.topic = topic;
    known.lesson = lesson;
    known.answers.push(right);
    known.memory = memory;
    known.last = last;
    known.dueMs = 0;
  }
  if (recalled.length > measured) recalled.splice(0, recalled.length - measured);
};

/** Updates the review schedule with the points that the learner ticked in an interview question. */
export const reviewTicks = (schedule: Schedule, ticks: Ticks): void => review(schedule, reviewedTicks(ticks));

/**
 * Returns the time at which a review card is due, in ms since 1970. FSRS has to compute all four grades, because it moves their due days
 * apart.
 */
const dueOf = ({memory, last: {before, grade, requested}}: KeptCard): number => {
  const card = createEmptyCard(before?.lastMs ?? memory.lastMs);
  const reviewed =
    before === null
      ? card
      : {
          ...card,
          stability: before.stability,
          difficulty: before.difficulty,
          state: State.Review,
          last_review: before.lastMs,
        };
  return schedulerFor(requested).next(reviewed, memory.lastMs, grade).card.due.getTime();
};

/** Returns all review cards of a schedule, and computes the due times that were missing. */
export const cardsIn = ({cards}: Schedule): readonly ReviewCard[] =>
  [...cards.values()].map((card) => {
    if (card.dueMs === 0) card.dueMs = dueOf(card);
    const {kind, name, topic, lesson, dueMs, memory, answers} = card;
    return {kind, name, topic, lesson, dueMs, lastMs: memory.lastMs, answers: [...answers]};
  });

/** Returns every review card that one of these answers touched, with its due time. */
export const reviewCards = (answers: readonly Reviewed[]): readonly ReviewCard[] => {
  const schedule = emptySchedule();
  for (const answer of answers) review(schedule, answer);
  return cardsIn(schedule);
};

/**
 * Returns the due review cards in the order in which they are asked: as given, but no topic of a lesson twice in a row while another one is
 * due, too.
 */
const interleaved = (cards: readonly ReviewCard[]): readonly ReviewCard[] => {
  const order: ReviewCard[] = [];
  const isAsLast = ({topic, lesson}: ReviewCard): boolean => {
    const last = order.at(-1);
    return topic === last?.topic && lesson === last.lesson;
  };
  // Cards that were passed over because the last one was of the same topic and lesson. All waiting ones share these, as does any card
  // passed over next.
  const passed: ReviewCard[] = [];
  let taken = 0;
  for (let next = 0; order.length < cards.length; ) {
    const [waiting, card] = [passed[taken], cards[next]];
    if (waiting !== undefined && (card === undefined || !isAsLast(waiting))) {
      order.push(waiting);
      taken += 1;
    } else if (card !== undefined) {
      (isAsLast(card) ? passed : order).push(card);
      next += 1;
    }
  }
  return order;
};

/** Returns the review cards that are due before `untilMs`, the end of the learner's day, in the order in which they are asked. */
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
  /** True if no more questions can be made for the due cards: then a question read lately is asked again rather than none. */
  readonly isAll?: boolean;
};

/**
 * Returns a question for the first due review card for which the pool has one not read lately, undefined if it has none. Of the card's
 * questions, the one that touches most due cards is taken.
 */
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
