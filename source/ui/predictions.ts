// Questions of a capture in its player: asked at their packets once the reader wants it, and gone again when not.
import type {Text} from '../lesson/lesson.ts';
import {placeOf} from '../present/time/waypoints.ts';
import type {OpenedRun} from './app-options.ts';
import type {PlayerState} from './player.ts';

const nothingAhead: Text = {
  en: 'no packet ahead to ask about; g goes to the start',
  zh: '后面没有可提问的分组；按 g 回到开头',
};
const asksNow = (count: number): Text => ({
  en: count === 1 ? 'one question ahead; p ends it' : `${count} questions ahead; p ends it`,
  zh: `后面有 ${count} 个问题；再按 p 关闭`,
});
const asksNoMore: Text = {en: 'no more questions', zh: '不再提问'};

export type Predicting = {readonly player: PlayerState; readonly message: Text};

const withRun = (player: PlayerState, run: OpenedRun): PlayerState => ({
  ...player,
  run,
  context: {...player.context, beats: run.beats},
});

const off = (player: PlayerState, plain: OpenedRun): Predicting => {
  return {
    player: {...withRun(player, plain), playback: {...player.playback, gate: undefined}, unasked: undefined},
    message: asksNoMore,
  };
};

/** On: those whose packets are still to come. Off: the capture as it was. */
export const togglePredictions = (player: PlayerState): Predicting | undefined => {
  const {run, context, playback: here, unasked} = player;
  if (unasked) return off(player, unasked);
  if (!run.predictions) return undefined;
  const placed = run
    .predictions()
    .filter(
      ({beat}) => placeOf(context.pacing, beat) > here.viewMs && here.answers[beat.index] === undefined,
    );
  if (placed.length === 0) return {player, message: nothingAhead};
  const beats = [...run.beats, ...placed.map(({beat}) => beat)].toSorted((a, b) => a.event - b.event);
  const questions = new Map(placed.map(({beat, question}) => [beat.index, question]));
  const asking = withRun(player, {...run, beats, questionOf: (index) => questions.get(index)});
  return {
    player: {...asking, unasked: run},
    message: asksNow(placed.length),
  };
};
