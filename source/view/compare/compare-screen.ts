// Draws two runs side by side: ladders, a table of their results, and the present difference in words.

import {fileName} from '../../lesson/file-name.ts';
import type {Language} from '../../lesson/text.ts';
import type {Comparison} from '../../sim/compare.ts';
import {compareTexts, compareWords} from '../../words/catalogue/compare.ts';
import type {CompareFact, CompareSide} from '../../words/compare.ts';
import {formatShortTime, formatTime} from '../../words/format.ts';
import {cut, shorterBy, textWidth, wrap} from '../../words/width.ts';
import {Canvas, muted, type Style} from '../canvas.ts';
import {fitText, plainText} from '../glyphs.ts';
import {hostsOf, pairOf, type SceneHost} from '../ladder/scene-hosts.ts';
import {type PageFrame, putKeyLine} from '../page-frame.ts';
import type {Line} from '../span.ts';
import type {CompareTold} from './compare-facts.ts';
import {type CompareFrame, type Ladder, letters, putCompareLadders, relationSign} from './compare-ladder.ts';
import {putCompareList} from './compare-list.ts';
import {compareRows} from './compare-rows.ts';
import {alikeFollowing, type CompareState, differencesAt, rowExplained} from './compare-state.ts';
import {compareShare, compareTimes, skippedStretches} from './compare-time.ts';

export type CompareOptions = PageFrame & {
  readonly language: Language;
  /** The name of what is compared: a lesson's id or the name of a capture file. */
  readonly source: string;
  readonly sides: readonly [CompareSide, CompareSide];
  readonly told: CompareTold;
  /** A message about what the reader has just done. Until the next key it replaces the text on how far both runs are equal. */
  readonly notice?: string | undefined;
};

type Drawing = CompareOptions & {
  readonly canvas: Canvas;
  readonly comparison: Comparison;
  readonly state: CompareState;
  readonly hosts: readonly [SceneHost, SceneHost];
  /** True if one of the runs has more than two hosts, so that packets are lines of text instead of ladders. */
  readonly many: boolean;
  readonly layout: CompareLayout;
};

/** The places of the parts of the screen that compares two runs. If only one ladder fits, `tab` shows the other one. */
type CompareLayout = {
  readonly ladders: readonly Ladder[];
  readonly markColumn: number;
  readonly ladderBottom: number;
  /** The screen row of the heading of the comparison's table; the rows of the table are below it. */
  readonly tableRow: number;
  readonly facts: readonly CompareFact[];
  readonly textRow: number;
  readonly noteRow: number;
};

const besideColumns = 110;
const roomyRows = 36;
const largeRows = 56;
const widest = 60;

/** Returns the places of two ladders side by side. To the left of each are 19 columns for time and state, to its right 13 for a state. */
const beside = (columns: number): {ladders: readonly Ladder[]; markColumn: number} => {
  const half = Math.floor(columns / 2);
  const distance = Math.min(widest, half - 36);
  const frame = (base: number): CompareFrame => ({
    timeStart: base + 1,
    stateEnd: base + 18,
    left: base + 20,
    right: base + 20 + distance,
    farTimeEnd: undefined,
  });
  const second = 20 + distance + 16;
  return {
    ladders: [
      {frame: frame(0), side: 0},
      {frame: frame(second), side: 1},
    ],
    markColumn: second - 1,
  };
};

const alone = (columns: number, side: 0 | 1): {ladders: readonly Ladder[]; markColumn: number} => ({
  ladders: [
    {
      frame: {
        timeStart: 4,
        stateEnd: 23,
        left: 25,
        right: Math.min(columns - 23, 25 + widest),
        farTimeEnd: Math.min(columns - 1, 25 + widest + 22),
      },
      side,
    },
  ],
  markColumn: 2,
});

/**
 * Returns the layout of the comparison's screen: the table takes as many rows at the bottom as it needs, and the ladders take the rest. It
 * does not change while the runs play.
 */
const layoutOf = ({columns, rows, told, language}: CompareOptions, side: 0 | 1): CompareLayout => {
  const place = columns >= besideColumns ? beside(columns) : alone(columns, side);
  const facts = told.facts(language, rows >= largeRows ? 10 : rows >= roomyRows ? 5 : 4);
  const noteRow = rows - 4;
  const textRow = noteRow - (rows >= roomyRows ? 3 : 2);
  const tableRow = textRow - 2 - facts.length;
  return {...place, ladderBottom: tableRow - 2, tableRow, facts, textRow, noteRow};
};

const putTitle = ({canvas, columns, glyphs, language, source, sides}: Drawing, relative: boolean): void => {
  const word = compareTexts.compare[language];
  const name = cut(fileName(source), Math.floor(columns / 3), glyphs.ellipsis);
  canvas.put(1, 2, name, {role: 'text', bold: true});
  const column = 2 + textWidth(name) + 2;
  canvas.put(1, column, word, {role: 'text'});
  const changes = ([0, 1] as const)
    .map((side) => `${letters[side]}  ${sides[side].change[language]}`)
    .join('   ');
  const marks = relative ? ['r'] : [];
  const room = columns - column - textWidth(word) - 3;
  const texts = [
    [changes, compareTexts.together[language], ...marks],
    [changes, ...marks],
  ].map((conditions) => plainText(conditions.join(' · '), glyphs));
  const right = texts.find((text) => textWidth(text) <= room) ?? cut(texts[0] ?? '', room, glyphs.ellipsis);
  canvas.put(1, columns - textWidth(right), right, muted);
};

/**
 * Draws the letter and title of each run above its ladder; if only one ladder fits, both titles, with that of the shown run highlighted.
 */
const putHeads = (drawing: Drawing): void => {
  const {canvas, columns, glyphs, language, sides, layout, hosts, many, state} = drawing;
  const single = layout.ladders.length === 1;
  for (const side of [0, 1] as const) {
    const ladder = layout.ladders.find((each) => each.side === side);
    const column = single ? 2 + side * Math.floor(columns / 2) : (ladder?.frame.timeStart ?? 1) + 1;
    const room = (single ? Math.floor(columns / 2) : (ladder?.frame.right ?? 0) - column + 13) - 5;
    const shown = !single || (state.side === 'left' ? 0 : 1) === side;
    canvas.put(3, column, letters[side], {role: shown ? 'accent' : 'muted', bold: shown});
    canvas.put(
      3,
      column + 3,
      fitText(sides[side].title[language], room, glyphs),
      shown ? {role: 'text'} : muted,
    );
  }
  if (many) return;
  for (const {frame} of layout.ladders)
    for (const [index, host] of hosts.entries()) {
      const at = index === 0 ? frame.left : frame.right;
      const name = cut(host.name, Math.floor((frame.right - frame.left) / 2), glyphs.ellipsis);
      canvas.put(4, at - Math.floor((textWidth(name) - 1) / 2), name, {role: host.role, bold: true});
    }
};

/**
 * Returns the last row of the compared ladders that is drawn: the difference to which the reader has gone, even if the other run has sent
 * more by then. undefined if the reader has gone to none.
 */
const lastRow = ({comparison, state}: Drawing): number | undefined =>
  state.difference === undefined ? undefined : rowExplained(comparison, state);

const putLadders = (drawing: Drawing): boolean => {
  const {canvas, comparison, state, glyphs, language, hosts, many, layout} = drawing;
  const bottom = layout.ladderBottom;
  const {rows, earlier} = compareRows(comparison, hosts, {
    atUs: state.atUs,
    most: bottom,
    last: lastRow(drawing),
  });
  const place = {
    ...{top: many ? 4 : 5, bottom, glyphs, markColumn: layout.markColumn, hidden: earlier},
    earlier: (count: number) => compareWords.earlierPackets[language]({count}),
  };
  if (many) {
    putCompareList(canvas, rows, layout.ladders, place);
    return false;
  }
  return putCompareLadders(canvas, rows, layout.ladders, {
    ...place,
    hosts,
    nothing: compareTexts.nothing[language],
  });
};

const factColumns = {name: 3, left: 24, right: 44, relation: 60, remark: 63} as const;

const putTable = ({canvas, columns, glyphs, layout}: Drawing): void => {
  const {tableRow, facts} = layout;
  canvas.put(tableRow, factColumns.left, 'A', muted);
  canvas.put(tableRow, factColumns.right, 'B', muted);
  const cell = (row: number, column: number, room: number, text: string, style: Style): void =>
    canvas.put(row, column, fitText(text, Math.min(room, columns - column), glyphs), style);
  for (const [index, fact] of facts.entries()) {
    const row = tableRow + 1 + index;
    const style: Style = fact.relation === '=' ? muted : {role: 'text'};
    cell(row, factColumns.name, 20, fact.name, {role: 'text'});
    cell(row, factColumns.left, 19, fact.left, style);
    cell(row, factColumns.right, 15, fact.right, style);
    canvas.put(
      row,
      factColumns.relation,
      relationSign(fact.relation, glyphs),
      fact.relation === '=' ? muted : {role: 'accent', bold: true},
    );
    cell(row, factColumns.remark, columns, fact.remark, style);
  }
};

/**
 * Returns the text on how many differences of the same kind follow, which replaces the text on how far both runs are equal; undefined if
 * none do.
 */
const followingText = ({comparison, state, language}: Drawing): string | undefined => {
  const count = alikeFollowing(comparison, state);
  return count === 0 ? undefined : compareWords.alikeFollow[language]({count});
};

const putStory = (drawing: Drawing, relative: boolean): void => {
  const {canvas, columns, comparison, glyphs, language, layout, state, told, notice} = drawing;
  const room = Math.min(columns - 8 - shorterBy(language), 112);
  const text = plainText(told.say(rowExplained(comparison, state), relative)[language], glyphs);
  const lines = wrap(text, room);
  // An explanation too long for its place takes the blank row below it, and then also the row of the note, unless that has a new message.
  const air = layout.noteRow - layout.textRow - (layout.noteRow - layout.textRow > 2 ? 1 : 0);
  const noted = lines.length <= layout.noteRow - layout.textRow || notice !== undefined;
  const most = lines.length <= air ? air : layout.noteRow - layout.textRow + (noted ? 0 : 1);
  for (const [index, line] of lines.slice(0, most).entries()) {
    const last = index === most - 1 && lines.length > most;
    canvas.put(layout.textRow + index, 3, glyphs.narration, {role: 'accent'});
    canvas.put(
      layout.textRow + index,
      5,
      last ? cut(`${line} ${glyphs.ellipsis}`, room, glyphs.ellipsis) : line,
      {role: 'text'},
    );
  }
  if (!noted) return;
  canvas.put(
    layout.noteRow,
    5,
    fitText(notice ?? followingText(drawing) ?? told.note[language], room, glyphs),
    muted,
  );
};

type Cell = {text: string; style: Style};

const timelineCells = ({comparison, state, glyphs}: Drawing, width: number): Cell[] => {
  const times = compareTimes(comparison);
  const place = (us: number): number => Math.min(width - 1, Math.floor(compareShare(times, us) * width));
  const now = place(state.atUs);
  const passed = (index: number): Style => (index < now ? {role: 'accent'} : muted);
  const cells = Array.from(
    {length: width},
    (_, index): Cell => ({
      text: index < now ? glyphs.passed : glyphs.coming,
      style: passed(index),
    }),
  );
  const write = (from: number, text: string, style?: Style): void => {
    for (const [offset, character] of [...text].entries()) {
      const cell = cells[from + offset];
      if (cell) cells[from + offset] = {text: character, style: style ?? cell.style};
    }
  };
  for (const {fromUs, toUs} of skippedStretches(times)) {
    const text = plainText(
      `${glyphs.gapTimeline} ${formatShortTime(toUs - fromUs)} ${glyphs.gapTimeline}`,
      glyphs,
    );
    const [from, to] = [place(fromUs), place(toUs)];
    if (textWidth(text) + 2 <= to - from) write(from + Math.floor((to - from - textWidth(text)) / 2), text);
  }
  // Marks are drawn from the last to the first, so that the earlier of two marks in one cell is visible.
  for (let index = comparison.rows.length - 1; index >= 0; index--) {
    const row = comparison.rows[index];
    if (!row || (row.relation === '=' && index > 0)) continue;
    const style: Style = row.relation === '=' ? muted : {role: 'changed', bold: true};
    write(place(times.startUs[index] ?? 0), relationSign(row.relation, glyphs), style);
  }
  write(now, glyphs.cursor, {role: 'accent', bold: true});
  return cells;
};

const differenceText = ({comparison, state, language}: Drawing): string => {
  const {seen, total} = differencesAt(comparison, state);
  return compareWords.difference[language]({seen, total});
};

const putTimeline = (drawing: Drawing): void => {
  const {canvas, columns, rows, state, glyphs} = drawing;
  const row = rows - 2;
  const text = differenceText(drawing);
  const clock = `${glyphs.end} ${formatTime(state.atUs)}`;
  const start = 6;
  const width = columns - start - textWidth(text) - 18;
  if (width < 8) return;
  canvas.put(row, 4, '0', muted);
  let at = start;
  for (const {text: sign, style} of timelineCells(drawing, width)) canvas.put(row, at++, sign, style);
  canvas.put(row, at, clock, muted);
  canvas.putEnd(row, columns - 1, text, {role: 'text'});
};

/**
 * Draws the comparison as text for screens too small for ladders: a line for each packet, its numbers in both runs, and how they compare.
 */
const putPlain = (drawing: Drawing): void => {
  const {canvas, comparison, rows, columns, glyphs, language, hosts, state, told} = drawing;
  const room = Math.max(0, rows - 6);
  const {rows: shown} = compareRows(comparison, hosts, {
    ...{atUs: state.atUs, most: Math.max(1, room), last: lastRow(drawing)},
  });
  const packets = shown.flatMap((row) => (row.kind === 'packet' ? [row] : [])).slice(-Math.max(1, room));
  for (const [index, {relation, cells}] of packets.entries()) {
    const item = (cells[1] ?? cells[0])?.item;
    const numbers = cells.map((cell) => (cell ? String(cell.item.id) : glyphs.none)).join(' ');
    const label = item?.label.map(({name, value}) => name + value).join(' ') ?? '';
    const lost = cells.map((cell) => (cell?.item.status === 'lost' ? glyphs.lost : '')).join('');
    canvas.put(
      2 + index,
      2,
      fitText(`${relationSign(relation, glyphs)} ${numbers}  ${label} ${lost}`, columns - 2, glyphs),
      {
        role: relation === '=' ? 'muted' : 'text',
      },
    );
  }
  const text = wrap(
    plainText(told.say(rowExplained(comparison, state))[language], glyphs),
    Math.max(2, columns - 4),
  );
  for (const [index, line] of text.slice(0, 3).entries())
    if (rows - 4 + index > 2 + packets.length) canvas.put(rows - 4 + index, 3, line, {role: 'text'});
};

export const composeCompare = (
  comparison: Comparison,
  state: CompareState,
  options: CompareOptions,
): Canvas => {
  const {columns, rows, glyphs, language, keyHints} = options;
  const canvas = new Canvas(columns, rows);
  const layout = layoutOf(options, state.side === 'left' ? 0 : 1);
  const drawing: Drawing = {
    ...options,
    canvas,
    comparison,
    state,
    layout,
    hosts: pairOf(comparison.left, language),
    many: [comparison.left, comparison.right].some((trace) => hostsOf(trace, language).length > 2),
  };
  if (columns < 80 || rows < 24) {
    putTitle(drawing, false);
    putPlain(drawing);
  } else {
    putHeads(drawing);
    const relative = putLadders(drawing);
    putTitle(drawing, relative);
    putTable(drawing);
    putStory(drawing, relative);
    putTimeline(drawing);
  }
  putKeyLine(canvas, keyHints, {row: rows, column: 3, glyphs});
  return canvas;
};

export const compareLines = (comparison: Comparison, state: CompareState, options: CompareOptions): Line[] =>
  composeCompare(comparison, state, options).lines();
