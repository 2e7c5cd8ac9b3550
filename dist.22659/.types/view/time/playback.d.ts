import type { Language } from '../../lesson/text.ts';
import type { Motion, PlaybackAction, PlaybackContext, PlaybackState, Speed } from './playback-state.ts';
export type PlaybackPreferences = {
    readonly language: Language;
    readonly motion: Motion;
    readonly speed: Speed;
    readonly stopAtBeats: boolean;
    /** Whether it starts to play by itself. */
    readonly playing: boolean;
};
export declare const startPlayback: (preferences: PlaybackPreferences) => PlaybackState;
/** How long a text is left to be read, in ms. */
export declare const readingMs: (text: string) => number;
export declare const playback: (state: PlaybackState, action: PlaybackAction, context: PlaybackContext) => PlaybackState;
/** Milliseconds until the next tick is wanted; undefined: nothing moves, no timer may run. */
export declare const tickInterval: (state: PlaybackState, context: PlaybackContext) => number | undefined;
