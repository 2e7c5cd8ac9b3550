// Draws the page on which the reader opens a capture. From top to bottom: title and folders · the typed path · the files to choose from, or
// the possible completions of the path · how to follow a live capture · a message, or the progress of reading a long file · keys.

import {formatBytes} from '../../words/format.ts';
import {openCaptureWords as say} from '../../words/open-capture.ts';
import {cut, cutStart, textWidth, wrap} from '../../words/width.ts';
import {terminal} from '../../words/written.ts';
import {accent, Canvas, muted, plain, type Style} from '../canvas.ts';
import {fitText, plainText} from '../glyphs.ts';
import {firstInSight} from '../in-sight.ts';
import {textColumn as column, type PageLook, putMark, putPageTitle} from '../list-page.ts';
import {noteSign} from '../note.ts';
import {putKeyLine} from '../page-frame.ts';
import {readingLine} from '../reading-line.ts';
import type {Line} from '../span.ts';
import {shownLine} from '../typed-line.ts';
import type {CapturesState} from './captures-state.ts';

/** Options for drawing the page that opens captures; `isOpening` is true while a capture is being opened. */
type Look = PageLook & {readonly isOpening: boolean};

const pathRow = 3;
const headingRow = 5;
const listRow = 6;
/**
 * Sizes on the page that opens captures: the least number of screen rows that show the text on live captures, the rows of the message and
 * the keys, and the widths of the columns.
 */
const rowsForLive = 18;
const noteRows = 2;
const sizeColumns = 9;
const changedColumns = 16;
const gap = 2;
/** The number of screen columns from which the list of captures shows when each file was changed. */
const columnsForChanged = 56;

/** Returns how many files the list of captures shows on a screen with this number of rows. */
export const listRows = (rows: number): number => {
  const below = rows >= rowsForLive ? noteRows + 3 : noteRows + 1;
  return Math.max(1, rows - below - listRow + 1);
};

const putPath = (canvas: Canvas, {line}: CapturesState, {language, glyphs, columns}: Look): void => {
  const word = say.path[language];
  canvas.put(pathRow, 3, word, line ? accent : muted);
  const at = 3 + textWidth(word) + 2;
  const room = columns - at - 1;
  const how = plainText(say.howToType[language], glyphs);
  if (line) canvas.put(pathRow, at, shownLine(line, room, glyphs), plain);
  else canvas.put(pathRow, at, cut(how, room, glyphs.ellipsis), muted);
};

/** Draws the file names with which the path being typed can continue, in columns. */
const putFound = (canvas: Canvas, {found}: CapturesState, {language, glyphs, columns, rows}: Look): void => {
  if (!found) return;
  const {names, more} = found;
  if (names.length === 0) return;
  const width = Math.min(
    columns - column - 1,
    Math.max(...names.map((name) => textWidth(terminal.text(name)))) + gap,
  );
  const across = Math.max(1, Math.floor((columns - column) / width));
  const room = listRows(rows);
  const fits = names.length <= room * across && more === 0;
  const shown = names.slice(0, (fits ? room : room - 1) * across);
  canvas.put(headingRow, column, say.begins(names.length + more)[language], muted);
  for (const [index, name] of shown.entries()) {
    const at = column + width * (index % across);
    const text = cut(terminal.text(name), width - gap, glyphs.ellipsis);
    canvas.put(listRow + Math.floor(index / across), at, text, plain);
  }
  const left = names.length - shown.length + more;
  const last = listRow + Math.ceil(shown.length / across);
  if (left > 0) canvas.put(last, column, `${glyphs.more} ${say.more(left)[language]}`, muted);
};

type Columns = {readonly name: number; readonly size: number; readonly changed: number | undefined};

/**
 * Returns the width of the file names in the list of captures, and the columns of sizes and times, which move left if all names are short.
 */
const columnsFor = ({offer}: CapturesState, {columns}: Look): Columns => {
  const withChanged = columns >= columnsForChanged;
  const fixed = gap + sizeColumns + (withChanged ? gap + changedColumns : 0);
  const longest = Math.max(20, ...offer.files.map(({name}) => textWidth(terminal.text(name))));
  const name = Math.max(8, Math.min(columns - column - fixed, longest));
  const size = column + name + gap + sizeColumns - 1;
  return {name, size, changed: withChanged ? size + gap + 1 : undefined};
};

const putList = (canvas: Canvas, state: CapturesState, look: Look): void => {
  const {offer, marked, line} = state;
  const {language, glyphs, columns, rows} = look;
  const {files, more, folders} = offer;
  if (files.length === 0) {
    const none = wrap(terminal.text(say.none(folders)[language]), columns - column - 1);
    for (const [index, text] of none.slice(0, 3).entries()) canvas.put(listRow + index, column, text, muted);
    return;
  }
  const places = columnsFor(state, look);
  canvas.put(headingRow, column, say.heading.name[language], muted);
  canvas.putEnd(headingRow, places.size, say.heading.size[language], muted);
  if (places.changed) canvas.put(headingRow, places.changed, say.heading.changed[language], muted);
  const room = listRows(rows);
  const first = firstInSight(marked, files.length, room);
  for (const [index, {name, bytes, changed}] of files.slice(first, first + room).entries()) {
    const row = listRow + index;
    const isMarked = first + index === marked && line === undefined;
    const style: Style = isMarked ? {...plain, selected: true} : plain;
    const beside: Style = isMarked ? {...muted, selected: true} : muted;
    // A long path is cut at its start, because paths differ at their ends.
    canvas.put(row, column, cutStart(terminal.text(name), places.name, glyphs.ellipsis), {
      ...style,
      bold: isMarked,
    });
    canvas.putEnd(row, places.size, plainText(formatBytes(bytes), glyphs), beside);
    if (places.changed) canvas.put(row, places.changed, changed, beside);
    if (isMarked) putMark(canvas, row, true, look);
  }
  const below = files.length - first - room;
  const words = below > 0 ? say.more(below + more) : more > 0 ? say.older(more) : undefined;
  const end = listRow + Math.min(files.length, room);
  if (words) canvas.put(end, column, `${glyphs.more} ${words[language]}`, muted);
};

/**
 * Draws the message below the list of captures. If there is none, draws the progress of reading a capture, or a note that one is being
 * opened.
 */
const putBelow = (canvas: Canvas, {reading}: CapturesState, look: Look): void => {
  const {columns, rows, glyphs, language, note, isOpening} = look;
  const top = rows - noteRows;
  if (note) {
    const sign = noteSign(note, glyphs);
    const at = 3 + textWidth(sign.text) + 1;
    const lines = wrap(plainText(terminal.text(note.text), glyphs), columns - at - 1);
    // A message of one line is drawn right above the keys, as on every page.
    const first = lines.length === 1 ? top + 1 : top;
    canvas.put(first, 3, sign.text, sign.style);
    for (const [index, line] of lines.slice(0, noteRows).entries())
      canvas.put(first + index, at, line, plain);
  } else if (reading) {
    const line = readingLine({...reading, hasKeys: true}, {glyphs, language});
    canvas.put(top + 1, 3, cut(line, columns - 4, glyphs.ellipsis), plain);
  } else if (isOpening) canvas.put(top + 1, column, say.opening[language], muted);
};

export const capturesScreen = (state: CapturesState, look: Look): readonly Line[] => {
  const {columns, rows, glyphs, language, keyHints} = look;
  const canvas = new Canvas(columns, rows);
  putPageTitle(canvas, say.title[language], say.inFolders(state.offer.folders)[language], look);
  putPath(canvas, state, look);
  if (state.found && state.found.names.length > 0) putFound(canvas, state, look);
  else putList(canvas, state, look);
  if (rows >= rowsForLive)
    canvas.put(rows - noteRows - 1, column, fitText(say.live[language], columns - column - 1, glyphs), muted);
  putBelow(canvas, state, look);
  putKeyLine(canvas, keyHints, {row: rows, column: 3, glyphs});
  return canvas.lines();
};
