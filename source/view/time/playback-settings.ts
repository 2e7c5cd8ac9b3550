// Actions of the reader that change how the run is looked at, and not the place in it.

import type {Selection} from '../selection.ts';
import {type PlaybackAction, type PlaybackState, speeds} from './playback-state.ts';

export const still = {playing: false, step: undefined, holdMs: 0} as const;

/** Another packet keeps its field, which it may have too, but not a byte or a variable of the one before. */
export const select = (state: PlaybackState, to: Partial<Selection>): PlaybackState => {
  const other = 'packet' in to && to.packet !== state.selection.packet;
  const kept = other ? {...state.selection, byte: undefined, variable: undefined} : state.selection;
  return {...state, selection: {...kept, ...to}};
};

const changeSpeed = (state: PlaybackState, by: 1 | -1): PlaybackState => {
  const speed = state.gate && !state.gate.replied ? undefined : speeds[speeds.indexOf(state.speed) + by];
  return speed === undefined ? state : {...state, speed};
};

const toggleBookmark = (state: PlaybackState): PlaybackState => {
  const others = state.bookmarks.filter((each) => each !== state.viewMs);
  const bookmarks =
    others.length < state.bookmarks.length ? others : [...others, state.viewMs].sort((a, b) => a - b);
  return {...state, ...still, bookmarks};
};

const focusOn = (state: PlaybackState, action: Extract<PlaybackAction, {kind: 'focus'}>): PlaybackState => {
  const {panel, keep, waits} = action;
  const others = state.opened.filter((name) => name !== panel);
  const opened = keep ? [panel, ...others] : state.opened;
  return {...state, ...(waits ? still : {}), focus: panel, opened};
};

type SettingKind =
  | ('bookmark' | 'faster' | 'slower' | 'select' | 'toggleRelative' | 'toggleEyes' | 'toggleWhy')
  | ('toggleHelp' | 'language' | 'speed' | 'motion')
  /** What is open beside the run, and where the focus is. */
  | ('focus' | 'closePanel' | 'remember' | 'type' | 'stopTyping');

export const setting = (
  state: PlaybackState,
  action: Extract<PlaybackAction, {kind: SettingKind}>,
): PlaybackState => {
  switch (action.kind) {
    case 'bookmark':
      return toggleBookmark(state);
    case 'faster':
      return changeSpeed(state, 1);
    case 'slower':
      return changeSpeed(state, -1);
    case 'select':
      return select(state, action.selection);
    case 'toggleRelative':
      return {...state, relative: !state.relative};
    case 'toggleEyes':
      return {...state, eyes: state.eyes === 'ends' ? 'eavesdropper' : 'ends'};
    case 'toggleWhy':
      if (state.gate && !state.gate.replied) return state;
      return state.why ? {...state, why: undefined} : {...state, ...still, why: {event: state.event}};
    case 'toggleHelp':
      return {...state, ...(state.help ? {} : still), help: !state.help};
    case 'focus':
      return focusOn(state, action);
    case 'closePanel':
      return {...state, focus: 'ladder', opened: state.opened.filter((name) => name !== state.focus)};
    case 'remember':
      return {...state, own: {...state.own, [action.panel]: action.own}};
    case 'type':
      return {...state, ...still, typing: {panel: action.panel, text: action.text}};
    case 'stopTyping':
      return {...state, typing: undefined};
    case 'language':
      return {...state, language: action.language};
    case 'speed':
      return {...state, speed: action.speed};
    case 'motion':
      return {...state, motion: action.motion};
  }
};
