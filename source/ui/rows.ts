// Builds rows of styled text for the menu, Settings and the key line.
import {fitText, type Glyphs} from '../view/glyphs.ts';
import type {Line, Role, Span} from '../view/span.ts';
import {padEnd, repeated, textWidth} from '../words/width.ts';

export const blank: Line = [];

export function span(text: string, role: Role = 'text'): Span {
  return {text, role};
}

export function bold(text: string, role: Role = 'text'): Span {
  return {text, role, bold: true};
}

/** Returns a row with one text at the left and one at the right, which is left out if it does not fit. The last column stays free. */
export function twoEnds(left: Span, right: Span, columns: number): Line {
  const gap = columns - 1 - textWidth(left.text) - textWidth(right.text);
  return gap < 2 ? [left] : [left, span(repeated(' ', gap)), right];
}

/** Returns a text, or an empty one if it would have to be cut. */
export function wholeOrNothing(text: string, columns: number): string {
  return textWidth(text) <= columns ? text : '';
}

type Cell = {
  readonly text: string;
  readonly width: number;
  readonly role?: Role;
  readonly bold?: boolean;
};

/** Returns the spans of cells with fixed widths, cut to `width` columns in all. */
function cells(all: readonly Cell[], width: number, glyphs: Glyphs): Line {
  let left = width;
  const line: Span[] = [];
  for (const {text, width: wanted, role = 'text', bold: isBold = false} of all) {
    const columns = Math.min(wanted, left);
    if (columns <= 0) break;
    left -= columns;
    line.push({
      text: padEnd(fitText(text, columns, glyphs), columns),
      role,
      ...(isBold ? {bold: true} : {}),
    });
  }
  return left > 0 ? [...line, span(repeated(' ', left))] : line;
}

/**
 * How a marked row of the menu is drawn: its list has the keys (`here`), the list after it has them (`through`), or the reader has not yet
 * come to its list (`ahead`).
 */
export type Marking = 'here' | 'through' | 'ahead';

type RowOptions = {
  readonly label: Cell;
  readonly rest: readonly Cell[];
  readonly width: number;
  readonly glyphs: Glyphs;
  readonly isMarked: boolean;
  readonly marking: Marking;
};

export function listRow({label, rest, width, glyphs, isMarked, marking}: RowOptions): Line {
  if (!isMarked || marking === 'ahead') return cells([{text: '', width: 3}, label, ...rest], width, glyphs);
  const isHere = marking === 'here';
  const mark: Cell = {text: ` ${glyphs.selected}`, width: 3, role: isHere ? 'accent' : 'muted'};
  const marked = cells([mark, {...label, bold: isHere}, ...rest], width, glyphs);
  return isHere ? marked.map((part) => ({...part, selected: true})) : marked;
}

export function blanks(rows: number): readonly Line[] {
  return Array.from({length: Math.max(0, rows)}, () => blank);
}

/** Returns the key line, the last row of the screen, from the keys with their labels. */
export function keyLine(hints: readonly {readonly key: string; readonly label: string}[]): Line {
  return [span(' '), ...hints.flatMap(({key, label}) => [span(' '), bold(key, 'muted'), span(` ${label} `)])];
}
