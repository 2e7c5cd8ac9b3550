// The panel of graphs for the direction that carries the data: sequence numbers, windows, throughput and round-trip time.

import {type Flow, hasFlow} from '../../account/flow.ts';
import {type Language, spaced} from '../../lesson/text.ts';
import {graphTexts, graphWords} from '../../words/catalogue/graph.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {sentences} from '../../words/catalogue/spoken.ts';
import {spokenSentence} from '../../words/spoken.ts';
import {spokenText, spokenTime} from '../../words/spoken-text.ts';
import {textWidth} from '../../words/width.ts';
import {accent, muted} from '../canvas.ts';
import type {Glyphs} from '../glyphs.ts';
import {
  type Axis,
  closeAxisOf,
  countText,
  filledAxisOf,
  isShort,
  shareOf,
  ticksOf,
  timeText,
} from '../graph/axis.ts';
import {type Axes, legendOf, putSequence, putWindows} from '../graph/graph-curves.ts';
import {
  type MeasuredKind,
  measuredAxis,
  measuredHeading,
  measuredLegend,
  putMeasured,
} from '../graph/graph-measured.ts';
import {type GraphScene, graphScene} from '../graph/graph-scene.ts';
import {putTable, tableRows} from '../graph/graph-table.ts';
import {Plot, type PlotForm} from '../graph/plot.ts';
import type {Pane} from '../pane.ts';
import {definePanel, upDownKeys, wayOf} from '../panel.ts';
import {widest} from '../table.ts';
import type {View} from '../view.ts';

// The functions below draw the graphs, side by side, below each other or one at a time, and a table of numbers that cannot be read off the
// curves.

type GraphKind = 'sequence' | 'windows' | MeasuredKind;

const gap = 3;
/** The number of rows of a graph's heading, axis and times; then the least and the best number of rows for its curves. */
const frameRows = 3;
const leastPlotRows = 4;
const bestPlotRows = 15;

const formOf = ({plot}: Glyphs): PlotForm => (plot === 'blocks' || plot === 'ascii' ? plot : 'braille');

/** Tells whether two graphs fit side by side in a pane; the next function tells whether two fit at all. */
const isSideBySide = ({columns}: Pane): boolean => columns >= 84;
const showsBoth = (pane: Pane): boolean =>
  isSideBySide(pane) || pane.rows >= 2 * (frameRows + leastPlotRows) + 1;

const halves = (pane: Pane): readonly [Pane, Pane] => {
  if (isSideBySide(pane)) {
    const columns = Math.floor((pane.columns - gap) / 2);
    return [pane.part({columns}), pane.part({column: columns + gap, columns})];
  }
  const rows = Math.floor((pane.rows - 1) / 2);
  return [pane.part({rows}), pane.part({row: rows + 1, rows})];
};

/**
 * Returns the kinds of graphs that are shown: `kind`, and the related one if there is room. Without any acknowledgment there is only one.
 */
const kindsOf = ({flow}: GraphScene, pane: Pane, kind: GraphKind): readonly GraphKind[] => {
  if (flow.samples.length === 0) return [isMeasured(kind) ? 'throughput' : 'sequence'];
  if (!showsBoth(pane)) return [kind];
  return isMeasured(kind) ? ['throughput', 'rtt'] : ['sequence', 'windows'];
};

const axesOf = ({flow}: GraphScene, kind: GraphKind, plot: {columns: number; rows: number}): Axes => ({
  time: closeAxisOf(flow.fromUs, flow.toUs, Math.max(2, Math.min(8, Math.floor(plot.columns / 8)))),
  value: valueAxisOf(flow, kind, Math.max(2, Math.min(4, Math.floor(plot.rows / 3)))),
});

const isMeasured = (kind: GraphKind): kind is MeasuredKind => kind === 'throughput' || kind === 'rtt';

const valueAxisOf = (flow: Flow, kind: GraphKind, ticks: number): Axis => {
  if (isMeasured(kind)) return measuredAxis(flow, kind, ticks);
  // SYN and FIN take sequence numbers, but the axis counts only the data, so that they do not add another tick.
  return filledAxisOf(
    Math.max(1, kind === 'sequence' ? flow.mostBytes - 2 : flow.mostWindow / flow.mss),
    ticks,
  );
};

const headingOf = ({sender, flow, mss}: GraphScene, kind: GraphKind, language: Language): string => {
  if (isMeasured(kind)) return measuredHeading(flow, kind, language);
  if (kind === 'sequence') return spaced(graphWords.bytesSent[language]({host: sender}));
  return flow.connection === undefined
    ? graphWords.windows[language]({mss})
    : graphWords.told[language]({mss});
};

type Label = {readonly text: string; readonly begin: number};

/** Returns the labels of every `every`-th tick of the time axis, from the column `from` on; undefined if one of them does not fit. */
const labelsOfEvery = (
  every: number,
  {time, left, columns}: {readonly time: Axis; readonly left: number; readonly columns: number},
  from: number,
): readonly Label[] | undefined => {
  let free = from;
  let missing = false;
  const labels: Label[] = [];
  for (const tick of ticksOf(time).filter((_, index) => index % every === 0)) {
    const text = timeText(tick, time);
    const column = Math.round(left + shareOf(time, tick) * (columns - left - 1) - textWidth(text) / 2);
    const begin = Math.max(left - 1, Math.min(column, columns - textWidth(text)));
    if (begin < free) missing = labels.length > 0;
    else if (missing) return undefined;
    else {
      labels.push({text, begin});
      free = begin + textWidth(text) + 2;
    }
  }
  return labels;
};

/** Returns as many labels of the time axis as fit, at equal distances. */
const timeLabels = (axis: Parameters<typeof labelsOfEvery>[1], from: number): readonly Label[] => {
  for (let every = 1; every < ticksOf(axis.time).length; every++) {
    const labels = labelsOfEvery(every, axis, from);
    if (labels) return labels;
  }
  return labelsOfEvery(ticksOf(axis.time).length, axis, from) ?? [];
};

/** Draws the time axis with the cursor at the present time, and the times below it. */
const putTimeAxis = (pane: Pane, {nowUs}: GraphScene, time: Axis, left: number): void => {
  const {glyphs, columns} = pane;
  const width = columns - left;
  const row = pane.rows - 2;
  const at = left + Math.min(width - 1, Math.floor(shareOf(time, nowUs) * width));
  pane.put(row, left - 1, glyphs.treeEnd, muted);
  for (let column = left; column < columns; column++)
    if (nowUs >= time.from && column === at) pane.put(row, column, glyphs.cursor, accent);
    else pane.put(row, column, glyphs.rule, muted);
  const unit = graphTexts[isShort(time.to) ? 'milliseconds' : 'seconds'][pane.language];
  const free = pane.put(row + 1, 0, unit, muted) + 1;
  for (const {text, begin} of timeLabels({time, left, columns}, free)) pane.put(row + 1, begin, text, muted);
};

/** Draws a graph's vertical axis and the numbers beside it. */
const putValueAxis = (pane: Pane, value: Axis, left: number): void => {
  const rows = pane.rows - frameRows;
  for (let row = 1; row <= rows; row++) pane.put(row, left - 1, pane.glyphs.lifeline, muted);
  for (const tick of ticksOf(value)) {
    const row = rows + 1 - Math.round(shareOf(value, tick) * rows);
    pane.putEnd(row, countText(tick, value.step), muted, left - 3);
  }
};

/**
 * Draws the heading of a graph and, if there is room to its right, the names of the curves in their styles, with their signs in ASCII. If
 * the window graph has no room for both, the names replace the heading.
 */
const putHeading = (pane: Pane, kind: GraphKind, {view, scene}: {view: View; scene: GraphScene}): void => {
  const {language, columns} = pane;
  const heading = headingOf(scene, kind, language);
  const legend = isMeasured(kind) ? measuredLegend({view, scene}, kind) : legendOf({view, scene}, kind);
  const names = legend.map(({curve, name}) => ({
    style: curve.style,
    text: formOf(pane.glyphs) === 'ascii' ? `${curve.sign} ${name}` : name,
  }));
  const letters = names.reduce((sum, {text}) => sum + textWidth(text), 0);
  const apartFrom = (from: number): number | undefined =>
    [2, 1].find((each) => from + letters + each * (names.length - 1) <= columns);
  const putNames = (from: number, apart: number): number =>
    names.reduce((at, {style, text}) => pane.put(0, at, text, style) + apart, from);
  const beside = apartFrom(textWidth(heading) + gap);
  const unit = graphWords.dividedBy[language]({mss: scene.mss});
  const instead = kind === 'windows' ? apartFrom(textWidth(unit) + 1) : undefined;
  if (beside === undefined && instead !== undefined) {
    pane.put(0, putNames(0, instead), unit, pane.headStyle);
    return;
  }
  pane.put(0, 0, heading, pane.headStyle);
  if (beside !== undefined) putNames(columns - letters - beside * (names.length - 1), beside);
};

const plotRowsIn = ({rows}: Pane): number => Math.min(bestPlotRows, rows - frameRows);

/** Returns how many columns the numbers beside a graph's vertical axis take, with the axis itself. */
const besideAxis = (pane: Pane, kind: GraphKind, scene: GraphScene): number => {
  const {value} = axesOf(scene, kind, {columns: pane.columns, rows: plotRowsIn(pane)});
  return widest(ticksOf(value).map((tick) => countText(tick, value.step))) + 2;
};

const putGraph = (
  given: Pane,
  kind: GraphKind,
  {scene, view, left}: {scene: GraphScene; view: View; left: number},
): void => {
  const plotRows = plotRowsIn(given);
  const pane = given.part({rows: plotRows + frameRows});
  const {glyphs, columns} = pane;
  const axes = axesOf(scene, kind, {columns, rows: plotRows});
  putHeading(pane, kind, {view, scene});
  putValueAxis(pane, axes.value, left);
  putTimeAxis(pane, scene, axes.time, left);
  // Before the instant at which the graph's time axis begins, no curves are drawn.
  if (scene.nowUs < axes.time.from) return;
  const plot = new Plot(pane.part({row: 1, rows: plotRows, column: left}).region, formOf(glyphs));
  const drawn = {plot, scene, view, axes, glyphs};
  if (isMeasured(kind)) putMeasured(drawn, kind);
  else (kind === 'sequence' ? putSequence : putWindows)(drawn);
  plot.put(pane.canvas);
};

/** Returns the number of rows left for the table below the graphs; 0 if it does not fit, or if graphs are below each other. */
const tableRowsIn = ({rows}: Pane, below: boolean): number => {
  if (below) return 0;
  const left = rows - frameRows - bestPlotRows - 1;
  if (left >= 4) return left;
  return rows - frameRows - 10 >= 5 ? rows - frameRows - 10 - 1 : 0;
};

/** Draws the graphs and the table; `kind` is the graph that is shown if there is room for only one. */
const putGraphs = (pane: Pane, view: View, kind: GraphKind): void => {
  const scene = graphScene(view);
  if (!scene) {
    pane.put(0, 0, graphTexts.nothing[pane.language], muted);
    return;
  }
  const kinds = kindsOf(scene, pane, kind);
  const tabled = tableRowsIn(pane, kinds.length > 1 && !isSideBySide(pane));
  const above = pane.part({rows: pane.rows - (tabled > 0 ? tabled + 1 : 0)});
  const places = kinds.length > 1 ? halves(above) : [above];
  const lefts = places.map((place, index) => besideAxis(place, kinds[index] ?? 'sequence', scene));
  // Graphs below each other begin at the same column, so that an instant is in the same column of both.
  const shared = isSideBySide(above) ? undefined : Math.max(...lefts);
  for (const [index, place] of places.entries())
    putGraph(place, kinds[index] ?? 'sequence', {scene, view, left: shared ?? lefts[index] ?? 0});
  const used = Math.min(above.rows, frameRows + bestPlotRows);
  if (tabled > 0) putTable(pane.part({row: used + 1, rows: tabled}), tableRows(scene, view), scene.flow);
};

const line = (text: string, view: View): string => spokenSentence(text, view.language);

const spokenMarks = 6;

const nowLine = ({samples, flow, mss, number, sender}: GraphScene, view: View): readonly string[] => {
  const last = samples.at(-1);
  if (!last) return [];
  const count = (bytes: number): string => number(bytes / flow.mss);
  const comma = punctuation.comma[view.language];
  return [
    line(
      [
        ...(last.cwnd === undefined ? [sender] : [`${sender} cwnd ${count(last.cwnd)}`]),
        ...(last.ssthresh === undefined ? [] : [`ssthresh ${count(last.ssthresh)}`]),
        `${graphTexts.inFlight[view.language]} ${count(last.flight)}`,
        ...(last.wnd === undefined ? [] : [`snd.wnd ${count(last.wnd)}`]),
        graphWords.unit[view.language]({mss}),
      ].join(comma),
      view,
    ),
  ];
};

/** Returns sentences for a screen reader on the sender's present windows, and on the newest rows of the table. */
export const spokenGraph = (view: View): readonly string[] => {
  const scene = graphScene(view);
  if (!scene || scene.sents.length === 0) return [line(graphTexts.nothing[view.language], view)];
  const rows = tableRows(scene, view).slice(-spokenMarks);
  return [
    ...nowLine(scene, view),
    ...rows.map(({atUs, what}) =>
      line(
        sentences.at[view.language]({
          time: spokenTime(atUs, view.language),
          what: spokenText(what, view.language),
        }),
        view,
      ),
    ),
  ];
};

/** The kind of graph that the reader has chosen; undefined if he has not chosen any. */
type Own = GraphKind | undefined;

const isNamed = (view: View, ...values: readonly string[]): boolean =>
  view.input.beats.some(({show}) => show.some((value) => values.some((each) => value.endsWith(each))));

/**
 * Returns the kind of graph to show: the reader's choice, or windows if the lesson names cwnd or ssthresh but not the ends of the send
 * window, or else sequence numbers.
 */
const kindOf = (view: View, own: Own): GraphKind =>
  own ?? (isNamed(view, 'cwnd', 'ssthresh') && !isNamed(view, 'snd.nxt', 'snd.una') ? 'windows' : 'sequence');

/**
 * Returns the number of the next or previous packet that has a mark in the graph, counted from the selected packet. If no packet is
 * selected, it is the last marked packet backwards, and undefined forwards; undefined also if there is no further one.
 */
const markFrom = (view: View, by: 1 | -1): number | undefined => {
  const marks = (graphScene(view)?.marks ?? []).filter(({packet}) => packet > 0);
  const packets = [...new Set(marks.map(({packet}) => packet))].sort((a, b) => a - b);
  const {packet: chosen} = view.input.playback.selection;
  if (chosen === undefined) return by < 0 ? packets.at(-1) : undefined;
  return by < 0 ? packets.findLast((each) => each < chosen) : packets.find((each) => each > chosen);
};

/**
 * Maps each kind of graph to the one that the learner's next key press shows. Where two graphs are visible at a time, the other two replace
 * them.
 */
const following = {
  ...{sequence: 'throughput', throughput: 'windows'},
  ...{windows: 'rtt', rtt: 'sequence'},
} as const satisfies {readonly [kind in GraphKind]: GraphKind};

export const graphPanel = definePanel<Own>({
  name: 'graph',
  title: graphTexts.title,
  start: undefined,
  keys: [upDownKeys(graphTexts.marks), {keys: {V: 'other'}, sign: 'V', label: graphTexts.other, rank: 6}],
  command(view, own, command) {
    if (command === 'other') return {own: following[kindOf(view, own)]};
    const packet = markFrom(view, wayOf(command));
    return packet === undefined ? undefined : {selection: {packet}};
  },
  shows: /^(\w+\.)?(cwnd|ssthresh|flightSize)$/,
  isAvailable: ({input}) => hasFlow(input.trace),
  least: {columns: 30, rows: 8},
  best: {columns: 112, rows: 24},
  places: ['side'],
  covers: 'picture',
  spoken: spokenGraph,
  put: (pane, view, own) => putGraphs(pane, view, kindOf(view, own)),
});
