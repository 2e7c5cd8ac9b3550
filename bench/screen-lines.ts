// The lines of the player's screen at 120 × 40 for a place in a run: what a key press or a tick of the clock leads to.
import {unicodeGlyphs} from '../source/view/glyphs.ts';
import {scene} from '../source/view/scene.ts';
import {screen} from '../source/view/screen.ts';
import type {Line} from '../source/view/span.ts';
import type {PlaybackContext, PlaybackState} from '../source/view/time/playback-state.ts';

export const screenSize = {columns: 120, rows: 40};

export const screenLines = (context: PlaybackContext, playback: PlaybackState): readonly Line[] => {
  const shown = scene({
    ...context,
    playback,
    source: 'bench',
    title: undefined,
    runTitle: undefined,
    rule: () => undefined,
    misconception: () => undefined,
    whatIfs: [],
    message: undefined,
  });
  return screen(shown, {...screenSize, glyphs: unicodeGlyphs, keyHints: []});
};
