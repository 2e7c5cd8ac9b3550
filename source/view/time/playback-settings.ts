// The reader's actions that change how the run is shown, but not the place in it.

import {textWidth} from '../../words/width.ts';
import type {Selection} from '../selection.ts';
import {eyesNext, speedBeside} from './around.ts';
import type {Acts, PlaybackContext, PlaybackState} from './playback-state.ts';

export const still = {playing: false, step: undefined, holdMs: 0} as const;

const holdBaseMs = 1200;
const holdColumnMs = 55;
const holdMostMs = 8000;

/** Returns the time in ms for which a text stays so that it can be read. */
export const readingMs = (text: string): number =>
  Math.min(holdMostMs, holdBaseMs + holdColumnMs * textWidth(text));

/** Returns the player's state with the next or previous what-if of the ending marked. */
export const mark = (state: PlaybackState, by: 1 | -1, {whatIfs}: PlaybackContext): PlaybackState =>
  state.ending ? {...state, ending: {marked: (state.ending.marked + by + whatIfs) % whatIfs}} : state;

/**
 * Returns the player's state with another selection. If the packet changes, the selected field stays, because the new packet may have it,
 * too, but not the byte or the variable.
 */
export const select = (state: PlaybackState, to: Partial<Selection>): PlaybackState => {
  const other = 'packet' in to && to.packet !== state.selection.packet;
  const kept = other ? {...state.selection, byte: undefined, variable: undefined} : state.selection;
  return {...state, selection: {...kept, ...to}};
};

const changeSpeed = (state: PlaybackState, by: 1 | -1): PlaybackState => {
  const speed = speedBeside(state, by);
  return speed === undefined ? state : {...state, speed};
};

const toggleBookmark = (state: PlaybackState): PlaybackState => {
  const others = state.bookmarks.filter((each) => each !== state.viewMs);
  const bookmarks =
    others.length < state.bookmarks.length ? others : [...others, state.viewMs].sort((a, b) => a - b);
  return {...state, ...still, bookmarks};
};

type Setting =
  | ('bookmark' | 'faster' | 'slower' | 'select' | 'toggleRelative' | 'nextEyes' | 'toggleWhy' | 'deepenWhy')
  | ('toggleHelp' | 'language' | 'allValues' | 'plainFirst' | 'speed' | 'motion')
  /** The player's actions that open, close or focus panels, or change what a panel remembers. */
  | ('focus' | 'closePanel' | 'closeReply' | 'remember' | 'type' | 'stopTyping');

export const settings: Pick<Acts, Setting> = {
  bookmark: toggleBookmark,
  faster: (state) => changeSpeed(state, 1),
  slower: (state) => changeSpeed(state, -1),
  select: (state, {selection}) => select(state, selection),
  toggleRelative: (state) => ({...state, relative: !state.relative}),
  nextEyes: (state, _action, context) => ({...state, eyes: eyesNext(state, context)}),
  toggleWhy(state) {
    if (state.gate && !state.gate.replied) return state;
    return state.why ? {...state, why: undefined} : {...state, ...still, why: {event: state.event}};
  },
  deepenWhy: (state) => (state.why && !state.why.deep ? {...state, why: {...state.why, deep: true}} : state),
  toggleHelp: (state) => ({...state, ...(state.help ? {} : still), help: !state.help}),
  language: (state, {language}) => ({...state, language}),
  allValues: (state, {on}) => ({...state, allValues: on}),
  plainFirst: (state, {on}) => ({...state, plainFirst: on}),
  speed: (state, {speed}) => ({...state, speed}),
  motion: (state, {motion}) => ({...state, motion}),
  focus(state, {panel, keep, waits}) {
    const others = state.opened.filter((name) => name !== panel);
    const opened = keep ? [panel, ...others] : state.opened;
    return {...state, ...(waits ? still : {}), focus: panel, opened};
  },
  closeReply: (state) => ({...state, gate: undefined, why: undefined}),
  closePanel: (state) => ({
    ...state,
    focus: 'ladder',
    opened: state.opened.filter((name) => name !== state.focus),
  }),
  remember: (state, {panel, own}) => ({...state, own: {...state.own, [panel]: own}}),
  type: (state, {panel, text}) => ({...state, ...still, typing: {panel, text}}),
  stopTyping: (state) => ({...state, typing: undefined}),
};
