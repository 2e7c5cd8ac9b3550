// Reads a drawn screen without knowing how it was made: its text, its marks, and the highlighted part.
import {textWidth} from '../words/width.ts';
import type {Glyphs} from './glyphs.ts';
import type {Line, Span} from './span.ts';

/** A part of a row; columns count from 1, both included. */
export type Stretch = {readonly row: number; readonly from: number; readonly to: number};

export const textIn = (line: readonly {readonly text: string}[]): string =>
  line.map(({text}) => text).join('');

/** Returns the spans of a line between two columns, without characters that are cut in half. */
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

/** Returns the text of a line from a column on, up to a gap. */
export const wordsAt = (line: Line | undefined, {from, to}: Pick<Stretch, 'from' | 'to'>): string =>
  textIn(sliced(line ?? [], from, to))
    .trimStart()
    .split('   ')[0]
    ?.trim() ?? '';

/** Returns the rows with the mark of a list; a highlighted row ends where the highlight does. */
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
