// The part of the screen in which a panel draws: rows and columns count from 0 at its corner, text is cut at its end, and signs are those
// of the terminal.

import type {Language, Text} from '../lesson/text.ts';
import {playerTexts} from '../words/catalogue/player.ts';
import {formatCount} from '../words/format.ts';
import {textWidth, wrap} from '../words/width.ts';
import {accent, type Canvas, muted, type Style} from './canvas.ts';
import {fitText, type Glyphs, plainText} from './glyphs.ts';
import type {Region} from './layout.ts';

export type PaneOptions = {
  readonly region: Region;
  readonly glyphs: Glyphs;
  readonly language: Language;
  readonly focused: boolean;
  readonly called: (host: string) => string;
};

/** The least number of rows of a panel's list in which a row may tell how many rows are hidden. */
export const leastForCounts = 4;

/**
 * A list in a panel whose rows are shown from the index `from` on. If rows above or below are hidden, the first or last row tells how many.
 */
type Scrolled<Row> = {
  readonly rows: readonly Row[];
  readonly from: number;
  readonly room: number;
  /** The numbers of rows hidden above and below the shown ones. @default computed from `rows` */
  readonly above?: number;
  readonly below?: number;
  /** The row and the column of the pane at which the list begins. @default 0 */
  readonly at?: number;
  readonly column?: number;
  /** False if no row of the list may be used to count hidden rows, because there are few. @default true */
  readonly counts?: boolean;
  /** Returns the text for the row that counts the hidden rows above. @default the number of hidden rows */
  readonly earlier?: (count: number) => string;
  /** Returns the text for the row that counts the hidden rows below. @default as `earlier` */
  readonly later?: (count: number) => string;
  readonly put: (row: Row, at: number, index: number) => void;
};

export class Pane {
  readonly canvas: Canvas;
  readonly region: Region;
  readonly glyphs: Glyphs;
  readonly language: Language;
  readonly focused: boolean;
  /** Returns the name under which the screen shows a host of the trace. */
  readonly called: (host: string) => string;

  constructor(canvas: Canvas, {region, glyphs, language, focused, called}: PaneOptions) {
    this.canvas = canvas;
    this.region = region;
    this.glyphs = glyphs;
    this.language = language;
    this.focused = focused;
    this.called = called;
  }

  get rows(): number {
    return this.region.rows;
  }

  get columns(): number {
    return this.region.columns;
  }

  /** The style of headings, which are highlighted while the panel has the focus. */
  get headStyle(): Style {
    return this.focused ? accent : muted;
  }

  plain(text: string): string {
    return plainText(text, this.glyphs);
  }

  /** Returns a text in the signs of the terminal, cut to a number of columns. */
  fit(text: string, columns: number): string {
    return fitText(text, columns, this.glyphs);
  }

  /** Puts a text into the panel's row, cut to `room` columns, and returns the column after it. */
  put(row: number, column: number, text: string, style: Style, room = this.columns - column): number {
    const shown = this.fit(text, room);
    if (row < this.rows) this.canvas.put(this.region.row + row, this.region.column + column, shown, style);
    return column + textWidth(shown);
  }

  /** Puts a text into the panel's row so that its last cell is in the column `end`. */
  putEnd(row: number, text: string, style: Style, end = this.columns - 1): void {
    if (row < this.rows)
      this.canvas.putEnd(this.region.row + row, this.region.column + end, this.plain(text), style);
  }

  /** Fills the free cells of a row, from a column on, with spaces of a style. */
  fill(row: number, column: number, style: Style): void {
    const {row: top, column: left} = this.region;
    if (row < this.rows)
      this.canvas.fill(top + row, {from: left + column, to: left + this.columns - 1}, style);
  }

  /** Puts a text into the panel, wrapped to at most `most` lines, and returns how many lines it took. */
  putWrapped(row: number, text: string, style: Style, most = this.rows - row): number {
    const lines = wrap(this.plain(text), this.columns).slice(0, Math.max(0, most));
    for (const [index, line] of lines.entries()) this.put(row + index, 0, line, style);
    return lines.length;
  }

  /** Puts the title of a panel that has nothing to show yet, and a text on what will be shown there. */
  putNothing(title: Text, text: Text): void {
    this.put(0, 0, title[this.language], this.headStyle);
    this.putWrapped(1, text[this.language], muted);
  }

  putScrolled<Row>(scrolled: Scrolled<Row>): void {
    const {rows, from, room, at = 0, column = 0, counts = true, put} = scrolled;
    const {above = from, below = rows.length - from - room} = scrolled;
    const {earlier = (count) => `${formatCount(count)} ${playerTexts.more[this.language]}`, later = earlier} =
      scrolled;
    for (const [index, row] of rows.slice(from, from + room).entries())
      if (counts && index === 0 && above > 0)
        this.put(at, column, `${this.glyphs.earlier} ${earlier(above + 1)}`, muted);
      else if (counts && index === room - 1 && below > 0)
        this.put(at + index, column, `${this.glyphs.more} ${later(below + 1)}`, muted);
      else put(row, at + index, from + index);
  }

  /**
   * Returns a part of the panel's area as a pane of its own, placed relative to this pane's corner; by default it extends to this pane's
   * ends.
   */
  part({
    row = 0,
    rows = this.rows - row,
    column = 0,
    columns = this.columns - column,
  }: Partial<Region>): Pane {
    const region = {row: this.region.row + row, rows, column: this.region.column + column, columns};
    return new Pane(this.canvas, {...this, region});
  }
}
