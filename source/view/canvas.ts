// The character cells of the screen while it is drawn. Texts are put at rows and columns (counted from 1); a second text in the same cell
// is ignored.

import {inCells, textWidth} from '../words/width.ts';
import type {Region} from './layout.ts';
import type {Line, Role, Span} from './span.ts';

export type Style = {readonly role: Role; readonly bold?: boolean; readonly selected?: boolean};

/** A text in one style; several pieces in a row make a line. */
export type Piece = {readonly text: string; readonly style: Style};

export const plain: Style = {role: 'text'};
export const strong: Style = {role: 'text', bold: true};
export const muted: Style = {role: 'muted'};
export const accent: Style = {role: 'accent', bold: true};
/** The style of anything that has changed at the present instant. */
export const changed: Style = {role: 'changed', bold: true};

type Cell = {text: string; style: Style};

const blank: Cell = {text: ' ', style: plain};

const sameStyle = (a: Style, b: Style): boolean =>
  a === b ||
  (a.role === b.role &&
    (a.bold ?? false) === (b.bold ?? false) &&
    (a.selected ?? false) === (b.selected ?? false));

const spanOf = (text: string, {role, bold, selected}: Style): Span => ({
  text,
  role,
  ...(bold ? {bold} : {}),
  ...(selected ? {selected} : {}),
});

export class Canvas {
  readonly columns: number;
  readonly rows: number;
  /** The number of screen cells into which a second text was put; the first text stays there. If it is above 0, there is a bug. */
  collisions = 0;
  readonly #cells: (Cell | undefined)[][];

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
    this.#cells = Array.from({length: rows}, () => []);
  }

  /** Draws a text on the screen, cell by cell. Cells that already have text keep it, and nothing is drawn beyond the last column or row. */
  put(row: number, column: number, text: string, style: Style): void {
    const cells = this.#cells[row - 1];
    if (!cells) return;
    let at = column;
    for (const character of inCells(text)) {
      const width = textWidth(character);
      const before = cells[at - 2];
      if (width === 0 && before) before.text += character;
      if (width === 0) continue;
      if (at < 1 || at + width - 1 > this.columns) return;
      if (cells[at - 1] || (width === 2 && cells[at])) this.collisions++;
      else {
        cells[at - 1] = {text: character, style};
        if (width === 2) cells[at] = {text: '', style};
      }
      at += width;
    }
  }

  putPieces(row: number, column: number, pieces: readonly Piece[]): void {
    let at = column;
    for (const {text, style} of pieces) {
      this.put(row, at, text, style);
      at += textWidth(text);
    }
  }

  /** Draws a character one cell wide, unless the screen cell already has text. */
  putBehind(row: number, column: number, text: string, style: Style): void {
    if (!this.#cells[row - 1]?.[column - 1]) this.put(row, column, text, style);
  }

  /** Fills those cells of a screen row that have no text, between two columns, with spaces of a style. */
  fill(row: number, columns: {readonly from: number; readonly to: number}, style: Style): void {
    const cells = this.#cells[row - 1];
    if (!cells) return;
    for (let at = columns.from; at <= Math.min(columns.to, this.columns); at++)
      cells[at - 1] ??= {text: ' ', style};
  }

  /**
   * Returns the longest stretch of cells without text in a screen row between two columns. If there is none, its end is before its start.
   */
  freeBetween(row: number, from: number, to: number): {readonly from: number; readonly to: number} {
    let best = {from, to: from - 1};
    let start = from;
    for (let at = from; at <= to + 1; at++) {
      if (at <= to && !this.#cells[row - 1]?.[at - 1]) continue;
      if (at - start > best.to - best.from + 1) best = {from: start, to: at - 1};
      start = at + 1;
    }
    return best;
  }

  /** Returns the last row of a screen region in which a text was drawn; undefined if the region is empty. */
  lastWritten({row, rows, column, columns}: Region): number | undefined {
    const written = (at: number): boolean =>
      this.#cells[at - 1]
        ?.slice(column - 1, column - 1 + columns)
        .some((cell) => cell && cell.text !== ' ') === true;
    return Array.from({length: rows}, (_, index) => row + index).findLast(written);
  }

  /** Runs `draw`. If it throws, restores the screen as it was before and throws the error on. */
  whole(draw: () => void): void {
    const before = this.#cells.map((cells) => [...cells]);
    try {
      draw();
    } catch (error) {
      for (const [row, cells] of before.entries()) this.#cells[row] = cells;
      throw error;
    }
  }

  /** Draws a text on the screen so that its last cell is in `column`. */
  putEnd(row: number, column: number, text: string, style: Style): void {
    this.put(row, column - textWidth(text) + 1, text, style);
  }

  lines(): Line[] {
    return this.#cells.map((cells) => {
      const spans: Span[] = [];
      let {text, style} = cells[0] ?? blank;
      for (let at = 1; at < cells.length; at++) {
        const cell = cells[at] ?? blank;
        if (sameStyle(style, cell.style)) {
          text += cell.text;
          continue;
        }
        spans.push(spanOf(text, style));
        ({text, style} = cell);
      }
      return cells.length > 0 ? [...spans, spanOf(text, style)] : spans;
    });
  }
}
