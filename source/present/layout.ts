// Where the regions of a screen lie (screens.md §4). Rows and columns count from 1.
import type {Language} from '../lesson/lesson.ts';
import {type PanelName, panelNames} from './playback-state.ts';

export type Size = {readonly columns: number; readonly rows: number};

export type Density = 'spaced' | 'roomy' | 'dense' | 'compact';

/** The ladder: its rows, its two lifelines, and where the texts beside them end or begin. */
export type LadderFrame = {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  readonly density: Density;
  /** Last column of the times at the left; 0: no times and states beside the lifelines. */
  readonly timeEnd: number;
  /** A blank row above the states, where the picture is roomy. */
  readonly air: boolean;
  /** Blank cells between a lifeline and a label above a line. */
  readonly indent: number;
};

export type Region = {
  readonly row: number;
  readonly rows: number;
  readonly column: number;
  readonly columns: number;
};

export type Layout = {
  readonly size: Size;
  readonly kind: 'small' | 'medium' | 'large';
  readonly ladder: Omit<LadderFrame, 'density' | 'top' | 'air'>;
  /** First row of the ladder below the addresses. */
  readonly ladderTop: number;
  readonly narration: Region;
  /** Lines of narration before it is cut; a note follows after a blank row. */
  readonly narrationLines: number;
  /** Endpoints beside the ladder. */
  readonly side: Region | undefined;
  /** Packets below the narration. */
  readonly lower: Region | undefined;
  /** What *Why?* may take. */
  readonly why: Region;
  readonly timelineRow: number;
  readonly keysRow: number;
};

const widestDistance = 60;
const widestText = 112;

const smallLayout = (size: Size, language: Language): Layout => {
  const {columns, rows} = size;
  const right = Math.min(columns - 2, 2 + 96);
  const textRow = rows - 5;
  return {
    size,
    kind: 'small',
    ladder: {bottom: rows - 7, left: 2, right, timeEnd: 0, indent: 2},
    ladderTop: 4,
    narration: {
      row: textRow,
      rows: 2,
      column: 3,
      columns: Math.min(columns - (language === 'zh' ? 10 : 6), widestText),
    },
    narrationLines: 2,
    side: undefined,
    lower: undefined,
    why: {row: 3, rows: rows - 6, column: 4, columns: columns - 6},
    timelineRow: rows - 2,
    keysRow: rows,
  };
};

type ColumnPlan = {
  readonly left: number;
  readonly right: number;
  readonly timeEnd: number;
  readonly side: number | undefined;
};

const columnPlan = (columns: number): ColumnPlan => {
  if (columns < 120)
    return {left: 23, right: Math.min(columns - 21, 23 + widestDistance), timeEnd: 8, side: undefined};
  const wide = columns >= 200;
  const right = Math.min(wide ? 80 + columns - 200 : 76 + columns - 120, 28 + widestDistance);
  return {left: 28, right, timeEnd: 10, side: right + (wide ? 24 : 23)};
};

/** Rows from below: where the narration and the lower panel begin, how high they are, where the ladder ends. */
const rowPlan = ({columns, rows}: Size) => {
  if (columns >= 200 && rows >= 60)
    return {ladderEnd: rows - 24, text: rows - 21, lower: {row: rows - 15, rows: 12}};
  if (columns >= 120 && rows >= 40)
    return {ladderEnd: rows - 18, text: rows - 15, lower: {row: rows - 9, rows: 6}};
  return {ladderEnd: rows - 11, text: rows - 9, lower: undefined};
};

/** Below, there is no room for pictures. */
export const leastSize: Size = {columns: 60, rows: 15};

/** The panels that share one place at this size, in the order of `tab`; the others are on the screen anyway. */
export const panelsAt = (size: Size, hasStates: boolean): readonly PanelName[] => {
  if (size.columns < leastSize.columns || size.rows < leastSize.rows) return ['ladder'];
  const {side, lower} = layoutOf(size, 'en');
  return panelNames.filter(
    (name) => name === 'ladder' || (name === 'list' ? lower === undefined : hasStates && side === undefined),
  );
};

export const layoutOf = (size: Size, language: Language): Layout => {
  const {columns, rows} = size;
  if (columns < 80 || rows < 24) return smallLayout(size, language);
  const plan = columnPlan(columns);
  const {ladderEnd, text, lower} = rowPlan(size);
  const large = lower !== undefined;
  const spare = language === 'zh' ? 12 : 8;
  const textColumns = columns >= 200 ? 96 : Math.min(columns - spare, widestText - (spare - 8));
  const why = large
    ? {row: 19, rows: rows - 22, column: 5, columns: Math.min(columns - 8, widestText)}
    : {row: 3, rows: rows - 6, column: 5, columns: textColumns};
  return {
    size,
    kind: large ? 'large' : 'medium',
    ladder: {
      bottom: ladderEnd,
      left: plan.left,
      right: plan.right,
      timeEnd: plan.timeEnd,
      indent: columns >= 120 ? 3 : 2,
    },
    ladderTop: 5,
    narration: {row: text, rows: 5, column: 5, columns: textColumns},
    narrationLines: large ? 2 : 3,
    side:
      plan.side === undefined
        ? undefined
        : {row: 5, rows: ladderEnd - 4, column: plan.side, columns: columns - plan.side + 1},
    lower: lower && {...lower, column: 5, columns: Math.min(columns - 8, widestText)},
    why,
    timelineRow: rows - 2,
    keysRow: rows,
  };
};
