// Draws what all pages have in common: at the end of the first row the conditions, before them a warning that a run is not TCP; in the last
// row the keys that work now.

import {textWidth} from '../words/width.ts';
import {type Canvas, muted} from './canvas.ts';
import {type Glyphs, plainText} from './glyphs.ts';

export type KeyHint = {
  readonly key: string;
  readonly label: string;
  /** True for that key in the last row of the screen which continues a run that waits for the reader. */
  readonly main?: boolean;
};

/** The number of columns and rows of a page, its signs, and the keys to show in its last row. */
export type PageFrame = {
  readonly columns: number;
  readonly rows: number;
  readonly glyphs: Glyphs;
  /** The keys for the last row, the most important first; those that do not fit are left out. */
  readonly keyHints: readonly KeyHint[];
};

/** The most keys that the last row of a page shows, because nobody reads more; the help lists the others. */
export const mostHints = 9;

export const putKeyLine = (
  canvas: Canvas,
  hints: readonly KeyHint[],
  place: {readonly row: number; readonly column: number; readonly glyphs: Glyphs},
): void => {
  let at = place.column;
  for (const hint of hints.slice(0, mostHints)) {
    const key = plainText(hint.key, place.glyphs);
    const label = plainText(hint.label, place.glyphs);
    const end = at + textWidth(key) + 1 + textWidth(label);
    if (end > canvas.columns) continue;
    canvas.put(place.row, at, key, {role: hint.main ? 'accent' : 'muted', bold: true});
    canvas.put(place.row, at + textWidth(key) + 1, label, {role: 'text'});
    at = end + 2;
  }
};

/** Returns the number of columns that the warning that a run is not TCP takes before the conditions; 0 without one. */
export const watermarkColumns = (watermark: string | undefined, glyphs: Glyphs): number =>
  watermark === undefined ? 0 : textWidth(watermark) + textWidth(glyphs.dot);

type Conditions = {
  readonly watermark: string | undefined;
  readonly conditions: string;
  readonly glyphs: Glyphs;
};

/**
 * Draws the end of a page's first row, from `column` on: the warning that a run is not TCP, which stands out, and then the conditions of
 * the run.
 */
export const putConditions = (canvas: Canvas, column: number, shown: Conditions): void => {
  const {watermark, conditions, glyphs} = shown;
  if (watermark !== undefined) {
    canvas.put(1, column, watermark, {role: 'warning', bold: true});
    canvas.put(1, column + textWidth(watermark), glyphs.dot, muted);
  }
  canvas.put(1, column + watermarkColumns(watermark, glyphs), conditions, muted);
};
