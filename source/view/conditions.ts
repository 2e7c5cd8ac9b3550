// The end of the first row: under which conditions, and first that a run is not TCP.

import {textWidth} from '../words/width.ts';
import {type Canvas, muted} from './canvas.ts';
import type {Glyphs} from './glyphs.ts';

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
