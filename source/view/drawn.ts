// Finds texts, marks and highlighted parts on a screen that has been drawn, from its characters and styles alone.
import {textWidth} from '../words/width.ts';
import type {Glyphs} from './glyphs.ts';
import type {Line, Span} from './span.ts';

/** A stretch of cells in one row; columns count from 1, both included. */
export type Stretch = {readonly row: number; readonly from: number; readonly to: number};

export const textIn = (line: readonly {readonly text: string}[]): string =>
  line.map(({text}) => text).join('');

/** Returns the part of a line between two columns; characters that only partly lie within are left out. */
const sliced = (line: Line, from: number, to: number): readonly Span[] => {
  let column = 1;
  return line.flatMap((span) => {
    let text = '';
    for (const character of span.text) {
      const width = textWidth(character);
      if (column >= from && column + width - 1 <= to) text += character;
      column += width;
    }
    return text === '' ? [] : [{...span, text}];
  });
};

export const lit = (lines: readonly Line[], {row, from, to}: Stretch): readonly Line[] =>
  lines.map((line, index) =>
    index + 1 === row
      ? [
          ...sliced(line, 1, from - 1),
          ...sliced(line, from, to).map((span) => ({...span, selected: true})),
          ...sliced(line, to + 1, Number.POSITIVE_INFINITY),
        ]
      : line,
  );

/** Returns the text of a screen line from a column on, up to the next gap of three spaces. */
export const wordsAt = (line: Line | undefined, {from, to}: Pick<Stretch, 'from' | 'to'>): string =>
  textIn(sliced(line ?? [], from, to))
    .trimStart()
    .split('   ')[0]
    ?.trim() ?? '';

/** Returns the highlighted parts of a screen line. */
export const selectedIn = (line: Line): readonly Pick<Stretch, 'from' | 'to'>[] => {
  let column = 1;
  return line.flatMap(({text, selected}) => {
    const from = column;
    column += textWidth(text);
    return selected ? [{from, to: column - 1}] : [];
  });
};

/**
 * Returns the stretches of the screen that begin with the mark of a list's chosen row. If the row is highlighted, its stretch ends with the
 * highlight.
 */
export const marksOn = (lines: readonly Line[], {selected: sign}: Glyphs): readonly Stretch[] =>
  lines.flatMap((line, index) => {
    let column = 1;
    const spans = line.map((span) => {
      const from = column;
      column += textWidth(span.text);
      return {...span, from, to: column - 1};
    });
    const at = spans.findIndex(({text, role}) => role === 'accent' && text.includes(sign));
    const mark = spans[at];
    if (mark === undefined) return [];
    const from = mark.from + textWidth(mark.text.slice(0, mark.text.indexOf(sign)));
    if (!mark.selected) return [{row: index + 1, from, to: column - 1}];
    const dark = spans.slice(at).findIndex(({selected}) => !selected);
    return [{row: index + 1, from, to: dark < 0 ? column - 1 : (spans[at + dark]?.from ?? column) - 1}];
  });
