// Finds a way out of a screen that cannot be drawn, or whose keys throw errors: one step back if possible, otherwise out of the screen.

import {guarded} from '../view/guarded.ts';
import {pressKey} from './app-keys.ts';
import type {AppState, Outcome} from './app-state.ts';
import {keyContext} from './key-context.ts';
import {isText} from './key-entry.ts';
import {leaveScreen, only} from './leaving.ts';
import type {Press} from './player.ts';
import {dropped} from './quiz-round.ts';

const isBack = (key: string): boolean => key === 'q' || key === 'escape';

/**
 * Returns the outcome of a key on the page that replaces a screen which cannot be drawn: `q` or `esc` leads away from that screen, other
 * keys do what they do there.
 */
export function leadOn(state: AppState, press: Press): Outcome {
  if (!isBack(press.key)) return pressKey(state, press);
  const {quiz, screen} = state;
  // An error in a question of the quiz ends that question, not the round.
  if (screen === 'quiz' && quiz?.state.question !== undefined && quiz.state.phase !== 'result') {
    const without = dropped(quiz);
    return {state: {...state, quiz: without.quiz}, effects: without.effects};
  }
  // The menu leaves without asking, because its question could not be seen.
  if (keyContext(state) === 'menu') return leaveScreen(state);
  const back = pressKey(state, {...press, key: isText(keyContext(state)) ? 'escape' : 'q'});
  return back.state === state && back.effects.length === 0 ? leaveScreen(state) : back;
}

/**
 * Returns the outcome of a key whose handling threw an error: `q` and `esc` leave the screen, ctrl-c the program, any other key does
 * nothing.
 */
export function wayOut(state: AppState, key: string): Outcome {
  if (key === 'ctrl-c') return {state, effects: [{kind: 'exit', reason: 'interrupted'}]};
  if (!isBack(key)) return only(state);
  return guarded(
    () => leaveScreen(state),
    () => ({state, effects: [{kind: 'exit', reason: 'quit'}]}),
  );
}
