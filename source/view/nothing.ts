// A panel that has nothing to show yet: its name, and what will stand here.
import type {Text} from '../lesson/text.ts';
import {cut, wrap} from '../words/width.ts';
import type {Canvas} from './canvas.ts';
import {plainText} from './glyphs.ts';
import type {PanelDrawing} from './panel.ts';
import type {View} from './view.ts';

export const putNothing = (
  canvas: Canvas,
  {language}: View,
  {title, text}: {readonly title: Text; readonly text: Text},
  {region, glyphs, focused}: PanelDrawing,
): void => {
  const {row, rows, column, columns} = region;
  const name = cut(title[language], columns, glyphs.ellipsis);
  canvas.put(row, column, name, focused ? {role: 'accent', bold: true} : {role: 'muted'});
  const lines = wrap(plainText(text[language], glyphs), columns).slice(0, Math.max(0, rows - 1));
  for (const [index, line] of lines.entries()) canvas.put(row + 1 + index, column, line, {role: 'muted'});
};
