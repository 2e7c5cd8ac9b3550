// Where beats and steps stand in viewing time: what stops play, where a step ends, which question comes next.

import type {BoundBeat} from '../../lesson/bound-beat.ts';
import {bisect} from '../../wire/growing-list.ts';
import {at, momentOf, type Pacing} from './pace.ts';
import type {PlaybackContext, PlaybackState} from './playback-state.ts';

export type Question = Extract<BoundBeat, {kind: 'prediction' | 'concept'}>;
export type Narration = Extract<BoundBeat, {kind: 'narration'}>;

/** The viewing time from a moment to a time between it and the next one. */
const laterMs = ({viewMs, atUs, moments}: Pacing, moment: number, afterUs: number): number => {
  if (afterUs === 0 || moment + 1 >= moments) return 0;
  const share = afterUs / (at(atUs, moment + 1) - at(atUs, moment));
  return share < 1 ? share * (at(viewMs, moment + 1) - at(viewMs, moment)) : 0;
};

/**
 * A prediction stands where its answer cannot be seen yet: at the arrival that causes the hidden event, or a moment's breath
 * before it. A narration that waits for a time stands at that time, everything else where its event becomes visible.
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

/** All that the places of beats follow from. */
type Told = Pick<PlaybackContext, 'beats' | 'pacing'>;

export const isQuestion = (beat: BoundBeat): beat is Question => beat.kind !== 'narration';

/** Questions without an answer, in the order in which the run reaches them. */
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

/** Whether a beat that stands at `viewMs` invites its reader to press keys: those of the ladder, counted from its newest packet. */
export const invitesAt = (viewMs: number, {beats, pacing}: Told): boolean =>
  beats.some((beat) => beat.kind === 'narration' && beat.invites && beatMs(pacing, beat) === viewMs);

/** The narrations reached at `viewMs`, in order. */
export const narrationsTo = ({beats, pacing}: Told, viewMs: number): readonly Narration[] =>
  beats.flatMap((beat) => (beat.kind === 'narration' && beatMs(pacing, beat) <= viewMs ? [beat] : []));

/** The narration that is read at `viewMs`: the last one reached, with its number among the narrations, from 1. */
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

/** The question that was the last thing of the story at `viewMs`, where `isTold`. Where a narration stands at its place, that one is read there. */
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

/** The question whose explanation is the last that was told at `viewMs`: answered, and no narration reached since. */
export const explainedAt = (
  context: Told,
  {viewMs, answers}: Pick<PlaybackState, 'viewMs' | 'answers'>,
): Question | undefined =>
  questionAt(
    context,
    viewMs,
    ({index, explain}) => typeof answers[index] === 'object' && explain !== undefined,
  );

/** The beat that the reader is at, from 1; a question, answered, skipped or open, belongs to the beat that it leads to. */
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

/** Predictions whose answers must not be on the screen now; before its last moment nothing of an answer is computed. */
export const hiddenAt = (context: Told, state: PlaybackState): Question[] => {
  const {pacing} = context;
  return openQuestions(context, state.answers)
    .map(({question}) => question)
    .filter(
      ({kind, event}) =>
        kind === 'prediction' && state.viewMs >= at(pacing.viewMs, momentOf(pacing, event) - 1),
    );
};

/** The values that answer the questions; nothing computed now that shows one may be on the screen. */
export const answersTo = (questions: readonly Question[]): readonly string[] =>
  questions.flatMap(({choices}) => {
    const value = choices.find(({correct}) => correct)?.value;
    return value === undefined ? [] : [String(value)];
  });

/** Ends of steps around `viewMs`: stops of the run, and narration that play stops at. */
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

/** Nothing more happens. */
export const atEnd = ({viewMs}: PlaybackState, {pacing}: PlaybackContext): boolean =>
  viewMs >= pacing.durationMs;
