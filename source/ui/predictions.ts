// Adds questions about packets to the run of a capture or its simulation, and removes them, as the reader wishes.
import {worded} from '../lesson/text.ts';
import {beatOf, type PacketQuestion} from '../quiz/packet-question.ts';
import type {Message} from '../view/note.ts';
import {beatMs} from '../view/time/waypoints.ts';
import {predictionsSentences} from '../words/catalogue/predictions.ts';
import type {OpenedRun} from './opened-run.ts';
import type {PlayerState} from './player.ts';

const nothingAhead: Message = predictionsSentences.nothingAhead;
const asksNow = (count: number): Message => ({
  ...worded(predictionsSentences.asksNow, {count}),
  isDone: true,
});
const asksNoMore: Message = {...predictionsSentences.asksNoMore, isDone: true};

export type Predicting = {readonly player: PlayerState; readonly message: Message};

const withRun = (player: PlayerState, run: OpenedRun): PlayerState => ({
  ...player,
  run,
  context: {...player.context, beats: run.beats},
});

/** Returns the player with these questions added to the run as beats at their packets. */
const asking = (player: PlayerState, run: OpenedRun, questions: readonly PacketQuestion[]): PlayerState => {
  const placed = questions.map((question) => ({question, beat: beatOf(question, run.trace)}));
  const beats = [...run.beats, ...placed.map(({beat}) => beat)].toSorted((a, b) => a.event - b.event);
  const known = new Map(placed.map(({beat, question}) => [beat.index, question]));
  return {
    ...withRun(player, {...run, beats, questionOf: (index) => known.get(index)}),
    unasked: {run, questions},
  };
};

/** Returns the player without the added questions about packets; unchanged if there are none. */
export const withoutPredictions = (player: PlayerState): PlayerState => {
  const {unasked, ...rest} = player;
  if (!unasked) return player;
  return {...withRun(rest, unasked.run), playback: {...player.playback, gate: undefined}};
};

/** Returns the player of a capture that has grown with the same questions about packets as before; answered ones stay answered. */
export const withPredictionsOf = (before: PlayerState, grown: PlayerState): PlayerState =>
  before.unasked ? asking(grown, grown.run, before.unasked.questions) : grown;

/** Tells whether an added, unanswered question is at the present place of the run or later. */
export const asksAhead = ({unasked, context, playback: {viewMs, answers}}: PlayerState): boolean =>
  (unasked?.questions ?? []).some((question) => {
    const beat = beatOf(question, context.trace);
    return answers[beat.index] === undefined && beatMs(context.pacing, beat) >= viewMs;
  });

/**
 * Returns the player after switching questions about packets on, for packets that are still to come, or off, with a message; undefined if
 * the run has no such questions.
 */
export const togglePredictions = (player: PlayerState): Predicting | undefined => {
  const {run, context, playback: here, unasked} = player;
  if (unasked) return {player: withoutPredictions(player), message: asksNoMore};
  if (!run.predictions) return undefined;
  const questions = run.predictions(run.trace).filter((question) => {
    const beat = beatOf(question, run.trace);
    return beatMs(context.pacing, beat) > here.viewMs && here.answers[beat.index] === undefined;
  });
  if (questions.length === 0) return {player, message: nothingAhead};
  return {player: asking(player, run, questions), message: asksNow(questions.length)};
};
