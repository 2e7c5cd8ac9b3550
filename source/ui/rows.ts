// Small builders of styled rows for the menu and Settings.
import type {Line, Role, Span} from '../present/span.ts';
import {cut, padEnd, textWidth} from '../present/width.ts';

export const blank: Line = [];

export function span(text: string, role: Role = 'text'): Span {
  return {text, role};
}

export function bold(text: string, role: Role = 'text'): Span {
  return {text, role, bold: true};
}

/** Something left and something right; the last column stays free, what does not fit right is left out. */
export function twoEnds(left: Span, right: Span, columns: number): Line {
  const gap = columns - 1 - textWidth(left.text) - textWidth(right.text);
  return gap < 2 ? [left] : [left, span(' '.repeat(gap)), right];
}

type Cell = {
  readonly text: string;
  readonly width: number;
  readonly role?: Role;
  readonly bold?: boolean;
};

/** Cells of fixed widths, cut where they must be, in a row of `width` columns. */
export function cells(all: readonly Cell[], width: number): Line {
  let left = width;
  const line: Span[] = [];
  for (const {text, width: wanted, role = 'text', bold: isBold = false} of all) {
    const columns = Math.min(wanted, left);
    if (columns <= 0) break;
    left -= columns;
    line.push({text: padEnd(cut(text, columns), columns), role, ...(isBold ? {bold: true} : {})});
  }
  return left > 0 ? [...line, span(' '.repeat(left))] : line;
}

/** The row that has the mark and the keys. */
export function selected(line: Line): Line {
  return line.map((part) => ({...part, selected: true}));
}

/** A line of keys: the keys stand out, their labels do not. */
export function keyLine(hints: readonly {readonly key: string; readonly label: string}[]): Line {
  return [span(' '), ...hints.flatMap(({key, label}) => [span(' '), bold(key), span(` ${label} `, 'muted')])];
}
