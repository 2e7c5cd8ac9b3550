// Draws the page that asks how to export a conversation. From top to bottom: the conversation and the folder · the formats · the file's
// name · a question or a message · keys.

import {exportFormats, exportWords as say} from '../../words/export-form.ts';
import {cut, cutStart, padEnd, textWidth} from '../../words/width.ts';
import {terminal} from '../../words/written.ts';
import {accent, Canvas, muted, plain} from '../canvas.ts';
import {plainText} from '../glyphs.ts';
import {firstInSight} from '../in-sight.ts';
import {textColumn as column, type PageLook, putMark, putPageFoot, putPageTitle} from '../list-page.ts';
import type {Line} from '../span.ts';
import {shownLine} from '../typed-line.ts';
import {type ExportForm, fileOf} from './export-form.ts';

/** Options for drawing the export page; `under` is a text on what the program is doing now, such as writing the file. */
type Look = PageLook & {readonly under?: string | undefined};

const firstRow = 3;
const nameColumns = 10;
/** The number of rows of the export page apart from the formats: the title, blank row, file name, message and keys. */
const otherRows = 5;

const putForms = (canvas: Canvas, {offered, marked, line}: ExportForm, look: Look): number => {
  const {columns, rows, glyphs, language} = look;
  const room = Math.max(1, Math.min(offered.length, rows - otherRows));
  const first = firstInSight(marked, offered.length, room);
  for (const [index, {format}] of offered.slice(first, first + room).entries()) {
    const row = firstRow + index;
    const isMarked = first + index === marked;
    const has = isMarked && line === undefined ? {selected: true} : {};
    const what = cut(
      plainText(exportFormats[format].what[language], glyphs),
      columns - column - nameColumns - 1,
    );
    canvas.put(row, column, padEnd(format, nameColumns), {...plain, ...has, bold: isMarked});
    canvas.put(row, column + nameColumns, what, {...muted, ...has});
    if (isMarked) putMark(canvas, row, line === undefined, look);
  }
  return firstRow + room;
};

const putFile = (canvas: Canvas, form: ExportForm, row: number, {columns, glyphs, language}: Look): void => {
  const word = say.file[language];
  const at = column + textWidth(word) + 2;
  const room = columns - at - 1;
  canvas.put(row, column, word, form.line ? accent : muted);
  const name = form.line
    ? shownLine(form.line, room, glyphs)
    : cutStart(terminal.text(fileOf(form)), room, glyphs.ellipsis);
  canvas.put(row, at, name, plain);
};

export const exportScreen = (form: ExportForm, look: Look): readonly Line[] => {
  const {columns, rows, language, under} = look;
  const canvas = new Canvas(columns, rows);
  putPageTitle(canvas, say.title(form.title)[language], say.inFolder(form.folder)[language], look);
  const below = putForms(canvas, form, look);
  // On the export page, a blank row separates the formats from the file's name if there is room.
  putFile(canvas, form, below + (below + 1 < rows - 1 ? 1 : 0), look);
  const asked = form.asks ? say.replace(fileOf(form))[language] : undefined;
  putPageFoot(canvas, look, {asked, under});
  return canvas.lines();
};
