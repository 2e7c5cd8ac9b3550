// Draws curves as dots on a grid of cells: braille (2 × 4 dots in a cell), blocks (8 heights) or one ASCII sign in a cell.

import {textWidth} from '../../words/width.ts';
import type {Canvas, Style} from '../canvas.ts';
import type {Region} from '../layout.ts';

export type PlotForm = 'braille' | 'blocks' | 'ascii';

/** The look of a curve; if two curves meet in a cell, the one with the lower `rank` is drawn. */
export type Curve = {readonly style: Style; readonly sign: string; readonly rank: number};

const resolutions: {readonly [form in PlotForm]: {readonly across: number; readonly up: number}} = {
  braille: {across: 2, up: 4},
  blocks: {across: 1, up: 8},
  ascii: {across: 1, up: 1},
};

/** The bits of the dots in a braille character, by column and by dot from below (Unicode block at 2800). */
const brailleBits = [
  [0x40, 0x04, 0x02, 0x01],
  [0x80, 0x20, 0x10, 0x08],
] as const;
const blockSigns = '▁▂▃▄▅▆▇█';

type Cell = {curve: Curve; dots: number; text: string | undefined};

/**
 * A grid of dots on which the curves of a graph are drawn. Places are given as shares of the axes, from 0 (left, bottom) to 1 (right, top).
 */
export class Plot {
  readonly #region: Region;
  readonly #form: PlotForm;
  readonly #across: number;
  readonly #up: number;
  readonly #cells = new Map<number, Cell>();
  readonly #signs = new Set<number>();

  constructor(region: Region, form: PlotForm) {
    this.#region = region;
    this.#form = form;
    this.#across = region.columns * resolutions[form].across;
    this.#up = region.rows * resolutions[form].up;
  }

  /** Returns the index of the dot at a place, given as a share from 0 to 1 of an axis with `dots` dots. */
  static #dot(share: number, dots: number): number {
    return Math.max(0, Math.min(dots - 1, Math.round(share * dots - 0.5)));
  }

  column(x: number): number {
    return this.#region.column + Math.floor(Plot.#dot(x, this.#across) / resolutions[this.#form].across);
  }

  row(y: number): number {
    const {row, rows} = this.#region;
    return row + rows - 1 - Math.floor(Plot.#dot(y, this.#up) / resolutions[this.#form].up);
  }

  /** Draws a vertical line into the graph. */
  upright(x: number, from: number, to: number, curve: Curve): void {
    const at = Plot.#dot(x, this.#across);
    const [low, high] = [Plot.#dot(Math.min(from, to), this.#up), Plot.#dot(Math.max(from, to), this.#up)];
    for (let dot = low; dot <= high; dot++) this.#set(at, dot, curve);
  }

  /** Draws a horizontal line into the graph; of its dots, only those at multiples of `step` are set. */
  level(from: number, to: number, y: number, {curve, step = 1}: {curve: Curve; step?: number}): void {
    const [first, last] = [Plot.#dot(from, this.#across), Plot.#dot(to, this.#across)];
    for (let dot = first; dot <= last; dot++)
      if (dot % step === 0) this.#set(dot, Plot.#dot(y, this.#up), curve);
  }

  /** Draws a sign at a place of the graph, over the curves. */
  sign(x: number, y: number, text: string, style: Style): void {
    this.#signs.add(this.#key(this.row(y), this.column(x)));
    this.#write(this.row(y), this.column(x), text, style);
  }

  /** Tells whether a cell of the graph contains a sign or label. */
  hasSign(row: number, column: number): boolean {
    return this.#signs.has(this.#key(row, column));
  }

  /** Draws a label and returns true, if its cells and one cell on either side are free; otherwise draws nothing and returns false. */
  label(row: number, column: number, text: string, style: Style): boolean {
    const {row: top, rows, column: left, columns} = this.#region;
    const width = textWidth(text);
    if (row < top || row >= top + rows || column < left || column + width > left + columns) return false;
    for (let at = column - 1; at <= column + width; at++)
      if (this.#cells.has(this.#key(row, at))) return false;
    let at = column;
    for (const character of text) at = this.#write(row, at, character, style);
    return true;
  }

  /** Writes a text into the graph from a cell on, and returns the column after the text. */
  #write(row: number, column: number, text: string, style: Style): number {
    const end = column + Math.max(1, textWidth(text));
    for (let at = column; at < end; at++) {
      const sign = at === column ? text : '';
      this.#cells.set(this.#key(row, at), {curve: {style, sign, rank: -1}, dots: 0, text: sign});
    }
    return end;
  }

  put(canvas: Canvas): void {
    for (const [key, {curve, dots, text}] of this.#cells) {
      const shown = text ?? this.#picture(curve, dots);
      if (shown !== '') canvas.put(Math.floor(key / 1000), key % 1000, shown, curve.style);
    }
  }

  #picture(curve: Curve, dots: number): string {
    if (this.#form === 'ascii') return curve.sign;
    return this.#form === 'blocks' ? (blockSigns[dots - 1] ?? '') : String.fromCodePoint(0x2800 + dots);
  }

  /** Returns the key of a graph's cell in the map of cells; it is unique because a graph has fewer than a thousand columns. */
  #key(row: number, column: number): number {
    return row * 1000 + column;
  }

  #set(across: number, up: number, curve: Curve): void {
    const {across: wide, up: high} = resolutions[this.#form];
    const {row, rows, column} = this.#region;
    const key = this.#key(row + rows - 1 - Math.floor(up / high), column + Math.floor(across / wide));
    const before = this.#cells.get(key);
    if (before?.text !== undefined) return;
    const bit =
      this.#form === 'braille'
        ? (brailleBits[across % 2]?.[up % 4] ?? 0)
        : this.#form === 'blocks'
          ? (up % 8) + 1
          : 1;
    const stays = before !== undefined && before.curve.rank <= curve.rank;
    const dots =
      this.#form === 'braille'
        ? (before?.dots ?? 0) | bit
        : stays && before.curve !== curve
          ? before.dots
          : Math.max(stays ? before.dots : 0, bit);
    this.#cells.set(key, {curve: stays ? before.curve : curve, dots, text: undefined});
  }
}
