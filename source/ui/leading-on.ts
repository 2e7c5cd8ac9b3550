// Keys that lead on from what is looked at: `R` and `p` in a capture (its connection in the simulator, questions at its packets), `L`
// to the lesson that goes on from here.
import {linkAt} from '../view/story/beyond.ts';
import {selectedPacket} from '../view/view.ts';
import type {AppState, Outcome} from './app-state.ts';
import {lookOf} from './player.ts';
import {togglePredictions} from './predictions.ts';

function simulate(state: AppState): Outcome {
  if (state.player === undefined || state.opening !== undefined) return {state, effects: []};
  const packet = selectedPacket(lookOf(state.player));
  return {state: {...state, opening: 'simulation'}, effects: [{kind: 'simulate', packet}]};
}

function predict(state: AppState): Outcome {
  const asked = state.player && togglePredictions(state.player);
  return {state: asked ? {...state, ...asked} : state, effects: []};
}

export function pressInCapture(state: AppState, action: 'predict' | 'simulate'): Outcome {
  return action === 'predict' ? predict(state) : simulate(state);
}

export function openLink(state: AppState): Outcome {
  const link = state.player && linkAt(lookOf(state.player).input);
  if (link === undefined || state.opening !== undefined) return {state, effects: []};
  return {state: {...state, opening: link.id}, effects: [{kind: 'openLink', lesson: link.id}]};
}
