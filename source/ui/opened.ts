// What the app makes of what comes back from the world: a run that was opened, a round that begins.

import type {Move} from '../lesson/attempt.ts';
import {encodeReplay} from '../sim/replay.ts';
import {compareState} from '../view/compare/compare-state.ts';
import {usAt} from '../view/time/pace.ts';
import {captureSide, simulatedSide} from '../words/compare.ts';
import type {AppState} from './app-state.ts';
import {type Forking, forked} from './fork-state.ts';
import {enter, leftMessage} from './left-off.ts';
import type {OpenResult, RoundResult, Simulated, SimulatedResult} from './opened-run.ts';
import type {CompareOverlay} from './overlay.ts';
import {openPlayer, type PlayerState, under} from './player.ts';
import {beginQuiz} from './quiz-round.ts';
import {lookingAs} from './reasons.ts';

/** A lesson has been loaded, or could not be. */
export function opened(state: AppState, result: OpenResult): AppState {
  const here = {...state, opening: undefined};
  if ('message' in result) return {...here, message: result.message};
  const player = enter(result.run, lookingAs(state));
  const {screen} = state;
  // The next lesson takes the place of the one that ended.
  const underPlayer =
    screen === 'player'
      ? state.underPlayer
      : screen === 'settings' || screen === 'captures'
        ? 'menu'
        : screen;
  return {
    ...here,
    screen: 'player',
    underPlayer,
    help: false,
    player,
    message: leftMessage(player) ?? here.message,
  };
}

const isQuizUnder = ({underPlayer}: AppState): boolean =>
  underPlayer === 'quiz' || underPlayer === 'page' || underPlayer === 'interview';

/** A lesson over the run that led to it, unless the reader has left that meanwhile. */
export function openedOver(state: AppState, result: OpenResult): AppState {
  const here = {...state, opening: undefined};
  const {player: beneath} = state;
  if (beneath === undefined) return here;
  if ('message' in result) return {...here, message: result.message};
  // A round that is under way would be lost for another.
  const run = isQuizUnder(state) ? {...result.run, check: undefined} : result.run;
  return {...here, player: {...enter(run, lookingAs(state)), beneath}};
}

/** What contradicts a belief, over the run that asked: to be looked at as far as it shows that, and left. */
export function watchedOver(state: AppState, result: OpenResult): AppState {
  if ('message' in result) return openedOver(state, result);
  const {fork: _, together: __, ...run} = result.run;
  const {at} = run;
  const last = at !== undefined && 'event' in at ? at.event : run.trace.length;
  const beats = run.beats.filter(({event}) => event <= last);
  return openedOver(state, {run: {...run, beats, endsThere: true}});
}

/** What the reader has opened and set in the player. */
const asLookedAt = ({playback: {speed, focus, opened, own, relative, eyes}}: PlayerState) => ({
  ...{speed, focus, opened, own, relative, eyes},
});

/**
 * Another run of the challenge takes the place of this one. It stands where the last move was made, and the reader looks at it in
 * the same way; what was answered stays answered.
 */
export function attempted(state: AppState, moves: readonly Move[], result: OpenResult): AppState {
  const here = {...state, opening: undefined};
  const {player: before} = state;
  if (before === undefined) return here;
  if ('message' in result) return {...here, message: result.message};
  const at = moves.at(-1);
  const player = openPlayer({...result.run, at: {us: at?.atUs ?? 0}}, lookingAs(state));
  const playback = {...player.playback, ...asLookedAt(before), answers: before.playback.answers};
  return {
    ...here,
    player: {...player, playback, ...(before.beneath === undefined ? {} : {beneath: before.beneath})},
  };
}

/** The same run of a capture, read with a key log: it stands where it stood, and the reader looks at it in the same way. */
export function openedAgain(state: AppState, result: OpenResult): AppState {
  const {player: before} = state;
  if (before === undefined || 'message' in result) return state;
  const us = usAt(before.context.pacing, before.playback.viewMs);
  const player = openPlayer({...result.run, at: {us}}, lookingAs(state));
  return {...state, player: {...player, playback: {...player.playback, ...asLookedAt(before)}}};
}

/** The fork of a long run takes its place, unless the reader has gone elsewhere meanwhile. */
export function forkMade(state: AppState, forking: Forking, made?: Simulated): AppState {
  const here = {...state, opening: undefined};
  const {player} = state;
  if (player === undefined || player.forks?.tree !== forking.player.forks?.tree) return here;
  return {...here, message: undefined, player: forked({...forking, player}, made)};
}

/** The same for a run over the end of its lesson: it is looked at in the same way. */
export function openedWhatIf(state: AppState, result: OpenResult): AppState {
  const {player: beneath} = state;
  if (beneath === undefined || 'message' in result) return openedOver(state, result);
  const {speed, focus, opened, own} = beneath.playback;
  const over = openedOver(state, {run: {...result.run, speed}});
  return over.player === undefined
    ? over
    : {...over, player: {...over.player, playback: {...over.player.playback, focus, opened, own}}};
}

/** A round takes the place of what is on the screen; a lesson under it comes back. */
export function roundBegun(before: AppState, result: RoundResult): AppState {
  const state = {...before, opening: undefined};
  if ('message' in result) return {...state, message: result.message};
  const quiz = beginQuiz(result.round);
  const {screen, player, underPlayer} = state;
  if (screen === 'player')
    return {...state, screen: 'quiz', quiz, player: undefined, underQuiz: {player, underPlayer}};
  return {...state, screen: 'quiz', quiz, ...(screen === 'menu' ? {underQuiz: 'menu'} : {})};
}

/** The capture that is looked at beside its simulation, unless the reader has left it meanwhile. */
export function simulated(state: AppState, result: SimulatedResult): AppState {
  const here = {...state, opening: undefined};
  const {player} = state;
  if (player?.run.simulate === undefined) return here;
  if ('message' in result) return {...here, message: result.message};
  const {comparison, told, run} = result;
  const code = run.fork ? encodeReplay(run.fork.replay) : '';
  const overlay: CompareOverlay = {
    kind: 'compare',
    comparison,
    state: compareState(comparison),
    sides: [captureSide, simulatedSide],
    codes: ['', code],
    notice: undefined,
    told,
    other: run,
  };
  return {...here, player: under(player, overlay)};
}
