// Keys that lead on from what is looked at: `R` and `p` in a capture (its connection in the simulator, questions at its packets), `L`
// to the lesson that goes on from here.
import {linkAt} from '../view/story/beyond.ts';
import {selectedPacket} from '../view/view.ts';
import type {AppState, Outcome} from './app-state.ts';
import {begin, only} from './leaving.ts';
import {lookOf} from './player.ts';
import {togglePredictions} from './predictions.ts';

function simulate(state: AppState): Outcome {
  if (state.player === undefined || state.opening !== undefined) return only(state);
  const packet = selectedPacket(lookOf(state.player));
  return begin(state, 'simulation', {kind: 'simulate', packet});
}

function predict(state: AppState): Outcome {
  const asked = state.player && togglePredictions(state.player);
  return only(asked ? {...state, ...asked} : state);
}

export function pressInCapture(state: AppState, action: 'predict' | 'simulate'): Outcome {
  return action === 'predict' ? predict(state) : simulate(state);
}

export function openLink(state: AppState): Outcome {
  const link = state.player && linkAt(lookOf(state.player).input);
  return link === undefined ? only(state) : begin(state, link.id, {kind: 'openLink', lesson: link.id});
}
