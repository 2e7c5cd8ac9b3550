// The page that asks how a conversation is to be written. From top to bottom: which one and where to · the forms · the file's name · a
// question or a message · keys.

import type {Language} from '../../lesson/text.ts';
import {exportFormats, exportWords as say} from '../../words/export-form.ts';
import {cut, cutStart, padEnd, textWidth} from '../../words/width.ts';
import {terminal} from '../../words/written.ts';
import {Canvas, type Style} from '../canvas.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import {firstInSight} from '../in-sight.ts';
import {type KeyHint, putKeyLine} from '../key-line.ts';
import {type Note, noteSign} from '../note.ts';
import type {Line} from '../span.ts';
import {shownLine} from '../typed-line.ts';
import {type ExportForm, fileOf} from './export-form.ts';

type Look = {
  readonly columns: number;
  readonly rows: number;
  readonly glyphs: Glyphs;
  readonly language: Language;
  readonly keyHints: readonly KeyHint[];
  readonly note?: Note | undefined;
  /** In the place of the note: what goes on. */
  readonly under?: string | undefined;
};

const muted: Style = {role: 'muted'};
const plain: Style = {role: 'text'};
const accent: Style = {role: 'accent', bold: true};

const column = 5;
const firstRow = 3;
const nameColumns = 10;
/** Title and an empty row above the forms; the file's name, what is said, and the keys below. */
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
    if (!isMarked) continue;
    canvas.put(row, 3, glyphs.selected, {...accent, ...has});
    if (line === undefined) canvas.fill(row, {from: 2, to: columns - 1}, {...plain, selected: true});
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

const putSaid = (canvas: Canvas, form: ExportForm, look: Look): void => {
  const {columns, rows, glyphs, language, note, under} = look;
  const sign = note && noteSign(note, glyphs);
  const at = sign ? 3 + textWidth(sign.text) + 1 : column;
  const asked = form.asks ? say.replace(fileOf(form))[language] : undefined;
  const text = plainText(terminal.text(note?.text ?? asked ?? under ?? ''), glyphs);
  if (sign) canvas.put(rows - 1, 3, sign.text, sign.style);
  else if (asked) canvas.put(rows - 1, 3, '?', accent);
  canvas.put(rows - 1, at, cut(text, columns - at - 1, glyphs.ellipsis), plain);
};

export const exportScreen = (form: ExportForm, look: Look): readonly Line[] => {
  const {columns, rows, glyphs, language, keyHints} = look;
  const canvas = new Canvas(columns, rows);
  const title = say.title(form.title)[language];
  canvas.put(1, 2, title, {...plain, bold: true});
  const room = columns - textWidth(title) - 6;
  if (room > 8)
    canvas.putEnd(
      1,
      columns - 1,
      cutStart(terminal.text(say.inFolder(form.folder)[language]), room, glyphs.ellipsis),
      muted,
    );
  const below = putForms(canvas, form, look);
  // An empty row stands between, where there is room for one.
  putFile(canvas, form, below + (below + 1 < rows - 1 ? 1 : 0), look);
  putSaid(canvas, form, look);
  putKeyLine(canvas, keyHints, {row: rows, column: 3, glyphs});
  return canvas.lines();
};
