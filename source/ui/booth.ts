// Plays without a reader, as at a booth: goes on from a screen after long enough for reading it, and after a lesson to the next one.
import {atEnd} from '../view/time/waypoints.ts';
import {pressKey} from './app-keys.ts';
import type {AppState, Outcome} from './app-state.ts';
import {keyContext} from './key-context.ts';
import type {KeyContext} from './key-entry.ts';
import {begin, only, play} from './leaving.ts';
import type {Press} from './player.ts';

/** How long each kind of screen stays, in ms, before an unattended player goes on; long enough to read it. */
const readMs: {readonly [context in KeyContext]?: number} = {
  opening: 12_000,
  question: 15_000,
  reply: 15_000,
  ending: 10_000,
  closing: 10_000,
};
/** The time in ms after a key before an unattended player goes on, because the reader who pressed it may still be there. */
const attendedMs = 60_000;
/** The time in ms between two ticks of an unattended player while nothing moves; it need not be exact. */
const tickMs = 1000;

const nextLesson = (state: AppState): Outcome => {
  const {lessons, player} = state;
  const place = lessons.findIndex(({id}) => id === player?.run.source);
  const next = lessons[(place + 1) % lessons.length];
  if (place < 0 || next === undefined) return only(state);
  return begin(state, next.id, {kind: 'open', lesson: next.id});
};

const keys: {readonly [context in KeyContext]?: string} = {
  opening: 'enter',
  reply: 'enter',
  player: 'space',
};

/**
 * Returns the outcome of going on from a screen of an unattended player: an open question shows its answer, and after the end of a lesson
 * comes the next one.
 */
export const movedOn = (state: AppState, press: Omit<Press, 'key'>): Outcome => {
  const context = keyContext(state);
  const {player} = state;
  if (player === undefined || state.opening !== undefined) return only(state);
  const isLesson = state.lessons.some(({id}) => id === player.run.source);
  const isOver = atEnd(player.playback, player.context);
  const ended = context === 'ending' || context === 'closing' || (context === 'player' && isOver);
  if (ended && isLesson && player.beneath === undefined) return nextLesson(state);
  if (ended) return pressKey(state, {...press, key: player.beneath === undefined ? 'g' : 'q'});
  if (context === 'question') return only(play(state, {kind: 'reveal'}));
  return pressKey(state, {...press, key: keys[context] ?? 'escape'});
};

export type Booth = {
  /** Returns the time in ms until the next tick while nothing moves; undefined unless the app is in the player and plays unattended. */
  interval(state: AppState): number | undefined;
  /** Counts `ms` for which the screen has stayed the same; returns true once that is long enough for an unattended player to go on. */
  passed(ms: number, state: AppState, moves: boolean): boolean;
  /** Called when a key is pressed: somebody is there, so the unattended player waits longer. */
  touched(): void;
};

export const makeBooth = (): Booth => {
  let isAttended = false;
  let rested: {readonly context: KeyContext; readonly ms: number} | undefined;
  const isOurs = ({preferences, screen, suspended}: AppState): boolean =>
    preferences.unattended === true && screen === 'player' && !suspended;
  return {
    interval: (state) => (isOurs(state) ? tickMs : undefined),
    passed(ms, state, moves) {
      if (!isOurs(state) || moves) {
        rested = undefined;
        return false;
      }
      const context = keyContext(state);
      const sofar = (rested?.context === context ? rested.ms : 0) + ms;
      const enough = isAttended ? attendedMs : (readMs[context] ?? attendedMs);
      rested = {context, ms: sofar};
      if (sofar < enough) return false;
      isAttended = false;
      rested = undefined;
      return true;
    },
    touched() {
      isAttended = true;
      rested = undefined;
    },
  };
};
