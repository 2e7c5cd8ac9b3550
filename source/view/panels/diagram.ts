// The panel with TCP's state diagram (RFC 9293 figure 5) and the paths that both ends have taken through it.

import {instantOf} from '../../account/entries.ts';
import type {Language} from '../../lesson/text.ts';
import {captureTexts} from '../../words/catalogue/capture.ts';
import {diagramTexts} from '../../words/catalogue/diagram.ts';
import {panelsDiagramSentences} from '../../words/catalogue/panels.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {padEnd, textWidth} from '../../words/width.ts';
import {accent, changed, muted, plain, type Style} from '../canvas.ts';
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
} from '../diagram/diagram-charts.ts';
import {triggerText} from '../diagram/diagram-edges.ts';
import type {Diagram, DiagramEnd, DiagramStep} from '../diagram/diagram-path.ts';
import {diagramAt} from '../diagram/observed-path.ts';
import {isWatched} from '../endpoints/observed.ts';
import {isAscii, unicodeGlyphs} from '../glyphs.ts';
import type {Pane} from '../pane.ts';
import {definePanel, upDownKeys, wayOf} from '../panel.ts';
import {spokenWays} from '../spoken/spoken-rows.ts';
import {hasStates, selectedPacket, type View} from '../view.ts';

// The functions below draw TCP's state diagram: the edges taken in heavy lines, the others dotted, each host's present state, and the edge
// just taken.

type Options = {
  /** The numbers of the events at which the selected changes of state happened. */
  readonly selected: ReadonlySet<number>;
  /** True if only words describe the paths through the state diagram, because the diagram would answer an open question. */
  readonly waysOnly: boolean;
};

type Strokes = {
  readonly vertical: string;
  readonly horizontal: string;
  /** The sign of the state diagram for a corner of a line between two sides of a cell, such as `down right`. */
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

type Drawing = {
  readonly pane: Pane;
  readonly diagram: Diagram;
  readonly chart: Chart;
  readonly signs: Signs;
  readonly selected: ReadonlySet<number>;
};

const put = ({pane}: Drawing, [row, column]: Cell, text: string, style: Style): void => {
  pane.put(row - 1, column - 1, text, style);
};

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

/** Returns the cells of an edge's line, each with its sign; the last one is the arrowhead. */
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

/**
 * Returns a test that tells whether a change of TCP state is this edge of the state diagram; false for changes that the diagram does not
 * have.
 */
const isOn =
  ({from, to}: ChartEdge) =>
  (step: DiagramStep): boolean =>
    step.clause === undefined && step.from === from && step.to === to;

const styleFor = (ends: readonly DiagramEnd[]): Style => {
  const [only, ...others] = ends;
  if (!only) return muted;
  return {role: others.length > 0 ? 'control' : only.role, bold: true};
};

/** Tells whether a cell of the state diagram is covered by the edge's label, with a blank on either side, or by its mark ◆. */
const covers = ({labelAt, label, markAt}: ChartEdge, lit: boolean, [row, column]: Cell): boolean =>
  (row === labelAt[0] && column >= labelAt[1] - 1 && column <= labelAt[1] + label.length) ||
  (lit && row === markAt[0] && column === markAt[1]);

const putEdge = (drawing: Drawing, edge: ChartEdge): void => {
  const {diagram, signs, selected} = drawing;
  const {glyphs} = drawing.pane;
  const takers = diagram.ends.filter(({steps}) => steps.some(isOn(edge)));
  const lit = diagram.ends.some(({fresh}) => fresh.some(isOn(edge)));
  const chosen = takers.some(({steps}) => steps.filter(isOn(edge)).some(({event}) => selected.has(event)));
  const style = styleFor(takers);
  const strokes = takers.length > 0 ? signs.taken : signs.other;
  for (const [cell, sign] of cellsOf(edge, strokes, signs.heads))
    if (!covers(edge, lit || chosen, cell)) put(drawing, cell, sign, style);
  const label = lit ? changed : takers.length > 0 ? plain : muted;
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
  const {diagram, pane} = drawing;
  const here = diagram.ends.filter((end) => isAt(node, end));
  const been = diagram.ends.filter(({steps}) =>
    steps.some(({from, to}) => from === node.state || to === node.state),
  );
  const [row, column] = node.at;
  const style = here.length > 0 ? styleFor(here) : been.length > 0 ? plain : muted;
  put(drawing, node.at, node.state, style);
  if (here.length === 0) return;
  put(drawing, [row, column - 1], pane.glyphs.markOpen, style);
  put(drawing, [row, column + node.state.length], pane.glyphs.markClose, style);
};

const putHeading = ({pane, signs, chart, diagram}: Drawing): void => {
  const {language, glyphs} = pane;
  const mark = diagram.ends.some(({deduced}) => deduced) ? `${glyphs.deduced} ` : '';
  const legend = [
    `${mark}${diagramTexts.states[language]}`,
    `  ${signs.taken.horizontal.repeat(2)} ${diagramTexts.taken[language]}`,
    `${signs.other.horizontal.repeat(2)} ${diagramTexts.notTaken[language]}`,
  ].join('  ');
  const narrow = textWidth(legend) > chart.columns ? legend.replace(/ +/g, ' ') : legend;
  pane.put(0, 0, narrow, pane.headStyle, chart.columns);
};

/** Returns the text of a host's TCP state, with a mark if it was deduced from a capture; if the state is unknown, a text that says so. */
const stateText = ({state, deduced}: DiagramEnd, language: Language): string =>
  state === undefined
    ? `${unicodeGlyphs.deduced} ${captureTexts.unknown[language]}`
    : `${deduced ? unicodeGlyphs.deduced : ''}${state}`;

const legendText = (end: DiagramEnd, language: Language): string => {
  const {name} = end;
  const side = (which: 'left' | 'right', how: 'active' | 'passive'): string => {
    const word = padEnd(diagramTexts[which][language], textWidth(diagramTexts.right[language]));
    return `${word}  ${name}${punctuation.comma[language]}${diagramTexts[how][language]}`;
  };
  // A captured host is called by its address, so the legend has no room to tell on which side of the diagram the host is.
  if (end.deduced) return `${stateText(end, language)}  ${name}`;
  if (went(end, 'FIN-WAIT-1')) return side('left', 'active');
  if (went(end, 'CLOSE-WAIT')) return side('right', 'passive');
  return `${name}  ${stateText(end, language)}`;
};

/**
 * Returns the host's newest change of TCP state at this instant that the state diagram does not have, so that words have to describe it;
 * undefined if there is none.
 */
const besideFigure = ({fresh}: DiagramEnd): DiagramStep | undefined =>
  fresh.findLast(({clause}) => clause !== undefined);

const putLegend = ({pane, diagram, chart}: Drawing): void => {
  for (const [index, end] of diagram.ends.slice(0, 2).entries()) {
    const step = besideFigure(end);
    const text = step
      ? `${pane.glyphs.changed} ${end.name}  ${triggerText(step.trigger, pane.language)} ▸ ${step.to}`
      : legendText(end, pane.language);
    pane.put(chart.legendRow + index - 1, 0, text, step ? changed : {role: end.role}, chart.columns);
  }
};

/** Returns the largest drawing of TCP's state diagram that fits in a pane; undefined if none fits, so that words must replace it. */
const chartFor = ({closes}: Diagram, {columns, rows}: Pane): Chart | undefined => {
  const charts = [wholeChart, closes ? closeChart : openChart];
  return charts.find((chart) => chart.columns <= columns && chart.rows <= rows);
};

/**
 * Returns lines with a text appended to the last one, or on a new line if it does not fit. The text, such as an arrow and its target, is
 * never split.
 */
const extended = (lines: readonly string[], unit: string, columns: number): string[] => {
  const last = lines.at(-1) ?? '';
  if (unit === '') return [...lines];
  return textWidth(last) + 1 + textWidth(unit) <= columns
    ? [...lines.slice(0, -1), `${last} ${unit}`]
    : [...lines, unit];
};

/** Describes in words the TCP states through which each host has gone, if no drawing of the state diagram fits or may be shown. */
const putWays = (pane: Pane, {ends}: Diagram): void => {
  const {glyphs, language} = pane;
  let row = 0;
  for (const end of ends) {
    const {name, role, steps, fresh} = end;
    const last = fresh.at(-1);
    const mark = last ? pane.plain(`${glyphs.changed} ${triggerText(last.trigger, language)}`) : '';
    const [first] = steps;
    const begin = first && (first.from ?? unicodeGlyphs.deduced);
    const way = [...(begin ? [begin] : []), ...steps.slice(0, -1).map(({to}) => to)];
    const now = `${glyphs.markOpen}${stateText(end, language)}${glyphs.markClose}`;
    const [start = now, ...then] = [...way, now];
    const units = [...then.map((each) => pane.plain(`▸ ${each}`)), mark];
    const room = pane.columns - 2;
    pane.put(row++, 0, name, {role, bold: true});
    const lines = units.reduce((before, unit) => extended(before, unit, room), [pane.plain(start)]);
    for (const line of lines) pane.put(row++, 2, line, plain);
    row++;
  }
};

/** Draws TCP's state diagram and what the hosts did in it; `undefined` stands for a capture without TCP, for which a text says so. */
export const putDiagram = (
  pane: Pane,
  diagram: Diagram | undefined,
  {selected, waysOnly}: Options = {selected: new Set(), waysOnly: false},
): void => {
  if (!diagram || diagram.ends.length === 0) {
    const words = diagram ? captureTexts.nothingSeen : diagramTexts.unknown;
    pane.putWrapped(0, words[pane.language], muted);
    return;
  }
  const chart = waysOnly ? undefined : chartFor(diagram, pane);
  if (!chart) {
    putWays(pane, diagram);
    return;
  }
  const drawing: Drawing = {pane, diagram, chart, signs: isAscii(pane.glyphs) ? ascii : unicode, selected};
  putHeading(drawing);
  for (const each of chart.edges) putEdge(drawing, each);
  for (const each of chart.nodes) putNode(drawing, each);
  putLegend(drawing);
};

/**
 * The state of the state diagram's panel: the number of the event of the change that the reader has selected last; undefined if he has
 * selected none.
 */
type Own = number | undefined;

type Walked = DiagramStep & {readonly host: string; readonly packet: number | undefined};

/**
 * Returns the packet that caused a host's change of state: the one that arrived at that instant, or else the one that the host sent;
 * undefined without any.
 */
const packetOf = ({input: {trace}}: View, host: string, event: number): number | undefined => {
  const own = instantOf(trace, event).filter((each) => each.host === host);
  const way = own.find(({kind}) => kind === 'arrive') ?? own.find(({kind}) => kind === 'send');
  return way && 'packet' in way && way.packet > 0 ? way.packet : undefined;
};

/** Returns the changes of state of both hosts in the order of events, each with the packet that caused it. */
const stepsOf = (view: View): readonly Walked[] =>
  (diagramAt(view)?.ends ?? [])
    .flatMap(({host, steps}) =>
      steps.map((step) => ({...step, host, packet: packetOf(view, host, step.event)})),
    )
    .sort((one, other) => one.event - other.event);

/**
 * Returns a test that tells whether a change of TCP state is selected: the reader has selected it in the state diagram, or the packet that
 * caused it.
 */
const isSelected = (view: View, own: Own): ((step: Walked) => boolean) => {
  const {packet, variable} = view.input.playback.selection;
  return ({host, event, packet: by}) =>
    variable?.name === 'state' && own !== undefined
      ? variable.host === host && event === own
      : packet !== undefined && by === selectedPacket(view);
};

export const diagramPanel = definePanel<Own>({
  name: 'diagram',
  title: panelsDiagramSentences.title,
  start: undefined,
  keys: [upDownKeys(panelsDiagramSentences.keys['↑↓'].label)],
  command(view, own, command) {
    const steps = stepsOf(view);
    const at = steps.findLastIndex(isSelected(view, own));
    const from = at < 0 && command === 'up' ? steps.length : at;
    const step = steps[from + wayOf(command)];
    if (step === undefined) return undefined;
    const {host, event, packet} = step;
    const along = packet === undefined ? {} : {packet, field: 'tcp.flags', byte: undefined};
    return {own: event, selection: {...along, variable: {host, name: 'state'}}};
  },
  subject(view, own) {
    const step = stepsOf(view).find(isSelected(view, own));
    return step && {kind: 'event', event: step.event};
  },
  shows: /^(\w+\.)?state$/,
  shownIn: 'tcp-close',
  isAvailable: (view) => hasStates(view) || isWatched(view),
  least: {columns: 34, rows: 12},
  best: {columns: 44, rows: 20},
  places: ['side'],
  covers: 'body',
  spoken: spokenWays,
  put(pane, view, own) {
    const selected = new Set(
      stepsOf(view)
        .filter(isSelected(view, own))
        .map(({event}) => event),
    );
    const {gate} = view.input.playback;
    const waysOnly = gate !== undefined && !gate.replied;
    putDiagram(pane, diagramAt(view), {selected, waysOnly});
  },
});
