// Returns the content of a page over the player, in the form in which `view` draws it.

import {compareLines} from '../view/compare/compare-screen.ts';
import {alterSheet} from '../view/forks/alter-sheet.ts';
import {forkSheet} from '../view/forks/fork-sheet.ts';
import {settledVary} from '../view/forks/vary.ts';
import {varySheet} from '../view/forks/vary-sheet.ts';
import type {Glyphs} from '../view/glyphs.ts';
import type {ScreenOptions} from '../view/screen.ts';
import type {Line} from '../view/span.ts';
import {hiddenFieldsOf} from '../view/view.ts';
import {traceOfFork} from './fork-state.ts';
import {settablesNow} from './fork-world.ts';
import type {CompareOverlay} from './overlay.ts';
import {lookOf, type PlayerState} from './player.ts';

export function sheetOf(player: PlayerState, glyphs: Glyphs): ScreenOptions['sheet'] {
  const {overlay, forks, run, playback} = player;
  const {language} = playback;
  if (overlay?.kind === 'alter') {
    const {state, problem} = overlay;
    const hidden = hiddenFieldsOf(lookOf(player), state.packet);
    return () => alterSheet(state, {trace: run.trace, language, glyphs, hidden, problem});
  }
  if (overlay?.kind === 'vary') {
    const {problem} = overlay;
    const settables = settablesNow(player);
    const state = settledVary(settables, overlay.state);
    return (columns) => varySheet(state, {trace: run.trace, language, glyphs, columns, settables, problem});
  }
  if (overlay?.kind !== 'forks' || forks === undefined) return undefined;
  const {marked, notice} = overlay;
  const traceOf = (id: number) => traceOfFork(player, id);
  return (columns) => forkSheet({tree: forks.tree, marked, traceOf, language, glyphs, columns, notice});
}

export function compareScreen(
  {run, playback: {language}}: PlayerState,
  {comparison, state, sides, notice, told}: CompareOverlay,
  options: ScreenOptions,
): readonly Line[] {
  const {source} = run;
  return compareLines(comparison, state, {
    ...options,
    language,
    source,
    sides,
    told,
    notice: notice?.[language],
  });
}
