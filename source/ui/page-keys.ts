// The keys of the pages of review and progress, and what they do.
import {openQuestionOf} from '../quiz/schedule.ts';
import {type LearnerPage, markedRow, pageRows} from '../view/quiz/learner-page.ts';
import {beliefOf} from '../view/quiz/page-rows.ts';
import type {InterviewEffect} from './interview.ts';
import type {Action} from './key-entry.ts';
import type {QuizEffect, RoundWish} from './quiz-round.ts';

export type PageOutcome = {
  readonly page: LearnerPage;
  readonly effects: readonly (QuizEffect | InterviewEffect)[];
};

const moved = (page: LearnerPage, by: 1 | -1): LearnerPage => {
  const {length} = pageRows(page);
  return length === 0 ? page : {...page, row: (page.row + by + length) % length};
};

/** Returns the round that `enter` begins: a review of due cards, or practice of the marked misconception or lesson; undefined if none. */
const wishOf = (page: LearnerPage): RoundWish | undefined => {
  if (page.kind === 'review')
    return page.data.standing.due.some((card) => openQuestionOf(card) === undefined) ? 'review' : undefined;
  const row = markedRow(page);
  if (row?.kind === 'belief') return {belief: row.id};
  return row?.kind === 'lesson' ? {lesson: row.id} : undefined;
};

const watched = (page: LearnerPage): string | undefined => {
  const id = beliefOf(markedRow(page));
  return page.data.misconceptions.find((each) => each.id === id)?.counter === undefined ? undefined : id;
};

const isWeak = ({data: {standing}}: LearnerPage): boolean =>
  standing.beliefs.some(({level}) => level === 'weak' || level === 'shaky');

/**
 * Returns the id of the interview question in the marked row if it is due, or the first due one if nothing else is due; undefined if there
 * is none.
 */
const questionDue = (page: LearnerPage): string | undefined => {
  if (page.kind !== 'review') return undefined;
  const row = markedRow(page);
  const marked = row?.kind === 'card' && row.isDue ? openQuestionOf(row.card) : undefined;
  const first = page.data.standing.due[0];
  return marked ?? (wishOf(page) === undefined && first !== undefined ? openQuestionOf(first) : undefined);
};

const effectsOf = (page: LearnerPage, action: Action): PageOutcome['effects'] | undefined => {
  switch (action) {
    case 'startRound': {
      const about = questionDue(page);
      if (about !== undefined) return [{kind: 'openInterview', about}];
      const which = wishOf(page);
      return which === undefined ? [] : [{kind: 'beginRound', which}];
    }
    case 'practiseWeak':
      return isWeak(page) ? [{kind: 'beginRound', which: 'weak'}] : [];
    case 'watch': {
      const misconception = watched(page);
      return misconception === undefined ? [] : [{kind: 'openCounter', misconception}];
    }
    case 'quizLater': {
      const row = markedRow(page);
      return row?.kind === 'card' && row.isDue ? [{kind: 'putOff', what: {card: row.card}}] : [];
    }
    case 'exportProgress':
      return page.data.standing.sinceMs === undefined ? [] : [{kind: 'exportProgress'}];
    case 'otherPage':
      return [{kind: 'showPage', page: page.kind === 'review' ? 'progress' : 'review'}];
    default:
      return undefined;
  }
};

/** Returns the outcome of a key on the page; undefined if the key is not one of the page's. */
export const pressOnPage = (page: LearnerPage, action: Action): PageOutcome | undefined => {
  if (action === 'quizUp' || action === 'quizDown')
    return {page: moved(page, action === 'quizUp' ? -1 : 1), effects: []};
  const effects = effectsOf(page, action);
  return effects && {page, effects};
};

/** Tells whether a key of the page would do anything now. */
export const pageKeyWorks = (page: LearnerPage, action: Action): boolean => {
  if (action === 'quizUp' || action === 'quizDown') return pageRows(page).length > 1;
  const effects = effectsOf(page, action);
  return effects === undefined || effects.length > 0;
};
