// The waterfall panel: HTTP requests over connections and time, what each waited for, and the totals.

import {type PhaseKind, phaseKinds} from '../../account/http/exchanges.ts';
import {panelsWaterfallSentences} from '../../words/catalogue/panels.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {phaseWords, waterfallTexts, waterfallWords} from '../../words/catalogue/waterfall.ts';
import {formatWhole} from '../../words/format.ts';
import {spokenSentence} from '../../words/spoken.ts';
import {takeColumns, textWidth} from '../../words/width.ts';
import {changed, muted, type Style, strong} from '../canvas.ts';
import type {Glyphs} from '../glyphs.ts';
import {cellAt, type TimeAxis, ticksOf, timeAxis} from '../http/time-axis.ts';
import {
  type Bar,
  hasExchanges,
  totalsOf,
  type WaterfallRow,
  type WaterfallScene,
  waterfallScene,
} from '../http/waterfall.ts';
import type {Pane} from '../pane.ts';
import {definePanel, type PanelMove, upDownKeys, wayOf} from '../panel.ts';
import type {Role} from '../span.ts';
import {widest} from '../table.ts';
import {at} from '../time/pace.ts';
import type {View} from '../view.ts';

// The functions below draw the waterfall: a row for each request, its phases as bars over simulated time, the totals below.

/**
 * How the phases of an HTTP request are drawn; `glyph` is a name in the set of signs. If two phases share a cell, the one with the higher
 * rank is drawn, so that short phases stay visible.
 */
const looks: {
  readonly [kind in PhaseKind]: {readonly glyph: keyof Glyphs; readonly role: Role; readonly rank: number};
} = {
  idle: {glyph: 'barIdle', role: 'muted', rank: 0},
  wait: {glyph: 'barWait', role: 'muted', rank: 1},
  dns: {glyph: 'barDns', role: 'third', rank: 2},
  connect: {glyph: 'barConnect', role: 'control', rank: 3},
  secure: {glyph: 'barSecure', role: 'third', rank: 4},
  send: {glyph: 'barSend', role: 'client', rank: 5},
  receive: {glyph: 'barReceive', role: 'server', rank: 6},
};

/**
 * The column of the pane at which each part of a row of the waterfall begins, and the widths `barCells` and `segments`, which is 0 if that
 * part has no room.
 */
type Plan = {
  readonly name: number;
  readonly status: number;
  readonly connection: number;
  readonly bars: number;
  readonly barCells: number;
  /** The column at which the text on the request's duration ends. */
  readonly tookEnd: number;
  readonly segments: number;
};

const gap = 2;
const nameMost = 26;
const nameLeast = 10;
const tookWidth = 7;
const roomyColumns = 88;
/** The least distance in columns between two times on the waterfall's time axis: the width of a text and a blank. */
const tickApart = 9;

/**
 * How many names of requests before and after the selected one are measured for the width of their column, because there may be thousands
 * of requests.
 */
const mostMeasured = 500;

/** Returns the width of the longest name of a request, between `least` and `most`. */
const namesWidth = ({exchanges, chosen, nameOf}: WaterfallScene, least: number, most: number): number => {
  const isLong = exchanges.length > 2 * mostMeasured;
  const end = chosen < 0 ? exchanges.length : Math.min(exchanges.length, chosen + mostMeasured);
  let width = least;
  for (const exchange of isLong ? exchanges.slice(Math.max(0, end - 2 * mostMeasured), end) : exchanges) {
    if (width >= most) return most;
    width = Math.max(width, textWidth(nameOf(exchange)));
  }
  return Math.min(width, most);
};

const planOf = (scene: WaterfallScene, {columns, language}: Pane): Plan => {
  const {lastConnection: last, unit} = scene;
  const roomy = columns >= roomyColumns;
  const heading = Math.max(nameLeast, textWidth(waterfallTexts.requests[language]));
  const name = namesWidth(scene, heading, roomy ? nameMost : 16);
  const connection = widest([
    waterfallTexts.connection[language],
    waterfallTexts.cache[language],
    last === 0 ? '' : waterfallWords.fresh[language]({connection: last}),
  ]);
  const segments = roomy ? textWidth(waterfallTexts[unit][language]) + gap : 0;
  const status = 2 + name + gap;
  const bars = status + 3 + gap + connection + gap;
  const barCells = Math.max(4, columns - bars - 1 - tookWidth - segments);
  const tookEnd = bars + barCells + tookWidth;
  return {name, status, connection: status + 3 + gap, bars, barCells, tookEnd, segments};
};

type Drawing = {
  readonly pane: Pane;
  readonly scene: WaterfallScene;
  readonly plan: Plan;
  readonly axis: TimeAxis;
};

/**
 * Draws the times on the waterfall's axis up to the present: first where idle time is left out and where it goes on, then round times if
 * they fit.
 */
const putTimes = ({pane, scene, plan, axis}: Drawing): void => {
  const ticks = ticksOf(axis, tickApart).map((tick) => ({...tick, text: pane.plain(formatWhole(tick.us))}));
  const folds = axis.parts
    .filter(({folded}) => folded)
    .map(({toUs, start}) => ({us: toUs, cell: Math.floor(start) + 1, text: pane.glyphs.gapTimeline}));
  const leaps = ticks.filter(({leapt}) => leapt);
  const round = ticks.filter(({leapt}) => !leapt);
  // A cell on either side of a time stays blank, so that neighbouring texts on the axis do not touch.
  const free = new Array<boolean>(plan.barCells + 1).fill(true);
  for (const {us, cell, text} of [...leaps, ...folds, ...round]) {
    const end = cell + textWidth(text);
    if (us > scene.nowUs || end > plan.barCells || free.slice(cell, end + 1).includes(false)) continue;
    pane.put(0, plan.bars + cell, text, muted);
    free.fill(false, Math.max(0, cell - 1), end + 1);
  }
};

const putHeading = (drawing: Drawing): void => {
  const {pane, plan, scene} = drawing;
  const {language} = pane;
  pane.put(0, 2, waterfallTexts.requests[language], pane.headStyle, plan.name);
  pane.put(0, plan.connection, waterfallTexts.connection[language], muted);
  putTimes(drawing);
  pane.putEnd(0, waterfallTexts.took[language], muted, plan.tookEnd);
  if (plan.segments > 0)
    pane.putEnd(0, waterfallTexts[scene.unit][language], muted, plan.tookEnd + plan.segments);
};

type Cells = {readonly from: number; readonly to: number; readonly whole: number};

/** Returns the cells of the bar of a request's phase, at least one, so that even a phase without duration is visible. */
const cellsOf = (axis: TimeAxis, {fromUs, toUs, wholeUs}: Bar): Cells => {
  const from = Math.min(axis.cells - 1, Math.floor(cellAt(axis, fromUs)));
  const end = (us: number): number => Math.max(from + 1, Math.min(axis.cells, Math.floor(cellAt(axis, us))));
  return {from, to: end(toUs), whole: end(wholeUs)};
};

type Labels = ReadonlyMap<PhaseKind, Bar>;

/**
 * Returns for each phase of HTTP requests the first bar that has room for the phase's name, with a cell before it, one after it, and one
 * that a shorter phase may take.
 */
const labelledBars = (rows: readonly WaterfallRow[], {axis, pane}: Drawing): Labels => {
  const found = new Map<PhaseKind, Bar>();
  for (const bar of rows.flatMap(({bars}) => bars)) {
    const {from, whole} = cellsOf(axis, bar);
    if (!found.has(bar.kind) && whole - from >= textWidth(phaseWords[bar.kind][pane.language]) + 3)
      found.set(bar.kind, bar);
  }
  return found;
};

const putBars = ({pane, plan, axis}: Drawing, at: number, {bars}: WaterfallRow, labels: Labels): void => {
  const free = new Array<boolean>(plan.barCells).fill(true);
  const byRank = [...bars].sort((a, b) => looks[b.kind].rank - looks[a.kind].rank);
  const put = (cell: number, text: string, style: Style): void => {
    pane.put(at, plan.bars + cell, text, style);
    free.fill(false, cell, cell + textWidth(text));
  };
  for (const bar of byRank) {
    const {glyph, role} = looks[bar.kind];
    const {from, to} = cellsOf(axis, bar);
    const begin = free.indexOf(true, from);
    if (labels.get(bar.kind) === bar && begin >= 0)
      put(begin + 1, takeColumns(phaseWords[bar.kind][pane.language], Math.max(0, to - begin - 1)), {role});
    for (let cell = from; cell < to; cell++) if (free[cell]) put(cell, pane.glyphs[glyph], {role});
  }
};

const onText = ({on}: WaterfallRow['exchange'], {language}: Pane): string => {
  if (on === undefined) return waterfallTexts.cache[language];
  return on.nth === 1 ? waterfallWords.fresh[language]({connection: on.connection}) : String(on.connection);
};

const putRow = (drawing: Drawing, at: number, row: WaterfallRow, labels: Labels): void => {
  const {pane, scene, plan} = drawing;
  const {glyphs} = pane;
  const {exchange, name, status, failed, selected, tookUs, segments} = row;
  const style: Style = {role: 'text', selected};
  if (selected) pane.put(at, 0, glyphs.selected, {role: 'accent', selected});
  pane.put(at, 2, name === '' ? glyphs.ellipsis : name, style, plan.name);
  const code: Style = row.changed ? {...changed, selected} : {...style, bold: true};
  // The mark of a failed request follows the status in the waterfall, because a response that was aborted may have begun to arrive.
  const end = pane.put(at, plan.status, status, code);
  if (failed) pane.put(at, end, glyphs.lost, {role: 'warning', selected});
  pane.put(
    at,
    plan.connection,
    onText(exchange, pane),
    exchange.on?.nth === 1 ? style : {...muted, selected},
  );
  putBars(drawing, at, row, labels);
  if (tookUs !== undefined) pane.putEnd(at, scene.time(tookUs), row.changed ? code : style, plan.tookEnd);
  if (segments !== undefined && plan.segments > 0)
    pane.putEnd(at, scene.number(segments), style, plan.tookEnd + plan.segments);
};

/** Returns the phases of HTTP requests that occur in the rows but whose names fit in no bar, so that a legend must explain their signs. */
const unnamed = (rows: readonly WaterfallRow[], labels: Labels): readonly PhaseKind[] => {
  const kinds = new Set(rows.flatMap(({bars}) => bars.map(({kind}) => kind)));
  return phaseKinds.filter((kind) => kinds.has(kind) && !labels.has(kind));
};

/**
 * Draws the waterfall's totals and the legend of phases whose names are in no bar: at the right of the same row, or in the row above if
 * `above` allows it.
 */
const putFoot = ({pane, scene}: Drawing, kinds: readonly PhaseKind[], above: boolean): void => {
  const {language, glyphs, rows, columns} = pane;
  const end = pane.put(rows - 1, 2, totalsOf(scene, language).join(' · '), strong);
  const words = kinds.map((kind) => phaseWords[kind][language]);
  let at = columns - words.reduce((sum, word) => sum + 2 + textWidth(word), gap * (kinds.length - 1));
  const fits = at >= end + 2;
  if (kinds.length === 0 || at < 0 || !(fits || above)) return;
  const signsRow = fits ? rows - 1 : rows - 2;
  for (const [index, kind] of kinds.entries()) {
    pane.put(signsRow, at, glyphs[looks[kind].glyph], {role: looks[kind].role});
    at = pane.put(signsRow, at + 2, words[index] ?? '', muted) + gap;
  }
};

const putWaterfall = (pane: Pane, scene: WaterfallScene): void => {
  const {rows, language} = pane;
  const {exchanges, chosen} = scene;
  if (exchanges.length === 0) {
    pane.put(0, 2, waterfallTexts.none[language], muted);
    return;
  }
  const plan = planOf(scene, pane);
  const drawing = {pane, scene, plan, axis: timeAxis(scene.busy, plan.barCells, scene.leastUs)};
  putHeading(drawing);
  const room = rows - 2;
  const all = exchanges.length;
  // If not all requests fit, the rows begin with the selected request; without a selection the newest are shown.
  const over = all > room && room > 1;
  const shownRows = over ? room - 1 : Math.min(all, Math.max(0, room));
  const first = Math.min(chosen < 0 ? all : chosen, all - shownRows);
  const shown = exchanges.slice(first, first + shownRows).map(scene.rowOf);
  let at = 1;
  if (over)
    pane.put(at++, 2, `${pane.glyphs.earlier} ${waterfallWords.earlier[language]({count: first})}`, muted);
  const labels = labelledBars(shown, drawing);
  for (const each of shown) putRow(drawing, at++, each, labels);
  const foot = {...drawing, pane: pane.part({rows: Math.min(rows, at + 2)})};
  putFoot(foot, unnamed(shown, labels), at < rows - 1);
};

const whereOf = (row: WaterfallRow, {number}: WaterfallScene, {language}: View): string => {
  const {on} = row.exchange;
  if (on === undefined) return waterfallWords.spoken.cached[language];
  const {segments, unit} = row;
  if (segments === undefined) return waterfallWords.spoken.reused[language]({connection: on.connection});
  const sent = waterfallWords.segments[language]({segments: number(segments), unit});
  return waterfallWords.spoken.opened[language]({connection: on.connection, sent});
};

const stateOf = (
  {failed, status, tookUs, bars, exchange: {on}}: WaterfallRow,
  scene: WaterfallScene,
  view: View,
): string => {
  if (failed) return waterfallWords.spoken.failed[view.language];
  if (tookUs !== undefined)
    return on ? waterfallWords.spoken.done[view.language]({status, time: scene.time(tookUs)}) : status;
  const last = bars.at(-1);
  return last
    ? waterfallWords.spoken.waits[view.language]({phase: phaseWords[last.kind][view.language]})
    : '';
};

/** Returns sentences for a screen reader on the waterfall: one for each HTTP request, then the totals. */
export const spokenWaterfall = (view: View): readonly string[] => {
  const {language} = view;
  const scene = waterfallScene(view);
  if (scene.exchanges.length === 0) return [waterfallTexts.none[language]];
  const comma = punctuation.comma[language];
  const lines = scene.exchanges
    .map(scene.rowOf)
    .map((row) =>
      [
        waterfallWords.spoken.row[language]({name: row.name, where: whereOf(row, scene, view)}),
        stateOf(row, scene, view),
      ]
        .filter((part) => part !== '')
        .join(comma),
    );
  const totals = totalsOf(scene, language).join(comma);
  return [...lines, totals].map((line) => spokenSentence(line, language));
};

/** Returns the change that selects the first packet of the next or previous HTTP request; undefined if there is none. */
const moved = (view: View, by: 1 | -1): PanelMove<undefined> | undefined => {
  const {exchanges, chosen} = waterfallScene(view);
  const newest = at(view.input.pacing.sent, view.moment);
  const asked = exchanges.filter(({packets}) => packets.length > 0 && (packets[0] ?? 0) <= newest);
  const own = exchanges[chosen];
  const selected = own ? asked.indexOf(own) : -1;
  const from = selected < 0 ? asked.length - (by < 0 ? 0 : 1) : selected;
  const packet = asked[from + by]?.packets[0];
  return packet === undefined ? undefined : {selection: {packet}};
};

export const waterfallPanel = definePanel({
  name: 'waterfall',
  title: waterfallTexts.title,
  keys: [upDownKeys(panelsWaterfallSentences.waterfallPanel.keys['↑↓'].label)],
  command: (view, _own, command) => moved(view, wayOf(command)),
  shows: /^http\.(time|request\.line)$/,
  isAvailable: hasExchanges,
  leads: hasExchanges,
  least: {columns: 60, rows: 5},
  best: {columns: 110, rows: 14},
  places: ['lower'],
  covers: 'picture',
  spoken: spokenWaterfall,
  put: (pane, view) => putWaterfall(pane, waterfallScene(view)),
});
