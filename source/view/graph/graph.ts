// Draws the graphs: bytes over time and windows over time, side by side, one below the other or one at a time, and the table
// of the numbers that the eye cannot read off (screens.md 5 (j)).

import {graphTexts, graphWords} from '../../words/catalogue/graph.ts';
import {cut, textWidth} from '../../words/width.ts';
import type {Canvas, Style} from '../canvas.ts';
import type {Glyphs} from '../glyphs.ts';
import type {Region} from '../layout.ts';
import type {View} from '../view.ts';
import {axisOf, closeAxisOf, countText, secondsText, shareOf, ticksOf} from './axis.ts';
import {type Axes, legendOf, putSequence, putWindows} from './graph-curves.ts';
import {type GraphScene, graphScene} from './graph-scene.ts';
import {putTable, tableRows} from './graph-table.ts';
import {Plot, type PlotForm} from './plot.ts';

export type GraphKind = 'sequence' | 'windows';

type Drawing = {
  readonly region: Region;
  readonly glyphs: Glyphs;
  readonly focused: boolean;
  /** Where there is room for one only. */
  readonly kind: GraphKind;
};

const accent: Style = {role: 'accent', bold: true};
const muted: Style = {role: 'muted'};

const gap = 3;
/** Heading, axis and its numbers; a plot of fewer rows shows nothing. */
const frameRows = 3;
const leastPlotRows = 4;
const bestPlotRows = 15;

const formOf = ({plot}: Glyphs): PlotForm => (plot === 'blocks' || plot === 'ascii' ? plot : 'braille');

/** What a region has room for. */
const isSideBySide = ({columns}: Pick<Region, 'columns'>): boolean => columns >= 84;
const showsBoth = (region: Pick<Region, 'columns' | 'rows'>): boolean =>
  isSideBySide(region) || region.rows >= 2 * (frameRows + leastPlotRows) + 1;

const halves = (region: Region): readonly [Region, Region] => {
  if (isSideBySide(region)) {
    const columns = Math.floor((region.columns - gap) / 2);
    return [
      {...region, columns},
      {...region, column: region.column + columns + gap, columns},
    ];
  }
  const rows = Math.floor((region.rows - 1) / 2);
  return [
    {...region, rows},
    {...region, row: region.row + rows + 1, rows},
  ];
};

/** Where nothing was acknowledged there are no windows. */
const kindsOf = ({flow}: GraphScene, {region, kind}: Drawing): readonly GraphKind[] => {
  if (flow.samples.length === 0) return ['sequence'];
  return showsBoth(region) ? ['sequence', 'windows'] : [kind];
};

const axesOf = ({flow}: GraphScene, kind: GraphKind, plot: {columns: number; rows: number}): Axes => ({
  time: closeAxisOf(flow.fromUs, flow.toUs, Math.max(2, Math.min(8, Math.floor(plot.columns / 8)))),
  // SYN and FIN are no reason for another tick.
  value: axisOf(
    0,
    Math.max(1, kind === 'sequence' ? flow.mostBytes - 2 : flow.mostWindow / flow.mss),
    Math.max(2, Math.min(4, Math.floor(plot.rows / 3))),
  ),
});

const headingOf = ({sender, flow}: GraphScene, kind: GraphKind, view: View): string => {
  if (kind === 'sequence') return graphWords.bytesSent[view.language]({host: sender});
  return flow.connection === undefined
    ? graphWords.windows[view.language]({mss: flow.mss})
    : graphWords.told[view.language]({mss: flow.mss});
};

type Framed = {
  readonly canvas: Canvas;
  readonly scene: GraphScene;
  readonly view: View;
  readonly drawing: Drawing;
};

/** The time axis with the cursor of time, and below it its numbers. */
const putTimeAxis = (
  {canvas, scene, view, drawing: {glyphs}}: Framed,
  {time}: Axes,
  plot: Region,
  left: number,
): void => {
  const row = plot.row + plot.rows;
  const at = plot.column + Math.min(plot.columns - 1, Math.floor(shareOf(time, scene.nowUs) * plot.columns));
  const started = scene.nowUs >= time.from;
  canvas.put(row, plot.column - 1, glyphs.treeEnd, muted);
  for (let column = plot.column; column < plot.column + plot.columns; column++)
    if (started && column === at) canvas.put(row, column, glyphs.cursor, accent);
    else canvas.put(row, column, glyphs.rule, muted);
  canvas.put(row + 1, left, graphTexts.seconds[view.language], muted);
  let free = left + 2;
  for (const tick of ticksOf(time)) {
    const text = secondsText(tick, time.step);
    const column = Math.round(plot.column + shareOf(time, tick) * (plot.columns - 1) - textWidth(text) / 2);
    const begin = Math.max(plot.column - 1, Math.min(column, plot.column + plot.columns - textWidth(text)));
    if (begin < free) continue;
    canvas.put(row + 1, begin, text, muted);
    free = begin + textWidth(text) + 2;
  }
};

/** The numbers beside the upright axis, and that axis. */
const putValueAxis = ({canvas, drawing: {glyphs}}: Framed, {value}: Axes, plot: Region): void => {
  for (let row = plot.row; row < plot.row + plot.rows; row++)
    canvas.put(row, plot.column - 1, glyphs.lifeline, muted);
  for (const tick of ticksOf(value)) {
    const row = plot.row + plot.rows - Math.round(shareOf(value, tick) * plot.rows);
    canvas.putEnd(row, plot.column - 3, countText(tick, value.step), muted);
  }
};

/** At the right of the heading where there is room: names in the styles of their curves, in ASCII with their signs. */
const putLegend = (
  {canvas, scene, view, drawing: {glyphs}}: Framed,
  kind: GraphKind,
  {row, column, columns, from}: Region & {readonly from: number},
): void => {
  const names = legendOf({view, scene}, kind).map(({curve, name}) => ({
    style: curve.style,
    text: formOf(glyphs) === 'ascii' ? `${curve.sign} ${name}` : name,
  }));
  const width = names.reduce((sum, {text}) => sum + textWidth(text) + 2, -2);
  let at = column + columns - width;
  if (at < from) return;
  for (const {style, text} of names) {
    canvas.put(row, at, text, style);
    at += textWidth(text) + 2;
  }
};

const putGraph = (framed: Framed, kind: GraphKind, region: Region): void => {
  const {canvas, scene, view, drawing} = framed;
  const {glyphs, focused} = drawing;
  const plotRows = Math.min(bestPlotRows, region.rows - frameRows);
  const axes = axesOf(scene, kind, {columns: region.columns, rows: plotRows});
  const labels = ticksOf(axes.value).reduce(
    (most, tick) => Math.max(most, textWidth(countText(tick, axes.value.step))),
    0,
  );
  const left = labels + 2;
  const plot: Region = {
    row: region.row + 1,
    rows: plotRows,
    column: region.column + left,
    columns: region.columns - left,
  };
  const heading = cut(headingOf(scene, kind, view), region.columns, glyphs.ellipsis);
  canvas.put(region.row, region.column, heading, focused ? accent : muted);
  putLegend(framed, kind, {...region, from: region.column + textWidth(heading) + gap});
  putValueAxis(framed, axes, plot);
  putTimeAxis(framed, axes, plot, region.column);
  const dots = new Plot(plot, formOf(glyphs));
  const drawn = {plot: dots, scene, view, axes, glyphs};
  // What was before the axis begins has no place on it.
  if (scene.nowUs < axes.time.from) return;
  if (kind === 'sequence') putSequence(drawn);
  else putWindows(drawn);
  dots.put(canvas);
};

/** Rows that the table gets once the plots have what they need. */
const tableRowsIn = ({rows}: Region, below: boolean): number => {
  if (below) return 0;
  const left = rows - frameRows - bestPlotRows - 1;
  if (left >= 4) return left;
  return rows - frameRows - 10 >= 5 ? rows - frameRows - 10 - 1 : 0;
};

export const putGraphs = (canvas: Canvas, view: View, drawing: Drawing): void => {
  const {region, glyphs} = drawing;
  const scene = graphScene(view);
  if (!scene) {
    canvas.put(
      region.row,
      region.column,
      cut(graphTexts.nothing[view.language], region.columns, glyphs.ellipsis),
      muted,
    );
    return;
  }
  const framed = {canvas, scene, view, drawing};
  const kinds = kindsOf(scene, drawing);
  const tabled = tableRowsIn(region, kinds.length > 1 && !isSideBySide(region));
  const above = {...region, rows: Math.min(region.rows - (tabled > 0 ? tabled + 1 : 0), region.rows)};
  const [first, second] = kinds.length > 1 ? halves(above) : [above, undefined];
  putGraph(framed, kinds[0] ?? 'sequence', first);
  if (second && kinds[1]) putGraph(framed, kinds[1], second);
  if (tabled === 0) return;
  const used = Math.min(above.rows, frameRows + bestPlotRows);
  const table = {...region, row: region.row + used + 1, rows: tabled};
  putTable(canvas, tableRows(scene, view), {region: table, glyphs, view});
};
