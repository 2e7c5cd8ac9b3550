// Draws the boxes: a row for each layer of both models, each box in the row of its layer, inside the one below it.
import type {Language} from '../../lesson/text.ts';
import {layersTexts} from '../../words/catalogue/layers.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {rungNames, unitOf} from '../../words/layers.ts';
import {cut, repeated, textWidth} from '../../words/width.ts';
import type {Canvas, Style} from '../canvas.ts';
import type {Glyphs} from '../glyphs.ts';
import type {Region} from '../layout.ts';
import {type Box, isProgram, type Rung, rungs, sizeOf} from './boxes.ts';
import {type LayerScene, stateOf} from './layer-scene.ts';
import {boxName, innermostName, wireText} from './layer-words.ts';

export type Drawing = {
  readonly canvas: Canvas;
  readonly scene: LayerScene;
  readonly language: Language;
  readonly glyphs: Glyphs;
  readonly region: Region;
};

const muted: Style = {role: 'muted'};
const strong: Style = {role: 'text', bold: true};

/** From so many columns on the names of both models stand at the side. */
const modelsFrom = 60;
const markColumns = 2;
const numberColumns = 2;
const gap = 1;

export type StackRow = {
  readonly rung: Rung;
  readonly box: number | undefined;
  /** For presentation and session, which have no boxes. */
  readonly both?: true;
};

/** Room for what is said below the boxes; with less of it two rows become one. */
const roomBelow = 6;

/** From above: the innermost box first. On fewer rows those without boxes are drawn together, on very few not at all. */
export const stackRows = ({boxes}: LayerScene, rows: number): readonly StackRow[] => {
  const all = rungs.flatMap((rung): StackRow[] => {
    const own = boxes.flatMap((box, index) => (box.rung === rung ? [{rung, box: index}] : []));
    if (own.length > 0) return own.toReversed();
    return rung === 'between' ? [] : [{rung, box: undefined}];
  });
  if (all.length + roomBelow <= rows) return all;
  const fewer = all.flatMap((row): StackRow[] => {
    if (row.rung === 'presentation' && row.box === undefined) return [{...row, both: true}];
    const alone = boxes.some(({rung}) => rung === 'presentation');
    return row.rung === 'session' && !alone ? [] : [row];
  });
  if (fewer.length <= rows) return fewer;
  return all.filter(({box, rung}) => box !== undefined || rung === 'physical').slice(-Math.max(1, rows));
};

type Columns = {
  readonly osi: number;
  readonly tcpIp: number;
  /** Names of protocols, where their boxes have no room for them; 0: in the boxes. */
  readonly name: number;
  readonly boxes: number;
  readonly width: number;
  readonly total: number;
  /** Blanks at both sides of a text in its box. */
  readonly pad: number;
};

const widest = (texts: readonly string[]): number =>
  texts.reduce((most, text) => Math.max(most, textWidth(text)), 0);

const headerText = (box: Box, scene: LayerScene, language: Language, named: boolean): string => {
  const own = box.header > 0 ? box.header : box.payload;
  const size = scene.hidesSizes ? '?' : String(own);
  return named ? `${boxName(box, language)} ${size}` : size;
};

/** Columns that the boxes take at least, borders included. */
const leastWidth = (
  scene: LayerScene,
  language: Language,
  {named, pad}: {named: boolean; pad: number},
): number => {
  const cells = scene.boxes.map((box) => textWidth(headerText(box, scene, language, named)) + 2 * pad + 1);
  const last = scene.boxes.at(-1);
  const content = last && last.header > 0 && last.payload > 0 ? String(last.payload).length + 2 * pad + 1 : 0;
  return 1 + cells.reduce((sum, each) => sum + each, 0) + content;
};

const columnsOf = ({scene, language, region}: Drawing): Columns => {
  const models = region.columns >= modelsFrom;
  const names = Object.values(rungNames);
  const osi = models ? Math.max(...names.map(({osi: each}) => textWidth(each[language]))) + gap : 0;
  const tcpIp = models ? Math.max(...names.map(({tcpIp: each}) => textWidth(each[language]))) + 2 * gap : 0;
  // Their heading has a row for itself, where it may be wider than they are.
  const total = String(scene.packet.originalLength).length + gap;
  const first = region.column + markColumns + numberColumns + osi + tcpIp;
  const width = region.column + region.columns - first - total;
  for (const pad of [1, 0])
    if (leastWidth(scene, language, {named: true, pad}) <= width)
      return {osi, tcpIp, name: 0, boxes: first, width, total, pad};
  const room = Math.max(0, width - leastWidth(scene, language, {named: false, pad: 0}));
  const name = Math.min(room, widest(scene.boxes.map((box) => boxName(box, language))) + gap);
  const pad = leastWidth(scene, language, {named: false, pad: 1}) <= width - name ? 1 : 0;
  return {osi, tcpIp, name, boxes: first + name, width: width - name, total, pad};
};

/** Left borders of the boxes, each inside the one before it, and where the last one’s content begins. */
const leftsOf = ({scene, language}: Drawing, columns: Columns): readonly number[] => {
  const lefts = [columns.boxes];
  for (const box of scene.boxes) {
    const text = headerText(box, scene, language, columns.name === 0);
    lefts.push((lefts.at(-1) ?? 0) + textWidth(text) + 2 * columns.pad + 1);
  }
  return lefts;
};

const putMiddle = (
  {canvas, glyphs}: Drawing,
  row: number,
  {from, to}: {readonly from: number; readonly to: number},
  {text, style}: {readonly text: string; readonly style: Style},
): void => {
  const room = to - from + 1;
  if (room < 1) return;
  const shown = cut(text, room, glyphs.ellipsis);
  const before = Math.floor((room - textWidth(shown)) / 2);
  if (style.selected) canvas.put(row, from, repeated(' ', before), style);
  canvas.put(row, from + before, shown, style);
  if (style.selected) canvas.fill(row, {from: from + before + textWidth(shown), to}, style);
};

const payloadText = ({scene, language}: Drawing, index: number, room: number): string => {
  const box = scene.boxes[index];
  if (!box || box.payload === 0) return '';
  const inner = scene.boxes[index + 1];
  const word = inner ? unitOf(inner.protocol)[language] : innermostName(box, language);
  const size = scene.hidesSizes ? '?' : String(box.payload);
  return textWidth(`${word} ${size}`) <= room ? `${word} ${size}` : size;
};

const putBox = (drawing: Drawing, row: number, index: number, columns: Columns): void => {
  const {canvas, scene, language, glyphs} = drawing;
  const box = scene.boxes[index];
  const lefts = leftsOf(drawing, columns);
  const [left = 0, inside = 0] = [lefts[index], lefts[index + 1]];
  if (!box) return;
  const right = columns.boxes + columns.width - 1;
  const state = stateOf(scene, index);
  const border = state === 'off' ? glyphs.folded : glyphs.lifeline;
  const put = (column: number): void => canvas.put(row, column, border, muted);
  put(left);
  put(right);
  if (state === 'off') {
    const word = layersTexts[scene.step?.side === 'down' ? 'notYet' : 'takenOff'][language];
    putMiddle(drawing, row, {from: left + 1, to: right - 1}, {text: word, style: muted});
    return;
  }
  const chosen = scene.step?.box === index;
  const own: Style = state === 'closed' ? muted : isProgram(box.rung) ? {role: 'data', bold: true} : strong;
  const style: Style = chosen ? {...own, role: 'accent', selected: true} : own;
  const text = headerText(box, scene, language, columns.name === 0);
  const alone = box.header === 0 || box.payload === 0;
  const end = alone ? right - 1 : inside - 1;
  putMiddle(drawing, row, {from: left + 1, to: end}, {text, style});
  if (alone) return;
  put(inside);
  const room = {from: inside + 1, to: right - 1};
  const data: Style = isProgram(box.rung) ? {role: 'data'} : {role: 'text'};
  putMiddle(drawing, row, room, {
    text: payloadText(drawing, index, right - inside - 1),
    style: state === 'closed' ? muted : data,
  });
};

const emptyText = ({scene, language}: Drawing, rung: Rung, room: number): string => {
  const inner = scene.boxes.at(-1)?.rung;
  if (rung === 'physical') return wireText(scene, language, room);
  if (rung === 'application' && inner === 'presentation') return layersTexts.insideTls[language];
  if (rung === 'application') return layersTexts[inner === 'transport' ? 'noData' : 'unused'][language];
  const higher = rung === 'presentation' || rung === 'session';
  if (!higher) return layersTexts.unused[language];
  return inner !== undefined && isProgram(inner) ? layersTexts.byApplication[language] : '';
};

const putSide = (drawing: Drawing, row: number, {rung, box, both}: StackRow, columns: Columns): void => {
  const {canvas, scene, language, glyphs, region} = drawing;
  const chosen = box !== undefined && scene.step?.box === box;
  const style: Style = chosen ? {role: 'accent', bold: true} : box === undefined ? muted : {role: 'text'};
  const {number, osi, tcpIp} = rungNames[rung];
  if (chosen) canvas.put(row, region.column, glyphs.selected, style);
  const first = region.column + markColumns;
  if (both && columns.osi > 0) {
    const {presentation, session} = rungNames;
    const comma = punctuation.listComma[language];
    const names = [presentation, session].map((each) => `${each.number} ${each.osi[language]}`);
    canvas.put(row, first, names.join(comma), style);
    return;
  }
  canvas.put(row, first, number, style);
  if (columns.osi > 0) canvas.put(row, first + numberColumns, osi[language], style);
  if (columns.tcpIp > 0) canvas.put(row, first + numberColumns + columns.osi, tcpIp[language], muted);
  const name = box === undefined ? undefined : scene.boxes[box];
  if (columns.name > 0 && name)
    canvas.put(
      row,
      columns.boxes - columns.name,
      cut(boxName(name, language), columns.name - gap, glyphs.ellipsis),
      style,
    );
};

/** The headings above the columns. */
export const putStackHead = (drawing: Drawing, row: number): void => {
  const {canvas, language, region} = drawing;
  const columns = columnsOf(drawing);
  const first = region.column + markColumns;
  if (columns.osi > 0) canvas.put(row, first, layersTexts.osi[language], muted);
  if (columns.tcpIp > 0)
    canvas.put(row, first + numberColumns + columns.osi, layersTexts.tcpIp[language], muted);
  canvas.putEnd(row, region.column + region.columns - 1, layersTexts.bytes[language], muted);
};

export const putStack = (drawing: Drawing, row: number, rows: readonly StackRow[]): void => {
  const {canvas, scene, region, glyphs} = drawing;
  const columns = columnsOf(drawing);
  for (const [index, each] of rows.entries()) {
    const at = row + index;
    putSide(drawing, at, each, columns);
    const box = each.box === undefined ? undefined : scene.boxes[each.box];
    if (box === undefined || each.box === undefined) {
      const from = columns.name > 0 ? columns.boxes - columns.name : columns.boxes + 1;
      const room = region.column + region.columns - from;
      canvas.put(at, from, cut(emptyText(drawing, each.rung, room), room, glyphs.ellipsis), muted);
      continue;
    }
    putBox(drawing, at, each.box, columns);
    if (stateOf(scene, each.box) === 'off') continue;
    const chosen = scene.step?.box === each.box;
    const size = scene.hidesSizes ? '?' : String(sizeOf(box));
    canvas.putEnd(
      at,
      region.column + region.columns - 1,
      size,
      chosen ? {role: 'accent', bold: true} : strong,
    );
  }
};
