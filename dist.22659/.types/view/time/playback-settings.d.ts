import type { Selection } from '../selection.ts';
import { type PlaybackAction, type PlaybackState } from './playback-state.ts';
export declare const still: {
    readonly playing: false;
    readonly step: undefined;
    readonly holdMs: 0;
};
/** Another packet keeps its field, which it may have too, but not a byte or a variable of the one before. */
export declare const select: (state: PlaybackState, to: Partial<Selection>) => PlaybackState;
type PanelKind = 'focus' | 'closePanel' | 'remember' | 'type' | 'stopTyping';
type SettingKind = 'bookmark' | 'faster' | 'slower' | 'select' | 'toggleRelative' | 'toggleEyes' | 'toggleWhy' | 'toggleHelp' | PanelKind | 'language' | 'speed' | 'motion';
export declare const setting: (state: PlaybackState, action: Extract<PlaybackAction, {
    kind: SettingKind;
}>) => PlaybackState;
export {};
