// The keys of the page on the content of a capture, and what they do.

import {type Text, worded} from '../lesson/text.ts';
import type {Conversation} from '../observe/captured-place.ts';
import type {Message} from '../view/note.ts';
import {startExport} from '../view/picker/export-form.ts';
import {pageRows} from '../view/picker/picker-screen.ts';
import {
  markedIndex,
  moveTo,
  nextSort,
  type PickerState,
  renewed,
  startPicker,
  startTyping,
  stopTyping,
  typeFilter,
} from '../view/picker/picker-state.ts';
import {pickerWords} from '../words/catalogue/picker.ts';
import type {AppState} from './app-state.ts';
import type {CaptureDesk, CaptureResult, OpenPicker, PickerEffect, WriteResult} from './capture-state.ts';
import {exportContext, pressInExport} from './export-form.ts';
import type {Action, KeyContext} from './key-entry.ts';
import {typedOn} from './line-keys.ts';
import {movedMark} from './list-moves.ts';
import type {Press} from './player.ts';

export type PickerOutcome = {
  readonly picker: OpenPicker;
  readonly effect?: PickerEffect;
  readonly message?: Text;
};

export const openPicker = (desk: CaptureDesk): OpenPicker => ({desk, state: startPicker(desk.overview())});

/** Returns the page of a capture's conversations with the newest packets; filter, order and mark are kept. */
const reopened = (desk: CaptureDesk, before: OpenPicker | undefined): OpenPicker =>
  before === undefined ? openPicker(desk) : {...before, desk, state: renewed(before.state, desk.overview())};

export const pickerContext = ({state, form}: OpenPicker): KeyContext => {
  if (form) return exportContext(form);
  return state.before === undefined ? 'picker' : 'typing';
};

const moved = (state: PickerState, action: Action, rows: number): PickerState | undefined => {
  if (action === 'pickerSort') return nextSort(state);
  if (action === 'pickerFilter') return startTyping(state);
  const {length} = state.listed;
  const next = movedMark(action, {marked: markedIndex(state), length, page: pageRows(state, rows)});
  return next === undefined ? undefined : moveTo(state, next);
};

/** The most characters that a filter for a capture's conversations may have. */
const mostFilter = 200;

const typed = (state: PickerState, key: string, action: Action | undefined): PickerState | undefined => {
  if (action === 'accept' || action === 'back') return stopTyping(state, action === 'accept');
  if (key === 'up' || key === 'down') return moveTo(state, markedIndex(state) + (key === 'up' ? -1 : 1));
  if (action !== undefined) return undefined;
  const filter = typedOn(state.filter, key);
  return filter === undefined ? state : typeFilter(state, filter.slice(0, mostFilter));
};

/** Tells whether a lesson demonstrates a finding on the marked conversation. */
export const explains = ({state}: OpenPicker): boolean =>
  markedIndex(state) >= 0 && state.overview.telling.shownFor(state.overview, state.marked).length > 0;

/** Returns the name of the key log with which the capture can be decrypted; undefined if there is none. */
export const keysBeside = (picker: OpenPicker | undefined): string | undefined =>
  picker?.state.overview.keyLog;

/** Returns the message that a key log is beside the capture, for when its page opens; undefined if there is none. */
export const keysNotice = (picker: OpenPicker): Message | undefined => {
  const file = keysBeside(picker);
  return file === undefined ? undefined : {...worded(pickerWords.keysBeside, {file}), asks: true};
};

/** Returns the state with the capture decrypted by its key log, or with a message on why it is not. The mark stays. */
export const keysOpened = (before: AppState, result: CaptureResult): AppState => {
  const state = {...before, opening: undefined};
  if ('message' in result) return {...state, message: result.message};
  const {desk, notice} = result;
  const done = {
    ...worded(pickerWords.keysOpened, {file: keysBeside(state.picker) ?? ''}),
    isDone: true,
  } as const;
  return {...state, desk, picker: reopened(desk, state.picker), message: notice ?? done};
};

const asked = (picker: OpenPicker, action: Action): PickerOutcome | undefined => {
  const {state} = picker;
  const id = state.marked;
  // If the filter excludes all conversations, none is marked and the page's keys do nothing.
  if (markedIndex(state) < 0) return action.startsWith('picker') ? {picker} : undefined;
  switch (action) {
    case 'pickerPlay':
      return {picker, effect: {kind: 'pick', id}};
    case 'openKeys':
      return keysBeside(picker) === undefined ? {picker} : {picker, effect: {kind: 'openKeys'}};
    case 'pickerExport':
      return {picker, effect: {kind: 'beginExport', id}};
    case 'pickerLesson': {
      const [shown] = state.overview.telling.shownFor(state.overview, id);
      return shown ? {picker, effect: {kind: 'open', ...shown}} : {picker, message: pickerWords.noLesson};
    }
    default:
      return undefined;
  }
};

/** Returns the outcome of a key on the page of a capture's conversations; undefined if the app handles the key. */
const press = (
  open: OpenPicker,
  {key, size}: Press,
  action: Action | undefined,
): PickerOutcome | undefined => {
  if (open.form) {
    const outcome = pressInExport(open.form, key, action);
    if (outcome === undefined) return undefined;
    const {form, wish} = outcome;
    const picker: OpenPicker = {...open, form};
    return wish ? {picker, effect: {kind: 'writePicked', id: open.state.marked, wish}} : {picker};
  }
  const isTyping = open.state.before !== undefined;
  const state = isTyping ? typed(open.state, key, action) : action && moved(open.state, action, size.rows);
  if (state !== undefined) return {picker: {...open, state}};
  return isTyping || action === undefined ? undefined : asked(open, action);
};

/**
 * Returns the app's outcome of a key on the page of a capture's conversations; undefined if the app handles the key. While something is
 * being opened, nothing else begins.
 */
export const pressInPicker = (
  state: AppState,
  pressed: Press,
  action: Action | undefined,
): {readonly state: AppState; readonly effects: readonly PickerEffect[]} | undefined => {
  const {picker, opening} = state;
  const outcome = picker && press(picker, pressed, action);
  if (outcome === undefined) return undefined;
  const {effect, message} = outcome;
  const after: AppState = {...state, picker: outcome.picker, message: message ?? state.message};
  if (effect === undefined) return {state: after, effects: []};
  if (opening !== undefined) return {state, effects: []};
  const waits = 'id' in effect ? `${effect.id}` : effect.kind === 'open' ? effect.lesson : effect.kind;
  return {state: effect.kind === 'beginExport' ? after : {...after, opening: waits}, effects: [effect]};
};

/**
 * Returns the page of a capture's conversations with the newest packets of a capture that is being taken; unchanged if another screen is
 * shown.
 */
export const grownPicker = ({screen, desk, picker}: AppState): OpenPicker | undefined =>
  screen === 'picker' && desk ? reopened(desk, picker) : picker;

/**
 * Returns the state after leaving a conversation's run for the page of its capture; undefined if there is no page to return to, so that the
 * app ends.
 */
export const pickedBack = (state: AppState): AppState | undefined => {
  const {desk, picker} = state;
  if (desk === undefined) return leftCapture(state);
  return {...state, screen: 'picker', picker: reopened(desk, picker), player: undefined};
};

/**
 * Returns the state of the menu after the reader has left the capture; undefined if the capture was not opened from the menu, so that the
 * app ends.
 */
export const leftCapture = (state: AppState): AppState | undefined =>
  state.underPicker === 'menu'
    ? {...state, screen: 'menu', player: undefined, picker: undefined, desk: undefined}
    : undefined;

/** Returns the state with the form open that asks how to export this conversation of the capture. */
export const exportBegun = (state: AppState, id: Conversation): AppState => {
  const {picker, desk} = state;
  if (!picker || !desk) return state;
  return {...state, picker: {...picker, form: startExport(desk.form(id))}};
};

/**
 * Returns the state after an export: if the file was written, the form is closed; if an error occurred, or the file exists and the form has
 * to ask, it stays open.
 */
export const written = (before: AppState, result: WriteResult): AppState => {
  const state = {...before, opening: undefined};
  const {picker} = state;
  if (result.kind === 'refused') return {...state, message: result.why};
  if (result.kind === 'there')
    return picker?.form ? {...state, picker: {...picker, form: {...picker.form, asks: true}}} : state;
  return {
    ...state,
    message: {...result.told, isDone: true},
    picker: picker && {...picker, form: undefined},
  };
};
