// What every page has: what it is drawn into, at the end of the first row under which conditions and first that a run is not TCP, and in
// the last row the keys that work now, at most nine, as many as fit.

import {textWidth} from '../words/width.ts';
import {type Canvas, muted} from './canvas.ts';
import {type Glyphs, plainText} from './glyphs.ts';

export type KeyHint = {
  readonly key: string;
  readonly label: string;
  /** The run waits for the reader, and this key goes on. */
  readonly main?: boolean;
};

/** What a page is drawn into, and with. */
export type PageFrame = {
  readonly columns: number;
  readonly rows: number;
  readonly glyphs: Glyphs;
  /** Most important first; what does not fit is left out. */
  readonly keyHints: readonly KeyHint[];
};

/** More than these nobody reads; what is left out stands in the help. */
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

/** Columns that a watermark takes before the conditions. */
export const watermarkColumns = (watermark: string | undefined, glyphs: Glyphs): number =>
  watermark === undefined ? 0 : textWidth(watermark) + textWidth(glyphs.dot);

type Conditions = {
  readonly watermark: string | undefined;
  readonly conditions: string;
  readonly glyphs: Glyphs;
};

/** The end of the first row, from `column` on; that a run is not TCP comes first and stands out. */
export const putConditions = (canvas: Canvas, column: number, shown: Conditions): void => {
  const {watermark, conditions, glyphs} = shown;
  if (watermark !== undefined) {
    canvas.put(1, column, watermark, {role: 'warning', bold: true});
    canvas.put(1, column + textWidth(watermark), glyphs.dot, muted);
  }
  canvas.put(1, column + watermarkColumns(watermark, glyphs), conditions, muted);
};
