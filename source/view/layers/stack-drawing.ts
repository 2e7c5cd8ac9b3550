// Draws the boxes of a frame: a row for each layer of the OSI and TCP/IP models, each box in the row of its layer, inside the box of the
// layer below.
import type {Language} from '../../lesson/text.ts';
import {layersTexts, layersWords} from '../../words/catalogue/layers.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {rungNames, unitOf} from '../../words/layers.ts';
import {repeated, textWidth} from '../../words/width.ts';
import {accent, muted, plain, type Style, strong} from '../canvas.ts';
import type {Pane} from '../pane.ts';
import {widest} from '../table.ts';
import {type Box, isProgram, type Rung, rungs, sizeOf} from './boxes.ts';
import {type LayerScene, stateOf} from './layer-scene.ts';
import {boxName, innermostName, wireText} from './layer-words.ts';

/**
 * The least number of columns of a layers panel with the names of both models at the side; then the widths of its columns for the mark and
 * the layer's number, and the gap between columns.
 */
const modelsFrom = 60;
const markColumns = 2;
const numberColumns = 2;
const gap = 1;

export type StackRow = {
  readonly rung: Rung;
  readonly box: number | undefined;
  /** True if the row of the layers panel stands for the presentation and the session layer together, neither of which is in the packet. */
  readonly both?: true;
};

/** The number of rows of the layers panel that are kept for the text below the boxes; if there are fewer, rows of layers are joined. */
const roomBelow = 6;

/**
 * Returns the layers panel's rows from the top layer down. If there is little room, the rows of layers without boxes are joined, and if
 * there is very little they are left out.
 */
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
  /** The number of columns for the names of protocols whose boxes are too narrow for them; 0 if the names are in the boxes. */
  readonly name: number;
  readonly boxes: number;
  readonly width: number;
  /** The number of blanks on either side of a text in its box in the layers panel. */
  readonly pad: number;
};

const headerText = (box: Box, scene: LayerScene, language: Language, named: boolean): string => {
  const own = box.header > 0 ? box.header : box.payload;
  const size = scene.hidesSizes ? '?' : String(own);
  return named ? `${boxName(box, language)} ${size}` : size;
};

/** Returns the least number of columns in which the nested boxes of a frame fit, with their borders. */
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

const columnsOf = (pane: Pane, scene: LayerScene): Columns => {
  const {language} = pane;
  const models = pane.columns >= modelsFrom;
  const names = Object.values(rungNames);
  const osi = models ? widest(names.map((each) => each.osi[language])) + gap : 0;
  const tcpIp = models ? widest(names.map((each) => each.tcpIp[language])) + 2 * gap : 0;
  // The layers panel's heading of the sizes has a row of its own, so it does not widen the column of sizes.
  const total = String(scene.packet.originalLength).length + gap;
  const first = markColumns + numberColumns + osi + tcpIp;
  const width = pane.columns - first - total;
  for (const pad of [1, 0])
    if (leastWidth(scene, language, {named: true, pad}) <= width)
      return {osi, tcpIp, name: 0, boxes: first, width, pad};
  const room = Math.max(0, width - leastWidth(scene, language, {named: false, pad: 0}));
  const name = Math.min(room, widest(scene.boxes.map((box) => boxName(box, language))) + gap);
  const pad = leastWidth(scene, language, {named: false, pad: 1}) <= width - name ? 1 : 0;
  return {osi, tcpIp, name, boxes: first + name, width: width - name, pad};
};

/** Returns the columns of the boxes' left borders, each inside the box before it, and at the end that of the innermost payload. */
const leftsOf = (scene: LayerScene, columns: Columns, language: Language): readonly number[] => {
  const lefts = [columns.boxes];
  for (const box of scene.boxes) {
    const text = headerText(box, scene, language, columns.name === 0);
    lefts.push((lefts.at(-1) ?? 0) + textWidth(text) + 2 * columns.pad + 1);
  }
  return lefts;
};

/** Puts a text in the middle of the first row of a pane. */
const putMiddle = (pane: Pane, text: string, style: Style): void => {
  const {columns} = pane;
  if (columns < 1) return;
  const before = Math.floor((columns - textWidth(pane.fit(text, columns))) / 2);
  if (style.selected) pane.put(0, 0, repeated(' ', before), style);
  const end = pane.put(0, before, pane.fit(text, columns), style);
  if (style.selected) pane.fill(0, end, style);
};

const payloadText = ({boxes, hidesSizes}: LayerScene, index: number, {language, columns}: Pane): string => {
  const box = boxes[index];
  if (!box || box.payload === 0) return '';
  const inner = boxes[index + 1];
  const word = inner ? unitOf(inner.protocol)[language] : innermostName(box, language);
  const size = hidesSizes ? '?' : String(box.payload);
  return textWidth(`${word} ${size}`) <= columns ? `${word} ${size}` : size;
};

const putBox = (pane: Pane, scene: LayerScene, index: number, columns: Columns): void => {
  const {language, glyphs} = pane;
  const box = scene.boxes[index];
  const lefts = leftsOf(scene, columns, language);
  const [left = 0, inside = 0] = [lefts[index], lefts[index + 1]];
  if (!box) return;
  const right = columns.boxes + columns.width - 1;
  const state = stateOf(scene, index);
  const border = state === 'off' ? glyphs.folded : glyphs.lifeline;
  const between = (from: number, to: number): Pane => pane.part({column: from + 1, columns: to - from - 1});
  pane.put(0, left, border, muted);
  pane.put(0, right, border, muted);
  if (state === 'off') {
    const word = layersTexts[scene.step?.side === 'down' ? 'notYet' : 'takenOff'][language];
    putMiddle(between(left, right), word, muted);
    return;
  }
  const chosen = scene.step?.box === index;
  const program = isProgram(box.rung);
  const own: Style = state === 'closed' ? muted : program ? {role: 'data', bold: true} : strong;
  const style: Style = chosen ? {...own, role: 'accent', selected: true} : own;
  const text = headerText(box, scene, language, columns.name === 0);
  const alone = box.header === 0 || box.payload === 0;
  putMiddle(between(left, alone ? right : inside), text, style);
  if (alone) return;
  pane.put(0, inside, border, muted);
  const data: Style = {role: program ? 'data' : 'text'};
  const room = between(inside, right);
  putMiddle(room, payloadText(scene, index, room), state === 'closed' ? muted : data);
};

const emptyText = (scene: LayerScene, rung: Rung, {language, columns}: Pane): string => {
  const {rung: inner, protocol} = scene.boxes.at(-1) ?? {};
  if (rung === 'physical') return wireText(scene, language, columns);
  // Decrypted content is in no box of the frame (RFC 9001 §5.3), so the application layer's row says which protocol encrypts it.
  const seal = inner === 'presentation' ? 'TLS' : protocol === 'quic' ? 'QUIC' : undefined;
  if (rung === 'application' && seal) return layersWords.sealed[language]({by: seal});
  if (rung === 'application') return layersTexts[inner === 'transport' ? 'noData' : 'unused'][language];
  const higher = rung === 'presentation' || rung === 'session';
  if (!higher) return layersTexts.unused[language];
  return inner !== undefined && isProgram(inner) ? layersTexts.byApplication[language] : '';
};

const putSide = (pane: Pane, scene: LayerScene, {rung, box, both}: StackRow, columns: Columns): void => {
  const {language} = pane;
  const chosen = box !== undefined && scene.step?.box === box;
  const style = chosen ? accent : box === undefined ? muted : plain;
  const {number, osi, tcpIp} = rungNames[rung];
  if (chosen) pane.put(0, 0, pane.glyphs.selected, style);
  if (both && columns.osi > 0) {
    const {presentation, session} = rungNames;
    const names = [presentation, session].map((each) => `${each.number} ${each.osi[language]}`);
    pane.put(0, markColumns, names.join(punctuation.listComma[language]), style);
    return;
  }
  pane.put(0, markColumns, number, style);
  if (columns.osi > 0) pane.put(0, markColumns + numberColumns, osi[language], style);
  if (columns.tcpIp > 0) pane.put(0, markColumns + numberColumns + columns.osi, tcpIp[language], muted);
  const name = box === undefined ? undefined : scene.boxes[box];
  if (columns.name > 0 && name)
    pane.put(0, columns.boxes - columns.name, boxName(name, language), style, columns.name - gap);
};

/** Puts the headings above the layers panel's columns of the OSI model, the TCP/IP model and the sizes. */
export const putStackHead = (pane: Pane, scene: LayerScene): void => {
  const {language} = pane;
  const {osi, tcpIp} = columnsOf(pane, scene);
  if (osi > 0) pane.put(0, markColumns, layersTexts.osi[language], muted);
  if (tcpIp > 0) pane.put(0, markColumns + numberColumns + osi, layersTexts.tcpIp[language], muted);
  pane.putEnd(0, layersTexts.bytes[language], muted);
};

export const putStack = (pane: Pane, scene: LayerScene, rows: readonly StackRow[]): void => {
  const columns = columnsOf(pane, scene);
  for (const [index, each] of rows.entries()) {
    const line = pane.part({row: index});
    putSide(line, scene, each, columns);
    const box = each.box === undefined ? undefined : scene.boxes[each.box];
    if (box === undefined || each.box === undefined) {
      const from = columns.name > 0 ? columns.boxes - columns.name : columns.boxes + 1;
      const room = line.part({column: from});
      room.put(0, 0, emptyText(scene, each.rung, room), muted);
      continue;
    }
    putBox(line, scene, each.box, columns);
    if (stateOf(scene, each.box) === 'off') continue;
    const size = scene.hidesSizes ? '?' : String(sizeOf(box));
    line.putEnd(0, size, scene.step?.box === each.box ? accent : strong);
  }
};
