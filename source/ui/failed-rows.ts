// Writes errors as rows: below a screen, or in place of one that cannot be drawn.
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

/** Returns the two rows on an error; in a tiny window only as many as leave one row for the screen; none without an error. */
export function failedRows({failed, preferences}: AppState, {columns, rows}: Size): readonly Line[] {
  if (failed === undefined) return [];
  const glyphs = glyphsOf(preferences);
  return failedLines(failed, preferences.language)
    .map((text) => [
      span(cut(` ${plainText(terminal.text(text), glyphs)}`, columns, glyphs.ellipsis), 'warning'),
    ])
    .slice(0, Math.max(0, rows - 1));
}

/** Returns the rows in place of a screen that cannot be drawn; none if it can. */
export function lastResort({undrawable, preferences}: AppState, {columns, rows}: Size): readonly Line[] {
  if (undrawable === undefined) return [];
  const {language} = preferences;
  return [...failedLines(undrawable, language), failedWords.leave[language]]
    .flatMap((text) => wrap(terminal.text(text), Math.max(1, columns - 1)))
    .slice(0, rows)
    .map((text) => [span(text)]);
}
