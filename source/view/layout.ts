// Computes the regions of the player's screen. Rows and columns count from 1.

import type {Language} from '../lesson/text.ts';
import {shorterBy} from '../words/width.ts';

/** The places for a panel while the ladder is shown: beside the ladder (`side`), or below the narration (`lower`). */
export type Place = 'side' | 'lower';

export type Size = {readonly columns: number; readonly rows: number};

export type Density = 'spaced' | 'roomy' | 'dense' | 'compact';

/** The screen region of the ladder of two hosts: its last row, its lifelines, and where the texts beside them are. */
type LadderFrame = {
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  /** The last column of the times at the left; 0 if neither times nor states are beside the lifelines. */
  readonly timeEnd: number;
  /** The number of blank cells between a lifeline and a label above a packet's line. */
  readonly indent: number;
  /** True if every packet takes one row, however short the run is. */
  readonly compact: boolean;
};

export type Region = {
  readonly row: number;
  readonly rows: number;
  readonly column: number;
  readonly columns: number;
};

/** A region of the screen for one panel. */
export type Slot = {readonly place: Place; readonly region: Region};

export type Layout = {
  readonly size: Size;
  readonly kind: 'small' | 'medium' | 'large';
  readonly ladder: LadderFrame;
  /** The screen row in which the ladder begins, below the hosts' addresses. */
  readonly ladderTop: number;
  readonly narration: Region;
  /** The most lines of narration that are shown; longer text is cut. A note follows after a blank row. */
  readonly narrationLines: number;
  /** The regions for panels beside the ladder and below the narration, the nearest to the ladder first. */
  readonly slots: readonly Slot[];
  /** The region of the screen for a focused panel that covers the ladder. */
  readonly picture: Region;
  /** The region of everything between the title and the timeline. */
  readonly body: Region;
  /** The region of the screen in which *Why?* explains what is selected. */
  readonly why: Region;
  readonly timelineRow: number;
  readonly keysRow: number;
};

const widestDistance = 60;
const widestText = 112;

const smallLayout = (size: Size, language: Language, untold: boolean): Layout => {
  const {columns, rows} = size;
  const right = Math.min(columns - 2, 2 + 96);
  const textRow = rows - 5;
  return {
    size,
    kind: 'small',
    ladder: {bottom: rows - (untold ? 5 : 7), left: 2, right, timeEnd: 0, indent: 2, compact: true},
    ladderTop: 4,
    narration: {
      row: textRow,
      rows: 2,
      column: 3,
      columns: Math.min(columns - 6 - shorterBy(language), widestText),
    },
    narrationLines: 2,
    slots: [],
    picture: {row: 3, rows: rows - 9, column: 4, columns: columns - 8},
    body: {row: 3, rows: rows - 6, column: 4, columns: columns - 6},
    why: {row: 3, rows: rows - 6, column: 4, columns: columns - 6},
    timelineRow: rows - 2,
    keysRow: rows,
  };
};

type ColumnPlan = {
  readonly left: number;
  readonly right: number;
  readonly timeEnd: number;
  /** The first column of the panel beside the ladder; undefined if there is no room for one. */
  readonly side: number | undefined;
};

/**
 * Returns the columns of the ladder and of the panel beside it; `wide` takes columns from the ladder for a panel that needs more than the
 * usual 21.
 */
const columnPlan = (columns: number, wide: boolean): ColumnPlan => {
  if (columns < 120) return {...wholeWidth(columns), right: Math.min(columns - 21, 23 + widestDistance)};
  const large = columns >= 200;
  if (wide && !large) {
    const right = Math.min(61 + columns - 120, 23 + widestDistance);
    return {left: 23, right, timeEnd: 8, side: right + 25};
  }
  const right = Math.min(large ? 80 + columns - 200 : 76 + columns - 120, 28 + widestDistance);
  return {left: 28, right, timeEnd: 10, side: right + (large ? 24 : 23)};
};

type RowPlan = {
  readonly ladderEnd: number;
  readonly text: number;
  readonly lower: {readonly row: number; readonly rows: number} | undefined;
};

/** Returns where the ladder ends, and where the narration and the lower panels begin, all counted from the bottom of the screen. */
const toldPlan = ({columns, rows}: Size, {tall, low}: Spread): RowPlan => {
  if (low) return wholeHeight(rows);
  if (columns < 120 || rows < 40) return wholeHeight(rows);
  return tall || (columns >= 200 && rows >= 60)
    ? {ladderEnd: rows - 24, text: rows - 21, lower: {row: rows - 15, rows: 12}}
    : {ladderEnd: rows - 18, text: rows - 15, lower: {row: rows - 9, rows: 6}};
};

/** Returns the rows of the screen's parts. Without narration the ladder also gets its rows, and notes are right above the timeline. */
const rowPlan = (size: Size, spread: Spread): RowPlan => {
  const plan = spread.alone ? wholeHeight(size.rows) : toldPlan(size, spread);
  if (!spread.untold) return plan;
  return {...plan, ladderEnd: plan.lower ? plan.lower.row - 2 : size.rows - 5, text: size.rows - 4};
};

const wholeWidth = (columns: number): ColumnPlan => ({
  left: 23,
  right: columns - 21,
  timeEnd: 8,
  side: undefined,
});

const wholeHeight = (rows: number): RowPlan => ({ladderEnd: rows - 11, text: rows - 9, lower: undefined});

/** The smallest screen on which the ladder and panels are drawn. */
export const leastSize: Size = {columns: 60, rows: 15};

const panelGap = 3;
/** The most columns of the first panel below the narration, which suffice for the bytes panel; the panel beside it gets the rest. */
const widestFirst = 76;
const headRow = 3;

/**
 * Returns the regions for panels. On a screen of 200 columns or more there are two at the right and two below the narration. The rightmost
 * one extends down to the timeline; with 60 rows or more it is tall enough anyway, and the lower regions take the whole width.
 */
const slotsOf = (
  {columns, rows}: Size,
  side: number | undefined,
  {ladderEnd, lower}: RowPlan,
): readonly Slot[] => {
  if (side === undefined) return [];
  // The last column of the screen stays free.
  const end = columns;
  const large = columns >= 200;
  const second = large ? side + Math.ceil((end - side + panelGap) / 2) : end + panelGap;
  const beside: Region = {row: headRow, rows: ladderEnd - 2, column: side, columns: second - panelGap - side};
  const column = 5;
  if (!large || !lower)
    return [
      {place: 'side', region: beside},
      ...(lower
        ? [{place: 'lower' as const, region: {...lower, column, columns: Math.min(columns - 8, widestText)}}]
        : []),
    ];
  const isHigh = rows >= 60;
  const belowEnd = isHigh ? end : second - panelGap;
  const first = Math.min(widestFirst, Math.floor((belowEnd - column - panelGap) / 2));
  const other = column + first + panelGap;
  const outer = {row: headRow, rows: isHigh ? lower.row - 1 - headRow : rows - 6};
  return [
    {place: 'side', region: beside},
    {place: 'side', region: {...outer, column: second, columns: end - second}},
    {place: 'lower', region: {...lower, column, columns: first}},
    {place: 'lower', region: {...lower, column: other, columns: belowEnd - other}},
  ];
};

/**
 * The ways to share the screen among its panels. `wide`: the side panel takes columns from the ladder. `tall`: the lower panels take rows
 * from it. `alone`: there are no panels beside the ladder or below the narration. `across`: there is no panel beside the ladder. `low`: the
 * narration is right above the timeline. `untold`: there is no narration.
 */
export type Spread = {
  readonly wide: boolean;
  readonly across: boolean;
  readonly tall: boolean;
  readonly alone: boolean;
  readonly low: boolean;
  readonly untold: boolean;
};

export const usualSpread: Spread = {
  wide: false,
  across: false,
  tall: false,
  alone: false,
  low: false,
  untold: false,
};

export const layoutOf = (size: Size, language: Language, spread: Spread = usualSpread): Layout => {
  const {wide, across, alone, untold} = spread;
  const {columns, rows} = size;
  if (columns < 80 || rows < 24) return smallLayout(size, language, untold);
  const plan = alone || across ? wholeWidth(columns) : columnPlan(columns, wide);
  const planned = rowPlan(size, spread);
  const {ladderEnd, text} = planned;
  const large = !alone && columns >= 120 && rows >= 40;
  const slots = across
    ? slotsOf(size, columnPlan(columns, wide).side, planned).filter(({place}) => place === 'lower')
    : slotsOf(size, plan.side, planned);
  const shorter = shorterBy(language);
  const textColumns = columns >= 200 ? 96 : Math.min(columns - 8, widestText) - shorter;
  const body = {row: headRow, rows: rows - 6, column: 5, columns: Math.min(columns - 8, widestText)};
  return {
    size,
    kind: large ? 'large' : 'medium',
    ladder: {
      bottom: ladderEnd,
      left: plan.left,
      right: plan.right,
      timeEnd: plan.timeEnd,
      indent: columns >= 120 && !wide ? 3 : 2,
      compact: false,
    },
    ladderTop: 5,
    narration: {row: text, rows: 5, column: 5, columns: textColumns},
    narrationLines: untold ? 0 : large ? 2 : 3,
    slots,
    picture: {
      row: headRow,
      rows: ladderEnd - 2,
      column: 5,
      columns: (plan.side === undefined ? columns - 3 : plan.side - panelGap - 1) - 5,
    },
    body,
    why: whyRegion(size, slots, {large, textColumns}),
    timelineRow: rows - 2,
    keysRow: rows,
  };
};

/**
 * Returns the region of *Why?*: that of the second panel at the right if there is one, otherwise below a shorter ladder on a large screen,
 * otherwise the whole body.
 */
const whyRegion = (
  {columns, rows}: Size,
  slots: readonly Slot[],
  {large, textColumns}: {readonly large: boolean; readonly textColumns: number},
): Region => {
  const second = slots.filter(({place}) => place === 'side')[1];
  if (second) return second.region;
  return large
    ? {row: 19, rows: rows - 22, column: 5, columns: Math.min(columns - 8, widestText)}
    : {row: headRow, rows: rows - 6, column: 5, columns: textColumns};
};
