// The last row: the keys that work now, at most nine, as many as fit.

import {textWidth} from '../words/width.ts';
import type {Canvas} from './canvas.ts';
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
