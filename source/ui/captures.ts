// The keys of the page that opens a capture, and what they do.

import {listRows} from '../view/captures/captures-screen.ts';
import {
  type CapturesState,
  type ReadingSoFar,
  startCaptures,
  typing,
} from '../view/captures/captures-state.ts';
import type {Offer} from '../view/captures/offer.ts';
import {lineOf} from '../view/typed-line.ts';
import {openCaptureWords} from '../words/open-capture.ts';
import type {AppState, Outcome} from './app-state.ts';
import type {CaptureResult} from './capture-state.ts';
import type {Action, KeyContext} from './key-entry.ts';
import {pastedText} from './key-name.ts';
import {begin, only} from './leaving.ts';
import {pressInLine} from './line-keys.ts';
import {movedMark} from './list-moves.ts';
import {keysNotice, openPicker} from './picker.ts';
import type {Press} from './player.ts';

export const capturesContext = ({line, reading}: CapturesState): KeyContext => {
  if (reading !== undefined) return 'reading';
  return line === undefined ? 'captures' : 'path';
};

const opening = (state: AppState, named: string): Outcome =>
  begin(state, named, {kind: 'openCapture', named});

const pressInPath = (
  state: AppState,
  captures: CapturesState,
  key: string,
  action?: Action,
): Outcome | undefined => {
  const {line} = captures;
  if (line === undefined) return undefined;
  const become = (next: CapturesState): Outcome => only({...state, captures: next});
  if (action === 'back') return become(typing(captures, undefined));
  if (action === 'accept') return opening(state, line.text);
  if (action === 'complete') return {state, effects: [{kind: 'completePath', typed: line.text}]};
  if (action !== undefined) return undefined;
  const next = pressInLine(line, key);
  return next === undefined ? only(state) : become(typing(captures, next));
};

const pressInList = (
  state: AppState,
  captures: CapturesState,
  {key, size}: Press,
  action?: Action,
): Outcome | undefined => {
  // Pasted text becomes the beginning of the path, so that a file dropped onto the terminal, which arrives as a paste, can be opened.
  const begun = pastedText(key) ?? (action === 'capturesType' ? key : undefined);
  if (begun !== undefined) return only({...state, captures: typing(captures, lineOf(begun))});
  if (action === undefined) return undefined;
  if (action === 'capturesOpen') {
    const file = captures.offer.files[captures.marked];
    return file === undefined ? only(state) : opening(state, file.path);
  }
  const {marked, offer} = captures;
  const page = Math.max(1, listRows(size.rows) - 1);
  const next = movedMark(action, {marked, length: offer.files.length, page});
  return next === undefined ? undefined : only({...state, captures: {...captures, marked: next}});
};

/** Returns the outcome of a key on the page that opens captures; undefined if the app handles the key. */
export const pressInCaptures = (state: AppState, press: Press, action?: Action): Outcome | undefined => {
  const {captures} = state;
  if (captures === undefined) return undefined;
  if (state.opening === undefined)
    return pressInPath(state, captures, press.key, action) ?? pressInList(state, captures, press, action);
  // A capture that is being opened can only be stopped; the page's other keys do nothing.
  const isOver = action === 'stopReading' || action === 'back';
  if (isOver) return {state, effects: [{kind: 'stopReading'}]};
  const isTheirs =
    action === undefined || /^(captures|list)/.test(action) || action === 'accept' || action === 'complete';
  return isTheirs ? only(state) : undefined;
};

export const offered = (state: AppState, offer: Offer): AppState => {
  const captures = startCaptures(offer);
  const message = offer.last?.isGone ? openCaptureWords.gone(offer.last.name) : state.message;
  return {...state, screen: 'captures', captures, openable: {last: offer.last}, message};
};

export const readSoFar = (state: AppState, reading: ReadingSoFar | undefined): AppState =>
  state.captures === undefined ? state : {...state, captures: {...state.captures, reading}};

/** Returns the state in which no capture is being read any more, because the reader has stopped it or it failed. */
export const abandoned = (state: AppState): AppState => ({
  ...readSoFar(state, undefined),
  opening: undefined,
});

/**
 * Returns the state with the list of conversations of a capture that was opened; if it could not be opened, with a message, on the same
 * page with the typed path.
 */
export const captureOpened = (before: AppState, result: CaptureResult): AppState => {
  const state = abandoned(before);
  if ('message' in result) return {...state, message: result.message};
  const {desk, notice} = result;
  const {captures: _, ...left} = state;
  const picker = openPicker(desk);
  const page = {screen: 'picker', picker, player: undefined} as const;
  return {...left, desk, underPicker: 'menu', notice: notice ?? keysNotice(picker), help: false, ...page};
};
