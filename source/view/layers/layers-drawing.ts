// Draws the layers panel: where the packet is, its boxes, what the chosen layer does and says, and what each hop changed.

import {layersTexts, layersWords} from '../../words/catalogue/layers.ts';
import {cut, textWidth, wrap} from '../../words/width.ts';
import {rowValue, type Wording} from '../bytes/inspector-value.ts';
import type {Canvas, Style} from '../canvas.ts';
import {plainText} from '../glyphs.ts';
import {displayName} from '../ladder/scene-hosts.ts';
import type {PanelDrawing} from '../panel.ts';
import type {View} from '../view.ts';
import {type Hop, type HopCell, hopsOf} from './hops.ts';
import type {LayerScene} from './layer-scene.ts';
import {notesOf, placeText, tellsOf} from './layer-words.ts';
import {type Drawing, putStack, putStackHead, stackRows} from './stack-drawing.ts';
import {tellingFields} from './telling-fields.ts';

const muted: Style = {role: 'muted'};
const plain: Style = {role: 'text'};
const headFrom = 14;
const gap = 2;
const messageLeast = 12;

/** What the packet carries in a few words: its message, as on the ladder; without one, what the header says. */
const carriedText = ({packet, boxes}: LayerScene, wording: Wording): string => {
  const row = boxes.find(({protocol}) => protocol === 'http')?.rows[0];
  return row ? rowValue(row, packet, wording) : packet.summary;
};

/** Where the packet is stands at the end, if enough of the message is left beside it. */
const putHeading = (drawing: Drawing, focused: boolean): void => {
  const {canvas, scene, language, glyphs, region} = drawing;
  const {row, column, columns} = region;
  const title = layersTexts.title[language];
  canvas.put(row, column, title, {role: focused ? 'accent' : 'muted', bold: focused});
  const first = column + textWidth(title) + gap;
  const number = layersWords.at[language]({packet: scene.packet.id});
  const carried = carriedText(scene, {language, glyphs, relative: false});
  const name = plainText(`${number}  ${carried}`, glyphs);
  const place = plainText(placeText(scene, language), glyphs);
  const room = column + columns - first;
  const beside = room - textWidth(place) - gap;
  const placed = Math.min(textWidth(name), textWidth(number) + gap + messageLeast) <= beside;
  canvas.put(row, first, cut(name, placed ? beside : room, glyphs.ellipsis), {role: 'text', bold: true});
  if (placed) canvas.putEnd(row, column + columns - 1, place, muted);
};

/** Names and values beside each other, as many columns of them as there is room for. */
const putFields = (drawing: Drawing, row: number, rows: number, relative: boolean): number => {
  const {canvas, scene, language, glyphs, region} = drawing;
  const fields = tellingFields(scene, {language, glyphs, relative});
  if (fields.length === 0 || rows < 1) return 0;
  const across = region.columns >= 105 ? 3 : region.columns >= 64 ? 2 : 1;
  const width = Math.floor((region.columns + gap) / across) - gap;
  const down = Math.min(rows, Math.ceil(fields.length / across));
  const name = Math.min(
    Math.floor(width * 0.65),
    Math.max(...fields.map((field) => textWidth(field.name))) + gap,
  );
  for (const [index, field] of fields.slice(0, down * across).entries()) {
    const column = region.column + Math.floor(index / down) * (width + gap);
    const at = row + (index % down);
    canvas.put(at, column, cut(field.name, name - 1, glyphs.ellipsis), muted);
    canvas.put(at, column + name, cut(field.value, width - name, glyphs.ellipsis), plain);
  }
  return down;
};

type HopColumn = {readonly heading: keyof typeof layersTexts; readonly cell: (hop: Hop) => HopCell};

const hopColumns: readonly HopColumn[] = [
  {heading: 'sourceMac', cell: ({source}) => source},
  {heading: 'destinationMac', cell: ({destination}) => destination},
  {heading: 'ttl', cell: ({ttl}) => ttl},
  {heading: 'checksum', cell: ({checksum}) => checksum},
];

const nameOf = ({from, to}: Hop, {language, glyphs}: Drawing): string =>
  plainText(`${displayName(from, language)} ▸ ${displayName(to, language)}`, glyphs);

/** The last columns stay where there is no room for all: what a router has to change is at the right. */
const shownColumns = (hops: readonly Hop[], drawing: Drawing) => {
  const {language, region} = drawing;
  const columns = hopColumns
    .map((column) => {
      const texts = hops.map((hop) => column.cell(hop).text);
      const most = Math.max(textWidth(layersTexts[column.heading][language]), ...texts.map(textWidth));
      // One more for the mark of what has changed.
      return {...column, width: most + 1, texts};
    })
    .filter(({texts}) => texts.some((text) => text !== ''));
  const names = Math.max(...hops.map((hop) => textWidth(nameOf(hop, drawing))));
  while (columns.length > 1 && names + columns.reduce((sum, {width}) => sum + width + 1, 0) > region.columns)
    columns.shift();
  return columns;
};

/** The link of the frame that the boxes show. */
const currentHop = ({stops, stop, step}: LayerScene): number =>
  stops.indexOf(stop) - (step?.side === 'up' ? 1 : 0);

const putHop = (
  drawing: Drawing,
  row: number,
  {hop, current}: {readonly hop: Hop; readonly current: boolean},
  columns: ReturnType<typeof shownColumns>,
): void => {
  const {canvas, glyphs, region} = drawing;
  let end = region.column + region.columns - 1;
  for (const {cell, width} of columns.toReversed()) {
    const {text, changed} = cell(hop);
    if (changed) canvas.put(row, end, glyphs.changed, {role: 'changed', bold: true});
    canvas.putEnd(row, end - 1, text, changed ? {role: 'changed', bold: true} : plain);
    end -= width + 1;
  }
  const room = end - region.column;
  const name = cut(nameOf(hop, drawing), room, glyphs.ellipsis);
  canvas.put(row, region.column, name, current ? {role: 'accent', bold: true} : plain);
};

/** A row a link; where there is room for fewer, the newest ones. */
const putHops = (drawing: Drawing, row: number, rows: number): number => {
  const {canvas, scene, language, region} = drawing;
  const hops = hopsOf(scene);
  // On one link nothing can have changed.
  const columns = hops.length < 2 ? [] : shownColumns(hops, drawing);
  if (columns.length === 0 || rows < 2) return 0;
  const shown = hops.slice(-(rows - 1));
  canvas.put(row, region.column, layersTexts.hop[language], muted);
  let end = region.column + region.columns - 1;
  for (const {heading, width} of columns.toReversed()) {
    canvas.putEnd(row, end - 1, layersTexts[heading][language], muted);
    end -= width + 1;
  }
  const current = hops[currentHop(scene)];
  for (const [index, hop] of shown.entries())
    putHop(drawing, row + 1 + index, {hop, current: hop === current}, columns);
  return shown.length + 1;
};

const putText = (
  {canvas, glyphs, region}: Drawing,
  row: number,
  text: string,
  most: number,
  style: Style,
): number => {
  const lines = wrap(plainText(text, glyphs), region.columns).slice(0, Math.max(0, most));
  for (const [index, line] of lines.entries()) canvas.put(row + index, region.column, line, style);
  return lines.length;
};

export const putLayers = (
  canvas: Canvas,
  {scene, view}: {readonly scene: LayerScene; readonly view: View},
  {region, glyphs, focused}: PanelDrawing,
): void => {
  const {language} = view;
  const drawing: Drawing = {canvas, scene, language, glyphs, region};
  const end = region.row + region.rows;
  let row = region.row + 1;
  putHeading(drawing, focused);
  if (region.rows >= headFrom) putStackHead(drawing, row++);
  const stack = stackRows(scene, end - row);
  putStack(drawing, row, stack);
  row += stack.length;
  const hopRows = hopsOf(scene).length > 1 ? hopsOf(scene).length + 1 : 0;
  // The sum can be read off the boxes, the hops cannot.
  const silent = scene.hidesSizes || (!scene.step && hopRows > 0 && end - row <= hopRows);
  const told = silent ? '' : tellsOf(scene, language);
  const air = end - row >= hopRows + 8 ? 1 : 0;
  row += air;
  if (told !== '')
    row += putText(drawing, row, told, Math.min(end - row, region.columns < 60 ? 4 : 2), plain);
  row += air;
  const notes = notesOf(scene, language);
  const left = end - row;
  // With a router on the way the hops come before the last of the fields.
  const keep = hopRows === 0 ? 0 : Math.min(hopRows, Math.max(0, left - 2));
  const fields = putFields(drawing, row, left - keep, view.input.playback.relative);
  row += fields === 0 ? 0 : fields + (end - row - fields > hopRows + 2 ? 1 : 0);
  row += putHops(drawing, row, end - row);
  for (const note of notes) {
    const whole = wrap(plainText(note, glyphs), region.columns).length <= end - row;
    if (whole) row += putText(drawing, row, note, end - row, muted);
  }
};
