// Lays out a page in sections, with labels at the left and their content at the right; for the screen, a transcript, or a screen reader.

import type {Language} from '../../lesson/text.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {spokenSentence} from '../../words/spoken.ts';
import {cutAt, padEnd, repeated, textWidth, wrapWhole} from '../../words/width.ts';
import {muted, plain, type Style, strong} from '../canvas.ts';
import type {Glyphs} from '../glyphs.ts';
import {accent, blankRow, firstColumn, type PageRow, textColumns} from '../quiz/row.ts';

type Entry = {
  /** The bold text at the beginning of an entry, in a column of its own. */
  readonly head?: string;
  readonly text: string;
  /** The sign after an entry's text, and what a screen reader says for the sign. */
  readonly sign?: {readonly text: string; readonly said: string; readonly good: boolean} | undefined;
};

export type Section = {
  readonly label: string;
  readonly entries: readonly Entry[];
  /**
   * Set if the reader can choose the section, which then has one row for each entry, without gaps. `marked`: it is the one that he has
   * marked.
   */
  readonly choice?: 'marked' | 'free';
};

type SectionRow = {
  readonly label: string;
  readonly head: string;
  readonly text: string;
  readonly sign?: Entry['sign'];
  readonly choice?: Section['choice'];
};

const gap = 3;
const listMarks = Object.values(punctuation.listComma);
const good: Style = {role: 'right', bold: true};

/**
 * Returns the column at which the content of a page's sections begins, at the right of their labels, counted from the left edge of the
 * page.
 */
const headColumn = (sections: readonly Section[]): number =>
  Math.max(...sections.map(({label}) => textWidth(label))) + gap;

const headWidth = ({entries}: Section): number => {
  const widest = Math.max(0, ...entries.map(({head = ''}) => textWidth(head)));
  return widest === 0 ? 0 : widest + gap;
};

/** Returns a page's rows with their texts padded, so that the signs after the texts are in one column. */
const belowEachOther = (rows: readonly SectionRow[]): readonly SectionRow[] => {
  const signed = rows.filter(({sign}) => sign !== undefined);
  const widest = Math.max(0, ...signed.map(({text}) => textWidth(text)));
  return rows.map((row) => (row.sign ? {...row, text: padEnd(row.text, widest)} : row));
};

/** Returns the lines of a text that is an entry of a list; further lines are indented, so that they do not look like new entries. */
const hanging = (text: string, room: number): readonly string[] => {
  const whole = wrapWhole(text, room);
  if (whole.length === 1) return whole;
  return wrapWhole(text, room - 2).map((line, index) => (index === 0 ? line : `  ${line}`));
};

/**
 * Returns the rows of a page's sections, at most `columns` wide, with an empty row between two sections; `column` is where the content
 * begins.
 */
const sectionRows = (
  sections: readonly Section[],
  columns: number,
  ellipsis: string,
): {readonly column: number; readonly rows: readonly SectionRow[]} => {
  const column = headColumn(sections);
  const rows = sections.flatMap((section, place): readonly SectionRow[] => {
    const wide = headWidth(section);
    const signWidth = Math.max(0, ...section.entries.map(({sign}) => (sign ? textWidth(sign.text) + 2 : 0)));
    const room = columns - column - wide - signWidth;
    const own = section.entries.flatMap(({head = '', text, sign}) => {
      const isList = wide === 0 && section.entries.length > 1;
      const lines = section.choice
        ? [cutAt(listMarks, text, room, ellipsis)]
        : isList
          ? hanging(text, room)
          : wrapWhole(text, room);
      return lines.map((line, index) => ({
        label: '',
        head: wide === 0 ? '' : padEnd(index === 0 ? head : '', wide),
        text: line,
        ...(index === lines.length - 1 && sign ? {sign} : {}),
      }));
    });
    const [first, ...rest] = belowEachOther(own);
    const isClose = place === 0 || (section.choice && sections[place - 1]?.choice);
    const between = isClose ? [] : [{label: '', head: '', text: ''}];
    return first === undefined
      ? []
      : [
          ...between,
          {...first, label: section.label, ...(section.choice ? {choice: section.choice} : {})},
          ...rest,
        ];
  });
  return {column, rows};
};

/** Returns the first row of a lesson's page: id, title and conditions; if not all fit, the id is left out, because the title says more. */
export const lessonHead = (id: string, title: string, conditions: string, columns: number) => {
  const whole = textWidth(id) + textWidth(title) + textWidth(conditions) + 7 <= columns;
  return {title: whole ? id : title, beside: whole ? title : '', conditions};
};

/**
 * Returns the number of columns that a page's sections take. On a wide screen the texts at the right of the labels have the full length of
 * lines; the right edge stays as free as at 80 columns.
 */
const pageColumns = (sections: readonly Section[], columns: number, language: Language): number => {
  const least = textColumns(columns, language);
  return Math.max(least, Math.min(columns - firstColumn - 3, headColumn(sections) + least));
};

/** Returns the column of the screen at which the texts of the sections begin. */
export const textColumn = (sections: readonly Section[]): number => firstColumn + headColumn(sections);

/** Returns the sections as rows of a page on the screen, with styles: labels are muted, and heads are bold. */
export const sectionPageRows = (
  sections: readonly Section[],
  {
    columns,
    language,
    glyphs,
  }: {readonly columns: number; readonly language: Language; readonly glyphs: Glyphs},
): readonly PageRow[] => {
  const {column, rows} = sectionRows(sections, pageColumns(sections, columns, language), glyphs.ellipsis);
  const begin = firstColumn + column;
  return rows.map(({label, head, text, sign, choice}) => {
    if (text === '') return blankRow;
    const textAt = begin + textWidth(head);
    const signAt = textAt + textWidth(text) + 2;
    const behind = sign && {column: signAt, text: sign.text, style: sign.good ? good : muted};
    const pieces = [
      {column: firstColumn - 2, text: choice === 'marked' ? glyphs.selected : '', style: accent},
      {
        column: firstColumn,
        text: label,
        style: choice === undefined ? muted : choice === 'marked' ? strong : plain,
      },
      {column: begin, text: head, style: strong},
      {column: textAt, text, style: plain},
      ...(behind ? [behind] : []),
    ];
    return {pieces: pieces.filter((piece) => piece.text !== '')};
  });
};

/** Returns a page's sections as lines of text for a transcript. */
export const sectionText = (
  sections: readonly Section[],
  columns: number,
  ellipsis: string,
): readonly string[] => {
  const {column, rows} = sectionRows(sections, columns, ellipsis);
  return rows.map(({label, head, text, sign}) =>
    `${label}${repeated(' ', column - textWidth(label))}${head}${text}${sign ? `  ${sign.text}` : ''}`.trimEnd(),
  );
};

/** Returns a text of the page as a sentence for a screen reader, with commas in place of the dots between its parts. */
export const heard = (text: string, language: Language): string =>
  spokenSentence(text.replaceAll(' · ', punctuation.comma[language]), language);

export const sectionSentences = (sections: readonly Section[], language: Language): readonly string[] =>
  sections.flatMap(({label, entries}) => {
    const colon = punctuation.colon[language];
    const said = entries.map(({head, text, sign}) => {
      const whole = head === undefined ? text : `${head}${colon}${text}`;
      return sign ? `${whole}${punctuation.comma[language]}${sign.said}` : whole;
    });
    return said.map((each, index) => heard(index === 0 ? `${label}${colon}${each}` : each, language));
  });
