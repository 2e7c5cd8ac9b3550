// Returns the app's next state when something that was asked for is there: an opened run, a quiz round, a simulated fork.

import type {Move} from '../lesson/move.ts';
import type {Text} from '../lesson/text.ts';
import {encodeReplay} from '../sim/replay.ts';
import {compareState} from '../view/compare/compare-state.ts';
import {usAt} from '../view/time/pace.ts';
import {captureSide, simulatedSide} from '../words/compare.ts';
import type {AppState} from './app-state.ts';
import {offeringChallenge} from './challenge-solved.ts';
import {takenTold} from './challenge-told.ts';
import {type Forking, forked} from './fork-state.ts';
import {enter, leftMessage} from './left-off.ts';
import type {OpenedRun, OpenResult, RoundResult, Simulated, SimulatedResult} from './opened-run.ts';
import type {CompareOverlay} from './overlay.ts';
import {openPlayer, type PlayerState, playPlayer, under} from './player.ts';
import {beginQuiz} from './quiz-round.ts';
import {lookingAs} from './reasons.ts';

const isQuizUnder = ({underPlayer}: AppState): boolean =>
  underPlayer === 'quiz' || underPlayer === 'page' || underPlayer === 'interview';

/**
 * Returns the run without its check if it was opened from the quiz, its pages or the interview, because beginning the check would end
 * those.
 */
const checkable = (state: AppState, run: OpenedRun): OpenedRun =>
  isQuizUnder(state) ? {...run, check: undefined} : run;

/** Returns the state with the opened run in the player, or with the message on why it was not opened. */
export function opened(state: AppState, result: OpenResult): AppState {
  const here = {...state, opening: undefined};
  if ('message' in result) return {...here, message: result.message};
  const {screen} = state;
  // If a lesson replaces another one in the player, `q` leads to the same screen as before.
  const underPlayer =
    screen === 'player'
      ? state.underPlayer
      : screen === 'settings' || screen === 'captures'
        ? 'menu'
        : screen;
  const run = offeringChallenge(checkable({...state, underPlayer}, result.run), state.learner);
  const player = enter(run, lookingAs(state));
  return {
    ...here,
    screen: 'player',
    underPlayer,
    help: false,
    player,
    message: leftMessage(player) ?? here.message,
  };
}

/** Returns the state with an opened run over the run that led to it; without the new run if the reader has left the player meanwhile. */
export function openedOver(state: AppState, result: OpenResult): AppState {
  const here = {...state, opening: undefined};
  const {player: beneath} = state;
  if (beneath === undefined) return here;
  if ('message' in result) return {...here, message: result.message};
  const run = checkable(state, result.run);
  return {...here, player: {...enter(run, lookingAs(state)), beneath}};
}

/**
 * Returns the state with the run that contradicts a misconception, over the run in which the reader asked for it; nothing after the
 * contradiction is shown.
 */
export function watchedOver(state: AppState, result: OpenResult): AppState {
  if ('message' in result) return openedOver(state, result);
  const {fork: _, together: __, ...run} = result.run;
  const {at} = run;
  const last = at !== undefined && 'event' in at ? at.event : run.trace.length;
  const beats = run.beats.filter(({event}) => event <= last);
  return openedOver(state, {run: {...run, beats, endsThere: true}});
}

/** Returns the parts of the playback that a reader has chosen: speed, focus, open panels and their state, numbers, observer. */
const asLookedAt = ({playback: {speed, focus, opened, own, relative, eyes}}: PlayerState) => ({
  ...{speed, focus, opened, own, relative, eyes},
});

const movesOf = ({run}: PlayerState): number => run.challenge?.moves.length ?? 0;

/**
 * Returns the time in µs at which a challenge's new run is opened: that of the last move, or of the move that the learner has taken back;
 * after taking back a segment of his own, the end of the run, where it is his turn.
 */
const placeOf = (before: PlayerState, moves: readonly Move[], {trace}: OpenedRun): number => {
  const takenBack = before.run.challenge?.moves[moves.length];
  if (takenBack !== undefined && trace.header.byHand !== undefined) return trace.durationUs;
  return (takenBack ?? moves.at(-1))?.atUs ?? 0;
};

/**
 * Returns the state after a challenge's move was refused: a message or the page tells why, and what was typed is still there to be changed.
 */
const refusedIn = (here: AppState, player: PlayerState, message: Text): AppState =>
  player.overlay?.kind === 'vary'
    ? {...here, player: {...player, overlay: {...player.overlay, problem: message}}}
    : {...here, message};

/** Returns the state with a challenge's new run in place of the old one, at the last move. The reader's settings and answers are kept. */
export function attempted(state: AppState, moves: readonly Move[], result: OpenResult): AppState {
  const here = {...state, opening: undefined};
  const {player: before} = state;
  if (before === undefined) return here;
  if ('message' in result) return refusedIn(here, before, result.message);
  const player = openPlayer({...result.run, at: {us: placeOf(before, moves, result.run)}}, lookingAs(state));
  const playback = {...player.playback, ...asLookedAt(before), answers: before.playback.answers};
  const {beneath} = before;
  const attempt = {...player, playback, ...(beneath === undefined ? {} : {beneath})};
  // After a segment of the learner's own the run plays, so that he sees the segment travelling.
  const plays = moves.at(-1)?.kind === 'answer' && moves.length > movesOf(before);
  const isMade = moves.length >= movesOf(before);
  const message = isMade ? takenTold(attempt, moves) : undefined;
  return {
    ...here,
    player: plays ? playPlayer(attempt, {kind: 'togglePlay'}) : attempt,
    ...(message ? {message} : {}),
  };
}

/** Returns the state with the same run of a capture, now decrypted by a key log; the place and the reader's settings are kept. */
export function openedAgain(state: AppState, result: OpenResult): AppState {
  const {player: before} = state;
  if (before === undefined || 'message' in result) return state;
  const us = usAt(before.context.pacing, before.playback.viewMs);
  const player = openPlayer({...result.run, at: {us}}, lookingAs(state));
  return {...state, player: {...player, playback: {...player.playback, ...asLookedAt(before)}}};
}

/**
 * Returns the state with the fork of a long run, once it has been simulated in parts; the fork is not shown if the reader has gone
 * elsewhere meanwhile.
 */
export function forkMade(state: AppState, forking: Forking, made?: Simulated): AppState {
  const here = {...state, opening: undefined};
  const {player} = state;
  if (player === undefined || player.forks?.tree !== forking.player.forks?.tree) return here;
  return {...here, message: undefined, player: forked({...forking, player}, made)};
}

/**
 * Returns the state with a what-if over the end of its lesson, with the same speed, focus and open panels. Where the learner plays a host,
 * the form for its segments has the focus, as in a challenge.
 */
export function openedWhatIf(state: AppState, result: OpenResult): AppState {
  const {player: beneath} = state;
  if (beneath === undefined || 'message' in result) return openedOver(state, result);
  const {speed, focus, opened, own} = beneath.playback;
  const over = openedOver(state, {run: {...result.run, speed}});
  return over.player === undefined || over.player.run.trace.header.byHand !== undefined
    ? over
    : {...over, player: {...over.player, playback: {...over.player.playback, focus, opened, own}}};
}

/**
 * Returns the state in which a quiz round has begun; a lesson that was on the screen comes back afterwards. With a message if the round
 * could not begin.
 */
export function roundBegun(before: AppState, result: RoundResult): AppState {
  const state = {...before, opening: undefined};
  if ('message' in result) return {...state, message: result.message};
  const quiz = beginQuiz(result.round);
  const {screen, player, underPlayer} = state;
  if (screen === 'player')
    return {...state, screen: 'quiz', quiz, player: undefined, underQuiz: {player, underPlayer}};
  return {...state, screen: 'quiz', quiz, ...(screen === 'menu' ? {underQuiz: 'menu'} : {})};
}

/** Returns the state with the page that compares a capture with its simulation; unchanged if the reader has left the capture meanwhile. */
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
