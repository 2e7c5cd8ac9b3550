// A pane for tests of one panel: of a canvas all, unless they say where.
import type {Canvas} from '../../source/view/canvas.ts';
import {unicodeGlyphs} from '../../source/view/glyphs.ts';
import {Pane, type PaneOptions} from '../../source/view/pane.ts';

export const paneOn = (canvas: Canvas, options: Partial<PaneOptions> = {}): Pane => {
  const {rows, columns} = canvas;
  const region = {row: 1, column: 1, rows, columns};
  return new Pane(canvas, {
    region,
    glyphs: unicodeGlyphs,
    language: 'en',
    focused: false,
    called: (host) => host,
    ...options,
  });
};
