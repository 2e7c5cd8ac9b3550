// Draws figure 5 of RFC 9293: the way taken heavy, the others dotted, where each host is now, the edge just taken.
import type {Language} from '../../lesson/text.ts';
import {captureTexts} from '../../words/catalogue/capture.ts';
import {diagramTexts} from '../../words/catalogue/diagram.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {cut, repeated, textWidth, wrap} from '../../words/width.ts';
import {Canvas, type Style} from '../canvas.ts';
import {type Glyphs, plainText, unicodeGlyphs} from '../glyphs.ts';
import type {Region} from '../layout.ts';
import type {Line} from '../span.ts';
import {
  type Cell,
  type Chart,
  type ChartEdge,
  type ChartNode,
  type ClosedBy,
  closeChart,
  type Direction,
  openChart,
  wholeChart,
} from './diagram-charts.ts';
import type {Diagram, DiagramEnd, DiagramStep} from './diagram-path.ts';

export type DiagramOptions = {
  readonly region: Region;
  readonly glyphs: Glyphs;
  readonly language: Language;
  readonly focused?: boolean;
  /** Events of the steps that the reader has chosen. */
  readonly selected?: ReadonlySet<number>;
  /** Only the ways taken: the figure would answer an open question. */
  readonly waysOnly?: boolean;
};

type Strokes = {
  readonly vertical: string;
  readonly horizontal: string;
  /** By the two sides that a corner joins: `down right` and so on. */
  readonly corners: {readonly [sides: string]: string};
};

type Signs = {
  readonly taken: Strokes;
  readonly other: Strokes;
  readonly heads: {readonly [direction in Direction]: string};
};

const corners = (downRight: string, downLeft: string, upRight: string, upLeft: string) => ({
  'down right': downRight,
  'down left': downLeft,
  'up right': upRight,
  'up left': upLeft,
});

const unicode: Signs = {
  taken: {vertical: '┃', horizontal: '━', corners: corners('┏', '┓', '┗', '┛')},
  other: {vertical: '┊', horizontal: '┈', corners: corners('╭', '╮', '╰', '╯')},
  heads: {up: '▴', down: '▾', left: '◂', right: '▸'},
};

const ascii: Signs = {
  taken: {vertical: '#', horizontal: '=', corners: corners('#', '#', '#', '#')},
  other: {vertical: ':', horizontal: '.', corners: corners('.', '.', ':', ':')},
  heads: {up: '^', down: 'v', left: '<', right: '>'},
};

type Drawing = DiagramOptions & {
  readonly canvas: Canvas;
  readonly diagram: Diagram;
  readonly chart: Chart;
  readonly signs: Signs;
};

const muted: Style = {role: 'muted'};
const changed: Style = {role: 'changed', bold: true};
const accent: Style = {role: 'accent', bold: true};

const put = ({canvas, region}: Drawing, [row, column]: Cell, text: string, style: Style): void =>
  canvas.put(region.row + row - 1, region.column + column - 1, text, style);

const directionOf = ([row, column]: Cell, [nextRow, nextColumn]: Cell): Direction =>
  nextRow === row ? (nextColumn > column ? 'right' : 'left') : nextRow > row ? 'down' : 'up';

const opposite: {readonly [direction in Direction]: Direction} = {
  up: 'down',
  down: 'up',
  left: 'right',
  right: 'left',
};

const cornerOf = (strokes: Strokes, into: Direction, out: Direction): string => {
  const sides = [opposite[into], out];
  const vertical = sides.find((side) => side === 'up' || side === 'down');
  const horizontal = sides.find((side) => side === 'left' || side === 'right');
  return strokes.corners[`${vertical} ${horizontal}`] ?? strokes.vertical;
};

const between = (from: number, to: number): number[] =>
  Array.from({length: Math.abs(to - from)}, (_, index) => from + Math.sign(to - from) * index);

/** Every cell of a way with what is drawn there. */
const cellsOf = (
  {way, leaves, meets}: ChartEdge,
  strokes: Strokes,
  heads: Signs['heads'],
): (readonly [Cell, string])[] => {
  const cells: (readonly [Cell, string])[] = [];
  let into = leaves;
  for (const [index, from] of way.entries()) {
    const to = way[index + 1];
    if (!to) {
      cells.push([from, heads[meets ?? into ?? 'down']]);
      break;
    }
    const out = directionOf(from, to);
    const stroke = out === 'left' || out === 'right' ? strokes.horizontal : strokes.vertical;
    const [first = from, ...rest] = (
      from[0] === to[0] ? between(from[1], to[1]) : between(from[0], to[0])
    ).map((at): Cell => (from[0] === to[0] ? [from[0], at] : [at, from[1]]));
    cells.push([first, into && into !== out ? cornerOf(strokes, into, out) : stroke]);
    for (const cell of rest) cells.push([cell, stroke]);
    into = out;
  }
  return cells;
};

/** Not where the figure's line stands for something else than what happened. */
const isOn =
  ({from, to}: ChartEdge) =>
  (step: DiagramStep): boolean =>
    step.clause === undefined && step.from === from && step.to === to;

const styleFor = (ends: readonly DiagramEnd[]): Style => {
  const [only, ...others] = ends;
  if (!only) return muted;
  return {role: others.length > 0 ? 'control' : only.role, bold: true};
};

/** A label in the line leaves a blank at each side of it. */
const covers = ({labelAt, label, markAt}: ChartEdge, lit: boolean, [row, column]: Cell): boolean =>
  (row === labelAt[0] && column >= labelAt[1] - 1 && column <= labelAt[1] + label.length) ||
  (lit && row === markAt[0] && column === markAt[1]);

const isChosen =
  ({selected}: Drawing) =>
  ({event}: DiagramStep): boolean =>
    selected?.has(event) ?? false;

const putEdge = (drawing: Drawing, edge: ChartEdge): void => {
  const {diagram, signs, glyphs} = drawing;
  const takers = diagram.ends.filter(({steps}) => steps.some(isOn(edge)));
  const lit = diagram.ends.some(({fresh}) => fresh.some(isOn(edge)));
  const chosen = diagram.ends.some(({steps}) => steps.filter(isOn(edge)).some(isChosen(drawing)));
  const style = styleFor(takers);
  const strokes = takers.length > 0 ? signs.taken : signs.other;
  for (const [cell, sign] of cellsOf(edge, strokes, signs.heads))
    if (!covers(edge, lit || chosen, cell)) put(drawing, cell, sign, style);
  const label: Style = lit ? changed : takers.length > 0 ? {role: 'text'} : muted;
  put(drawing, edge.labelAt, edge.label, chosen ? {...label, selected: true} : label);
  if (lit) put(drawing, edge.markAt, glyphs.changed, changed);
  else if (chosen) put(drawing, edge.markAt, glyphs.pausedLeft, accent);
};

const went = ({steps}: DiagramEnd, state: string): boolean => steps.some(({to}) => to === state);

const closedBy = (end: DiagramEnd): ClosedBy => {
  const last = end.steps.at(-1);
  if (!last || last.from === 'LISTEN' || last.from === 'SYN-SENT') return 'beginning';
  return went(end, 'FIN-WAIT-1') ? 'closing first' : 'closing second';
};

const isAt = (node: ChartNode, end: DiagramEnd): boolean =>
  end.state === node.state && (end.state !== 'CLOSED' || node.closedBy.includes(closedBy(end)));

const putNode = (drawing: Drawing, node: ChartNode): void => {
  const {diagram, glyphs} = drawing;
  const here = diagram.ends.filter((end) => isAt(node, end));
  const been = diagram.ends.filter(({steps}) =>
    steps.some(({from, to}) => from === node.state || to === node.state),
  );
  const [row, column] = node.at;
  const style: Style = here.length > 0 ? styleFor(here) : been.length > 0 ? {role: 'text'} : muted;
  put(drawing, node.at, node.state, style);
  if (here.length === 0) return;
  put(drawing, [row, column - 1], glyphs.markOpen, style);
  put(drawing, [row, column + node.state.length], glyphs.markClose, style);
};

const putHeading = (drawing: Drawing): void => {
  const {language, signs, chart, diagram, glyphs} = drawing;
  const mark = diagram.ends.some(({deduced}) => deduced) ? `${glyphs.deduced} ` : '';
  const word = (name: keyof typeof diagramTexts): string => diagramTexts[name][language];
  const legend = [
    `${mark}${word('states')}`,
    `  ${signs.taken.horizontal.repeat(2)} ${word('taken')}`,
    `${signs.other.horizontal.repeat(2)} ${word('notTaken')}`,
  ].join('  ');
  const narrow = textWidth(legend) > chart.columns ? legend.replace(/ +/g, ' ') : legend;
  put(drawing, [1, 1], cut(narrow, chart.columns, glyphs.ellipsis), drawing.focused ? accent : muted);
};

/** With its mark where it is deduced. */
const stateText = ({state, deduced}: DiagramEnd, language: Language): string =>
  state === undefined
    ? `${unicodeGlyphs.deduced} ${captureTexts.unknown[language]}`
    : `${deduced ? unicodeGlyphs.deduced : ''}${state}`;

const legendText = (end: DiagramEnd, language: Language): string => {
  const {name} = end;
  const state = stateText(end, language);
  const word = (key: keyof typeof diagramTexts): string => diagramTexts[key][language];
  const comma = punctuation.comma[language];
  const pad = (text: string): string => text + repeated(' ', textWidth(word('right')) - textWidth(text));
  // An address has no room beside the side of the figure.
  if (end.deduced) return `${state}  ${name}`;
  if (went(end, 'FIN-WAIT-1')) return `${pad(word('left'))}  ${name}${comma}${word('active')}`;
  if (went(end, 'CLOSE-WAIT')) return `${pad(word('right'))}  ${name}${comma}${word('passive')}`;
  return `${name}  ${state}`;
};

/** A change of state that the figure does not have is told in words. */
const besideFigure = ({fresh}: DiagramEnd): DiagramStep | undefined =>
  fresh.findLast(({clause}) => clause !== undefined);

const putLegend = ({canvas, diagram, chart, glyphs, language, region}: Drawing): void => {
  for (const [index, end] of diagram.ends.slice(0, 2).entries()) {
    const step = besideFigure(end);
    const text = step
      ? `${glyphs.changed} ${end.name}  ${step.trigger} ▸ ${step.to}`
      : plainText(legendText(end, language), glyphs);
    const line = cut(plainText(text, glyphs), chart.columns, glyphs.ellipsis);
    canvas.put(
      region.row + chart.legendRow + index - 1,
      region.column,
      line,
      step ? changed : {role: end.role},
    );
  }
};

/** The largest picture that has room; undefined: words only. */
const chartFor = ({closes}: Diagram, {columns, rows}: Region): Chart | undefined => {
  const charts = [wholeChart, closes ? closeChart : openChart];
  return charts.find((chart) => chart.columns <= columns && chart.rows <= rows);
};

/** The sign of what was just done and its word stay together. */
const marked = (lines: readonly string[], mark: string, columns: number): readonly string[] => {
  const last = lines.at(-1) ?? '';
  if (mark === '') return lines;
  return textWidth(last) + 1 + textWidth(mark) <= columns
    ? [...lines.slice(0, -1), `${last} ${mark}`]
    : [...lines, mark];
};

/** Where no picture fits or none may be seen: each host’s way in words. */
const putWays = (canvas: Canvas, diagram: Diagram, {region, glyphs, language}: DiagramOptions): void => {
  let row = 0;
  for (const end of diagram.ends) {
    const {name, role, steps, fresh} = end;
    const last = fresh.at(-1);
    const mark = last ? plainText(`${glyphs.changed} ${last.trigger}`, glyphs) : '';
    const [first] = steps;
    const begin = first && (first.from ?? unicodeGlyphs.deduced);
    const way = [...(begin ? [begin] : []), ...steps.slice(0, -1).map(({to}) => to)];
    const now = `${glyphs.markOpen}${stateText(end, language)}${glyphs.markClose}`;
    const text = `${way.map((each) => `${each} ▸ `).join('')}${now}`;
    const room = region.columns - 2;
    const lines = marked(wrap(plainText(text, glyphs), room), mark, room);
    for (const [index, line] of [cut(name, region.columns, glyphs.ellipsis), ...lines].entries()) {
      if (row >= region.rows) return;
      canvas.put(
        region.row + row++,
        region.column + (index > 0 ? 2 : 0),
        line,
        index > 0 ? {role: 'text'} : {role, bold: true},
      );
    }
    row++;
  }
};

/** `diagram` undefined: a capture in which nobody speaks TCP. */
export const putDiagram = (canvas: Canvas, diagram: Diagram | undefined, options: DiagramOptions): void => {
  const {region, glyphs, language} = options;
  if (!diagram || diagram.ends.length === 0) {
    const words = diagram ? captureTexts.nothingSeen : diagramTexts.unknown;
    const lines = wrap(plainText(words[language], glyphs), region.columns);
    for (const [index, line] of lines.slice(0, region.rows).entries())
      canvas.put(region.row + index, region.column, line, muted);
    return;
  }
  const chart = options.waysOnly ? undefined : chartFor(diagram, region);
  if (!chart) {
    putWays(canvas, diagram, options);
    return;
  }
  const signs = glyphs.lifeline === unicodeGlyphs.lifeline ? unicode : ascii;
  const drawing: Drawing = {...options, canvas, diagram, chart, signs};
  putHeading(drawing);
  for (const each of chart.edges) putEdge(drawing, each);
  for (const each of chart.nodes) putNode(drawing, each);
  putLegend(drawing);
};

export const diagramLines = (
  diagram: Diagram | undefined,
  options: {
    readonly columns: number;
    readonly rows: number;
    readonly glyphs: Glyphs;
    readonly language: Language;
  },
): Line[] => {
  const {columns, rows, glyphs, language} = options;
  const canvas = new Canvas(columns, rows);
  putDiagram(canvas, diagram, {region: {row: 1, rows, column: 1, columns}, glyphs, language});
  return canvas.lines();
};
