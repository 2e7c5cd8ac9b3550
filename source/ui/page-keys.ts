// The keys of the pages of review and progress, and what they do.
import {openQuestionOf} from '../quiz/schedule.ts';
import {type LearnerPage, markedRow, pageRows} from '../view/quiz/learner-page.ts';
import {beliefOf} from '../view/quiz/page-rows.ts';
import {type Way, weakBeliefs} from '../view/quiz/ways-on.ts';
import type {Effect} from './app-state.ts';
import type {InterviewEffect} from './interview.ts';
import type {Action} from './key-entry.ts';
import type {QuizEffect, RoundWish} from './quiz-round.ts';

export type PageOutcome = {
  readonly page: LearnerPage;
  readonly effects: readonly (QuizEffect | InterviewEffect | Extract<Effect, {kind: 'open'}>)[];
};

const moved = (page: LearnerPage, by: 1 | -1): LearnerPage => {
  const {length} = pageRows(page);
  return length === 0 ? page : {...page, row: (page.row + by + length) % length};
};

type PageEffect = PageOutcome['effects'][number];

const round = (which: RoundWish): PageEffect => ({kind: 'beginRound', which});

const counterOf = (page: LearnerPage): string | undefined => {
  const id = beliefOf(markedRow(page));
  return page.data.misconceptions.find((each) => each.id === id)?.counter === undefined ? undefined : id;
};

const wayEffect = ({does}: Way): PageEffect => {
  if (typeof does === 'object') return {kind: 'open', lesson: does.lesson};
  return does === 'interview' ? {kind: 'openInterview'} : round(does);
};

/**
 * Returns the effect that practises the subject of a marked row of review or progress: a misconception, a lesson, or a card; undefined for
 * a row without such a subject.
 */
const practised = (page: LearnerPage): PageEffect | undefined => {
  const row = markedRow(page);
  switch (row?.kind) {
    case 'belief':
      return round({belief: row.id});
    case 'lesson':
      return round({lesson: row.id});
    case 'card': {
      const about = openQuestionOf(row.card);
      if (about !== undefined) return {kind: 'openInterview', about};
      return round(row.card.kind === 'belief' ? {belief: row.id} : {lesson: row.card.lesson});
    }
    default:
      return undefined;
  }
};

/**
 * Returns the effect of `enter` on a row of review or progress: the review for a due card, practice for another card, the run against a
 * misconception, the check of a finished lesson, otherwise the lesson; or what the row offers.
 */
const opened = (page: LearnerPage): PageEffect | undefined => {
  const row = markedRow(page);
  const counter = counterOf(page);
  switch (row?.kind) {
    case 'way':
      return wayEffect(row.way);
    case 'card':
      return row.isDue && openQuestionOf(row.card) === undefined ? round('review') : practised(page);
    case 'belief':
      return counter === undefined ? practised(page) : {kind: 'openCounter', misconception: counter};
    case 'lesson':
      return row.standing.finished ? round({check: row.id}) : {kind: 'open', lesson: row.id};
    default:
      return undefined;
  }
};

const listed = (effect: PageEffect | undefined): PageOutcome['effects'] =>
  effect === undefined ? [] : [effect];

const effectsOf = (page: LearnerPage, action: Action): PageOutcome['effects'] | undefined => {
  switch (action) {
    case 'startRound':
      return listed(opened(page));
    case 'practiseRow':
      return listed(practised(page));
    case 'practiseWeak':
      return weakBeliefs(page.data).length > 0 ? [round('weak')] : [];
    case 'watch': {
      const misconception = counterOf(page);
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

/** Returns the outcome of a key on a page of review or progress; undefined if the page does not handle the key. */
export const pressOnPage = (page: LearnerPage, action: Action): PageOutcome | undefined => {
  if (action === 'quizUp' || action === 'quizDown')
    return {page: moved(page, action === 'quizUp' ? -1 : 1), effects: []};
  const effects = effectsOf(page, action);
  return effects && {page, effects};
};

/** Tells whether a key on a page of review or progress would do anything now. */
export const pageKeyWorks = (page: LearnerPage, action: Action): boolean => {
  if (action === 'quizUp' || action === 'quizDown') return pageRows(page).length > 1;
  const effects = effectsOf(page, action);
  return effects === undefined || effects.length > 0;
};
