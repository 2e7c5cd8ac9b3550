// Finds the places of narrations, questions and steps in viewing time: what stops playing, where a step ends, which question comes next.

import type {BoundBeat} from '../../lesson/bound-beat.ts';
import {bisect} from '../../wire/growing-list.ts';
import {at, momentOf, type Pacing} from './pace.ts';
import type {PlaybackContext, PlaybackState} from './playback-state.ts';

export type Question = Extract<BoundBeat, {kind: 'prediction' | 'concept'}>;
export type Narration = Extract<BoundBeat, {kind: 'narration'}>;

/** Returns the viewing time in ms from a moment to a simulated time `afterUs` after it; 0 if the next moment comes first. */
const laterMs = ({viewMs, atUs, moments}: Pacing, moment: number, afterUs: number): number => {
  if (afterUs === 0 || moment + 1 >= moments) return 0;
  const share = afterUs / (at(atUs, moment + 1) - at(atUs, moment));
  return share < 1 ? share * (at(viewMs, moment + 1) - at(viewMs, moment)) : 0;
};

/**
 * Returns the place of a narration or question in viewing time. A prediction is asked just before its answer becomes visible; a narration
 * that waits for a time is shown at that time; everything else is shown where its event becomes visible.
 */
export const beatMs = (pacing: Pacing, beat: BoundBeat): number => {
  const moment = momentOf(pacing, beat.event);
  const viewMs = at(pacing.viewMs, moment);
  if (beat.kind === 'narration') return viewMs + laterMs(pacing, moment, beat.afterUs ?? 0);
  if (beat.kind !== 'prediction' || moment === 0) return viewMs;
  const before = at(pacing.viewMs, moment - 1);
  if (at(pacing.atUs, moment - 1) === at(pacing.atUs, moment)) return before;
  return viewMs - Math.min(1, (viewMs - before) / 2);
};

/** The beats of a lesson and the run's layout in viewing time, from which the places of beats follow. */
type Told = Pick<PlaybackContext, 'beats' | 'pacing'>;

export const isQuestion = (beat: BoundBeat): beat is Question => beat.kind !== 'narration';

/** Returns the lesson's questions without an answer, in the order in which the run reaches them, each with its place in viewing time. */
export const openQuestions = (
  {beats, pacing}: Told,
  answers: PlaybackState['answers'],
): {readonly question: Question; readonly place: number}[] =>
  beats
    .filter(isQuestion)
    .filter((question) => answers[question.index] === undefined)
    .map((question) => ({question, place: beatMs(pacing, question)}))
    .sort((a, b) => a.place - b.place || a.question.index - b.question.index);

export const narrationPlaces = ({beats, pacing}: Told): number[] =>
  beats
    .filter((beat) => beat.kind === 'narration')
    .map((beat) => beatMs(pacing, beat))
    .sort((a, b) => a - b);

/**
 * Tells whether a narration at `viewMs` invites the reader to press keys of the ladder, so that the ladder needs the focus and no selected
 * packet.
 */
export const invitesAt = (viewMs: number, {beats, pacing}: Told): boolean =>
  beats.some((beat) => beat.kind === 'narration' && beat.invites && beatMs(pacing, beat) === viewMs);

/** Returns the narrations that are reached by `viewMs`, in order. */
export const narrationsTo = ({beats, pacing}: Told, viewMs: number): readonly Narration[] =>
  beats.flatMap((beat) => (beat.kind === 'narration' && beatMs(pacing, beat) <= viewMs ? [beat] : []));

/**
 * Returns the narration that is shown at `viewMs`, which is the last one reached, with its number counted from 1 and the number of all
 * narrations.
 */
export const narrationAt = (
  {beats, pacing}: Told,
  viewMs: number,
): {readonly beat: Narration | undefined; readonly number: number; readonly total: number} => {
  let beat: Narration | undefined;
  let number = 0;
  let total = 0;
  for (const each of beats) {
    if (each.kind !== 'narration') continue;
    total++;
    if (beatMs(pacing, each) > viewMs) continue;
    beat = each;
    number = total;
  }
  return {beat, number, total};
};

/**
 * Returns the last question for which `isTold` holds that is reached by `viewMs`; undefined if a narration is at the same place or was
 * reached after it.
 */
const questionAt = (
  {beats, pacing}: Told,
  viewMs: number,
  isTold: (question: Question) => boolean,
): Question | undefined => {
  let told: {readonly beat: BoundBeat; readonly place: number} | undefined;
  for (const beat of beats) {
    const place = beatMs(pacing, beat);
    if (place > viewMs) continue;
    if (!isQuestion(beat)) told = {beat, place};
    else if (isTold(beat) && (told?.place !== place || place < viewMs)) told = {beat, place};
  }
  return told && isQuestion(told.beat) ? told.beat : undefined;
};

/**
 * Returns the question whose explanation is shown at `viewMs`, because it is answered and no narration was reached since; undefined if
 * there is none.
 */
export const explainedAt = (
  context: Told,
  {viewMs, answers}: Pick<PlaybackState, 'viewMs' | 'answers'>,
): Question | undefined =>
  questionAt(
    context,
    viewMs,
    ({index, explain}) => typeof answers[index] === 'object' && explain !== undefined,
  );

/**
 * Returns the number of the present narration, counted from 1, and the number of all. At a question, open or passed, it is the number of
 * the narration that follows.
 */
export const beatAt = (
  context: Told,
  playback: Pick<PlaybackState, 'viewMs' | 'answers' | 'gate'>,
): {readonly number: number; readonly total: number} => {
  const {viewMs, answers, gate} = playback;
  const {number, total} = narrationAt(context, viewMs);
  const isAhead =
    gate !== undefined ||
    questionAt(context, viewMs, ({index}) => answers[index] !== undefined) !== undefined;
  return {number: isAhead ? Math.min(total, number + 1) : number, total};
};

/** Returns the open predictions whose answers the screen must hide now: those whose event comes at the next moment or has come. */
export const hiddenAt = (context: Told, state: PlaybackState): Question[] => {
  const {pacing} = context;
  return openQuestions(context, state.answers)
    .map(({question}) => question)
    .filter(
      ({kind, event}) =>
        kind === 'prediction' && state.viewMs >= at(pacing.viewMs, momentOf(pacing, event) - 1),
    );
};

/** Returns the right answers to questions as texts, so that the screen can hide them. */
export const answersTo = (questions: readonly Question[]): readonly string[] =>
  questions.flatMap(({choices}) => {
    const value = choices.find(({correct}) => correct)?.value;
    return value === undefined ? [] : [String(value)];
  });

/**
 * Returns the place in viewing time at which the next step ends: a moment at which nothing has just been sent, or a narration at which
 * playing stops.
 */
export const stopAfter = (context: PlaybackContext, state: PlaybackState): number => {
  const {pacing} = context;
  const stop = bisect(
    pacing.stops.length,
    (index) => at(pacing.viewMs, at(pacing.stops, index)) > state.viewMs,
  );
  const rest = stop < pacing.stops.length ? at(pacing.viewMs, at(pacing.stops, stop)) : pacing.durationMs;
  const beat = state.stopAtBeats ? narrationPlaces(context).find((place) => place > state.viewMs) : undefined;
  return beat === undefined ? rest : Math.min(rest, beat);
};

export const stopBefore = (context: PlaybackContext, state: PlaybackState): number => {
  const {pacing} = context;
  const stop =
    bisect(pacing.stops.length, (index) => at(pacing.viewMs, at(pacing.stops, index)) >= state.viewMs) - 1;
  const rest = stop >= 0 ? at(pacing.viewMs, at(pacing.stops, stop)) : 0;
  const beats = state.stopAtBeats ? narrationPlaces(context).filter((place) => place < state.viewMs) : [];
  return Math.max(rest, beats[beats.length - 1] ?? 0);
};

/** Tells whether the player is at the end of the run. */
export const atEnd = ({viewMs}: PlaybackState, {pacing}: PlaybackContext): boolean =>
  viewMs >= pacing.durationMs;
