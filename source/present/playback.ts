// The player as a pure reducer: what each action makes of the state.
import type {Language} from '../lesson/lesson.ts';
import type {Motion, PlaybackAction, PlaybackContext, PlaybackState, Speed} from './playback-state.ts';

export type PlaybackPreferences = {
  readonly language: Language;
  readonly motion: Motion;
  readonly speed: Speed;
  readonly stopAtBeats: boolean;
  /** Whether it starts to play by itself. */
  readonly playing: boolean;
};

export const startPlayback = (preferences: PlaybackPreferences): PlaybackState => ({
  ...preferences,
  viewMs: 0,
  step: undefined,
  holdMs: 0,
  lastStepAtMs: undefined,
  answers: {},
  gate: undefined,
  selected: undefined,
  relative: false,
  why: undefined,
  help: false,
});

export const playback = (
  state: PlaybackState,
  _action: PlaybackAction,
  _context: PlaybackContext,
): PlaybackState => state;

/** Milliseconds until the next tick is wanted; undefined: nothing moves, no timer may run. */
export const tickInterval = (_state: PlaybackState, _context: PlaybackContext): number | undefined => undefined;
