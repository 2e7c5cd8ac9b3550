// The keys that lead from a run to something related: `R`, `p` and `K` in a capture (its connection in the simulator, questions at its
// packets, the key log beside it), `L` to a lesson on the subject, `W` to the run against a misconception; and from a quiz result to the
// lesson that explains it.
import {lessonFrom} from '../view/quiz/result-screen.ts';
import {linkAt} from '../view/story/beyond.ts';
import {selectedPacket} from '../view/view.ts';
import type {AppState, Outcome} from './app-state.ts';
import {chosenSolved} from './challenge-solved.ts';
import {begin, only} from './leaving.ts';
import {keysBeside} from './picker.ts';
import {beliefShown, lookOf} from './player.ts';
import {togglePredictions} from './predictions.ts';
import {referenceIn} from './quiz-reference.ts';

function simulate(state: AppState): Outcome {
  if (state.player === undefined || state.opening !== undefined) return only(state);
  const packet = selectedPacket(lookOf(state.player));
  return begin(state, 'simulation', {kind: 'simulate', packet});
}

function predict(state: AppState): Outcome {
  const asked = state.player && togglePredictions(state.player);
  return only(asked ? {...state, ...asked} : state);
}

/**
 * Tells whether the reader can open the capture again with the key log beside it: on the capture's page and in its run, but not in another
 * run over that one.
 */
export const canOpenKeys = ({screen, picker, player, underPlayer, desk}: AppState): boolean =>
  desk?.openKeys !== undefined &&
  keysBeside(picker) !== undefined &&
  (screen === 'picker' || (underPlayer === 'picker' && player?.beneath === undefined));

const openKeys = (state: AppState): Outcome =>
  canOpenKeys(state) ? begin(state, 'openKeys', {kind: 'openKeys'}) : only(state);

function openLink(state: AppState): Outcome {
  const link = state.player && linkAt(lookOf(state.player).input);
  const shown = link ? {lesson: link.id} : state.player?.run.shownBy;
  return shown ? begin(state, shown.lesson, {kind: 'openLink', ...shown}) : only(state);
}

/** Opens the lesson to which the result of a quiz round leads. */
function openMend(state: AppState): Outcome {
  const {quiz} = state;
  const lesson = quiz && lessonFrom(quiz.state, referenceIn(state, quiz));
  return lesson === undefined ? only(state) : begin(state, lesson, {kind: 'open', lesson});
}

/** Opens the run that contradicts the misconception behind the wrong answer whose reply the player shows. */
function watch(state: AppState): Outcome {
  const misconception = state.player && beliefShown(state.player);
  return misconception === undefined
    ? only(state)
    : begin(state, misconception, {kind: 'openCounter', misconception});
}

export const leadsOn = {
  ...{predict, simulate, openKeys, openLink, openMend, watch},
  // A challenge can be shared only once the learner has seen the page that says that it is solved.
  challengeShare: (state: AppState): Outcome =>
    state.player?.sawSolved ? chosenSolved(state, 'share') : only(state),
  challengeNext: (state: AppState): Outcome => chosenSolved(state, 'next'),
} as const;
