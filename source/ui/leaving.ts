// Leaves runs, rounds, screens and the app: from a run to what led to it, from a round to its result, from a screen to the one below it or
// out of the app. Also begins to open things that take time.
import {worded} from '../lesson/text.ts';
import {challengesState} from '../view/challenge/challenge-list.ts';
import {withFirstTries} from '../view/time/first-tries.ts';
import type {PlaybackAction} from '../view/time/playback-state.ts';
import {appKeysSentences} from '../words/catalogue/keys-table.ts';
import {quizWords} from '../words/catalogue/quiz.ts';
import type {AppState, Effect, Outcome} from './app-state.ts';
import {leftCapture, pickedBack} from './picker.ts';
import {type PlayerState, playPlayer} from './player.ts';
import {stopQuiz, unansweredIn} from './quiz-round.ts';

export const only = (state: AppState): Outcome => ({state, effects: []});

/** Returns the outcome that begins to open something; nothing happens while something else is being opened. */
export const begin = (state: AppState, opening: string, effect: Effect): Outcome =>
  state.opening === undefined ? {state: {...state, opening}, effects: [effect]} : only(state);

/** Returns the outcome of leaving a screen for the state `there`; undefined leaves the app. */
const to = (there: AppState | undefined, from: AppState): Outcome =>
  there ? only(there) : {state: from, effects: [{kind: 'exit', reason: 'quit'}]};

export function play(state: AppState, action: PlaybackAction): AppState {
  return withPlayer(state, state.player && playPlayer(state.player, action));
}

export function withPlayer(state: AppState, player: PlayerState | undefined): AppState {
  return player === state.player ? state : {...state, player};
}

/** The message with which the menu asks whether `q` should leave the program. */
const asksToLeave = {...appKeysSentences.leaves.message, asks: true} as const;

/** Tells whether the menu's question whether to leave is on the screen; only then does `q` leave. */
export const isLeaving = ({screen, message}: AppState): boolean =>
  screen === 'menu' && message === asksToLeave;

/**
 * Returns the outcome of `q` in the menu: first the question whether to leave the program, at the second press leaving it. Other ways out
 * do not ask.
 */
export const leaveMenu = (state: AppState): Outcome =>
  isLeaving(state) ? leaveScreen(state) : only({...state, message: asksToLeave});

/** Returns the outcome of leaving the present screen, whatever is open on it. */
export function leaveScreen(state: AppState): Outcome {
  switch (state.screen) {
    case 'player':
      return leavePlayer(state);
    case 'quiz':
      return leaveQuiz(state);
    case 'page':
      return leaveTo(state);
    case 'interview':
      return leaveInterview(state);
    case 'picker':
      return to(leftCapture(state), state);
    case 'settings':
    case 'captures':
    case 'challenges':
      return only({...state, screen: 'menu', help: false});
    case 'search':
      return only(leftSearch(state));
    case 'menu':
      return {state, effects: [{kind: 'exit', reason: 'quit'}]};
  }
}

/** Returns the state of the screen from which the search page was opened, in the present language. */
function leftSearch(state: AppState): AppState {
  const {underSearch, search, preferences, ...rest} = state;
  const there = underSearch ?? {screen: 'menu', player: undefined};
  // The search index is kept, so that the next search need not build it again.
  const kept = search && {...(underSearch?.search ?? search), ranking: search.ranking};
  const {language} = preferences;
  return play({...rest, preferences, ...there, search: kept}, {kind: 'language', language});
}

/**
 * Returns the state with the list of challenges on the screen, as far as the learner has solved them by now; unchanged if there are no
 * challenges.
 */
export const challengesShown = (state: AppState): AppState => {
  const list = state.learner?.challenges;
  if (list === undefined) return state;
  return {...state, screen: 'challenges', help: false, challenges: challengesState(list, state.challenges)};
};

/** Returns the outcome of leaving the player: a what-if leads back to its lesson, a lesson to the screen from which it was opened. */
export function leavePlayer(state: AppState): Outcome {
  const beneath = state.player?.beneath;
  if (beneath !== undefined) {
    const {language} = state.preferences;
    return only(play({...state, player: beneath}, {kind: 'language', language}));
  }
  if (state.underPlayer === 'picker') return to(pickedBack(state), state);
  const {underPlayer: screen, page} = state;
  // The page of review or progress is made anew, because a lesson that was opened from it may be finished now.
  if (screen === 'page' && page !== undefined)
    return {state: {...state, screen, player: undefined}, effects: [{kind: 'showPage', page: page.kind}]};
  const left = {...state, player: undefined};
  if (screen === 'challenges') return only(challengesShown({...left, screen}));
  return to(screen === 'shell' ? undefined : {...left, screen}, state);
}

/** Returns the outcome of ending the program: wrong first tries in the quiz and in the player become answers. */
export function closed(state: AppState): Outcome {
  const ended = state.quiz?.state.first && stopQuiz(state.quiz);
  const {player} = state;
  const left = player ? {...state, player: {...player, playback: withFirstTries(player.playback)}} : state;
  return ended ? {state: {...left, quiz: ended.quiz}, effects: ended.effects} : only(left);
}

/**
 * Returns the outcome of leaving the quiz: a round in progress ends and shows its result (an exam asks first); from the result, the quiz is
 * left.
 */
function leaveQuiz(state: AppState): Outcome {
  const {quiz} = state;
  const left = quiz === undefined ? 0 : unansweredIn(quiz);
  if (quiz !== undefined && left > 0) {
    const asked = {...quiz, state: {...quiz.state, ending: true}};
    return only({...state, quiz: asked, message: {...worded(quizWords.endsExam, {count: left}), asks: true}});
  }
  const ended = state.quiz && stopQuiz(state.quiz);
  if (ended !== undefined) return {state: {...state, quiz: ended.quiz}, effects: ended.effects};
  if (state.page === undefined) return leaveTo(state);
  // The page of review or progress is made anew, because the answers of the round have changed it.
  return {state: {...state, quiz: undefined}, effects: [{kind: 'showPage', page: state.page.kind}]};
}

/** Returns the outcome of leaving the interview: to the page of review or progress from which it was opened, or to the screen below. */
export function leaveInterview(state: AppState): Outcome {
  const left = {...state, interview: undefined};
  if (state.page === undefined) return leaveTo(left);
  return {state: left, effects: [{kind: 'showPage', page: state.page.kind}]};
}

function leaveTo(state: AppState): Outcome {
  const {underQuiz, preferences} = state;
  if (underQuiz === undefined) return {state, effects: [{kind: 'exit', reason: 'quit'}]};
  const {underQuiz: _, ...left} = {...state, quiz: undefined, page: undefined};
  if (underQuiz === 'menu') return only({...left, screen: 'menu'});
  const {language} = preferences;
  return only(play({...left, ...underQuiz, screen: 'player'}, {kind: 'language', language}));
}
