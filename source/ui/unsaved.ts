// Keeps the message on what could not be saved so far: it is shown as soon as it changes, and for as long as it holds.
import {isSameText, type Text} from '../lesson/text.ts';
import type {AppState} from './app-state.ts';

export function withUnsaved(state: AppState, unsaved: Text | undefined): AppState {
  if (isSameText(state.unsaved, unsaved)) return state;
  const others = state.message === state.unsaved ? undefined : state.message;
  return {...state, unsaved, message: unsaved ?? others};
}
