// A screen that is being drawn: text is put at rows and columns (counted from 1), each cell is written at most once.

import {inCells, textWidth} from '../words/width.ts';
import type {Region} from './layout.ts';
import type {Line, Role, Span} from './span.ts';

export type Style = {readonly role: Role; readonly bold?: boolean; readonly selected?: boolean};

/** Text in one style, to be put after other text. */
export type Piece = {readonly text: string; readonly style: Style};

export const plain: Style = {role: 'text'};
export const strong: Style = {role: 'text', bold: true};
export const muted: Style = {role: 'muted'};
export const accent: Style = {role: 'accent', bold: true};
/** The style of what is new in the present instant. */
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
  /** The number of cells that two texts wanted, of which the first one keeps them; above 0 only if there is a bug. */
  collisions = 0;
  readonly #cells: (Cell | undefined)[][];

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
    this.#cells = Array.from({length: rows}, () => []);
  }

  /** Puts a text. Nothing is written beyond the last row or column. */
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

  /** Puts a text of one cell if nothing was put there. */
  putBehind(row: number, column: number, text: string, style: Style): void {
    if (!this.#cells[row - 1]?.[column - 1]) this.put(row, column, text, style);
  }

  /** Gives a style to the cells of a row in which nothing was put. */
  fill(row: number, columns: {readonly from: number; readonly to: number}, style: Style): void {
    const cells = this.#cells[row - 1];
    if (!cells) return;
    for (let at = columns.from; at <= Math.min(columns.to, this.columns); at++)
      cells[at - 1] ??= {text: ' ', style};
  }

  /** Returns the last of these rows that has a text in these columns; undefined if none has. */
  lastWritten({row, rows, column, columns}: Region): number | undefined {
    const written = (at: number): boolean =>
      this.#cells[at - 1]
        ?.slice(column - 1, column - 1 + columns)
        .some((cell) => cell && cell.text !== ' ') === true;
    return Array.from({length: rows}, (_, index) => row + index).findLast(written);
  }

  /** Runs `draw`; if it throws, everything that it put is removed. */
  whole(draw: () => void): void {
    const before = this.#cells.map((cells) => [...cells]);
    try {
      draw();
    } catch (error) {
      for (const [row, cells] of before.entries()) this.#cells[row] = cells;
      throw error;
    }
  }

  /** Puts a text so that it ends in `column`. */
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
