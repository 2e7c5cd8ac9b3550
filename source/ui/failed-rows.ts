// Writes an error as rows of the screen: below the screen, or instead of one that cannot be drawn.
import {plainText} from '../view/glyphs.ts';

import type {Line} from '../view/span.ts';
import {failedWords} from '../words/catalogue/failed.ts';
import {failedLines} from '../words/failed.ts';
import {cut, wrap} from '../words/width.ts';
import {terminal} from '../words/written.ts';
import type {AppState} from './app-state.ts';
import {span} from './rows.ts';
import type {Size} from './screen-output.ts';
import {glyphsOf} from './settings.ts';

/** Returns the two rows on an error that a part of the app has thrown, fewer if the window is tiny; empty without an error. */
export function failedRows({failed, preferences}: AppState, {columns, rows}: Size): readonly Line[] {
  if (failed === undefined) return [];
  const glyphs = glyphsOf(preferences);
  return failedLines(failed, preferences.language)
    .map((text) => [
      span(cut(` ${plainText(terminal.text(text), glyphs)}`, columns, glyphs.ellipsis), 'warning'),
    ])
    .slice(0, Math.max(0, rows - 1));
}

/** Returns the rows of the page that replaces a screen which cannot be drawn; empty if it can be. */
export function lastResort({undrawable, preferences}: AppState, {columns, rows}: Size): readonly Line[] {
  if (undrawable === undefined) return [];
  const {language} = preferences;
  return [...failedLines(undrawable, language), failedWords.leave[language]]
    .flatMap((text) => wrap(terminal.text(text), Math.max(1, columns - 1)))
    .slice(0, rows)
    .map((text) => [span(text)]);
}
