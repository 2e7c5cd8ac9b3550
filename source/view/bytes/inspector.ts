// Draws a packet's bytes: layers and fields above, the hex dump below, help for the selected field (screens.md 5 (g)).

import type {Language} from '../../lesson/text.ts';
import {fateAt, inspectorTexts, partnerWords} from '../../words/catalogue/inspector.ts';
import {bytesInspectorSentences} from '../../words/catalogue/panels.ts';
import {formatTime} from '../../words/format.ts';
import {cut, shorterBy, textWidth} from '../../words/width.ts';
import {terminal} from '../../words/written.ts';
import {Canvas, type Style} from '../canvas.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import {type KeyHint, putKeyLine} from '../key-line.ts';
import type {Region} from '../layout.ts';
import type {Line} from '../span.ts';
import {putConditions, watermarkColumns} from '../title.ts';
import {fieldHelp} from './field-help.ts';
import {hexRows, leastForCounts, putHex} from './inspector-hex.ts';
import {foldOf, type InspectorRow, rowTree, visibleRows} from './inspector-rows.ts';
import {type InspectorState, selectedRow} from './inspector-state.ts';
import {rangeText, rowName, rowValue, type Wording} from './inspector-value.ts';
import type {PacketView} from './inspector-view.ts';

export type InspectorOptions = {
  readonly columns: number;
  readonly rows: number;
  readonly glyphs: Glyphs;
  readonly language: Language;
  readonly keyHints: readonly KeyHint[];
  /** Of a counterfactual run. */
  readonly watermark?: string | undefined;
};

type Drawing = {
  readonly canvas: Canvas;
  readonly view: PacketView;
  readonly state: InspectorState;
  readonly region: Region;
  readonly wording: Wording;
  readonly focused: boolean;
  /** The packet has no title of its own above. */
  readonly named: boolean;
};

const plain: Style = {role: 'text'};
const muted: Style = {role: 'muted'};
const accent: Style = {role: 'accent', bold: true};

/** Columns from the region's first: fold sign, names of layers and fields, values. */
const signAt = 1;
const layerAt = 3;
const fieldAt = 5;
const valueAt = 29;
const rangeColumns = 9;
/** Rows from which on the help has a row more, for the clause. */
const roomyRows = 26;

/** Where the rows of a region go; the hex dump gets what it needs, at most two fifths. */
const sharesOf = ({rows, columns}: Region, length: number) => {
  const help = rows >= roomyRows ? 4 : rows >= 16 ? 3 : rows >= 12 ? 2 : 0;
  const hexMost = rows >= 8 ? Math.max(2, Math.floor(rows * 0.4)) : 0;
  const hex = Math.min(hexMost, hexRows(length, columns - signAt));
  const gaps = (hex > 0 ? 1 : 0) + (help > 0 ? 1 : 0);
  return {fields: Math.max(0, rows - 1 - hex - help - gaps), hex, help};
};

const nameColumn = ({depth}: InspectorRow): number => (depth === 0 ? layerAt : fieldAt + 2 * (depth - 1));

/** Wider where a name needs it, as long as half of the region is left for values. */
const valueColumn = ({view, state, region}: Drawing, rows: readonly InspectorRow[]): number => {
  const longest = rows.reduce(
    (most, row) => Math.max(most, nameColumn(row) + textWidth(rowName(row, view, state.relative)) + 2),
    0,
  );
  const usual = region.columns < 60 ? 0 : valueAt;
  return Math.min(Math.max(usual, longest), Math.floor(region.columns / 2));
};

/** What of it arrived, where the path has changed it. */
const arrivedText = ({field}: InspectorRow, {view, wording}: Drawing): string => {
  const arrived = field && view.altered.get(field.name);
  if (arrived === undefined) return '';
  const {glyphs, language} = wording;
  return `  ${glyphs.edited} ${terminal.text(arrived)} ${inspectorTexts.arrived[language]}`;
};

const valueStyle = (row: InspectorRow, {view}: Drawing): Style => {
  const name = row.field?.name ?? '';
  if (view.hidden.has(name)) return accent;
  if (view.altered.has(name)) return {role: 'warning'};
  if (row.layer.fields.some((field) => field.name === `${name}.status` && field.value === '0'))
    return {role: 'warning'};
  if (/payload$|^data\./.test(name) || row.layer.protocol === 'data') return {role: 'data'};
  return plain;
};

const putSign = ({canvas, view, state, region, wording}: Drawing, at: number, row: InspectorRow): void => {
  const {glyphs} = wording;
  const selected = row.key === selectedRow(view, state)?.key;
  const sign = region.column + signAt;
  if (row.children.length > 0) {
    const open = foldOf(rowTree(view), state.folds, row) !== 'closed';
    canvas.put(at, sign, open ? glyphs.more : glyphs.selected, selected ? accent : muted);
  }
  if (selected) canvas.put(at, row.children.length > 0 ? sign - 1 : sign, glyphs.markClose, accent);
};

const putRow = (drawing: Drawing, at: number, row: InspectorRow, valuesFrom: number): void => {
  const {canvas, view, state, region, wording} = drawing;
  const {glyphs} = wording;
  const selected = row.key === selectedRow(view, state)?.key;
  const shade = (style: Style): Style => (selected ? {...style, selected: true} : style);
  putSign(drawing, at, row);
  const name = nameColumn(row);
  const nameStyle: Style = row.depth === 0 ? {role: 'text', bold: true} : plain;
  const nameText = cut(rowName(row, view, state.relative), valuesFrom - name - 1, glyphs.ellipsis);
  canvas.put(at, region.column + name, nameText, shade(nameStyle));
  const room = region.columns - valuesFrom - rangeColumns;
  const value = cut(`${rowValue(row, view, wording)}${arrivedText(row, drawing)}`, room, glyphs.ellipsis);
  canvas.put(at, region.column + valuesFrom, value, shade(valueStyle(row, drawing)));
  canvas.putEnd(at, region.column + region.columns - 1, rangeText(row, glyphs), muted);
};

const packetName = ({id}: PacketView, language: Language): string =>
  bytesInspectorSentences.packetName[language]({id});

const putHeadings = (drawing: Drawing, valuesFrom: number): void => {
  const {canvas, view, region, wording, focused, named} = drawing;
  const {language} = wording;
  const style = focused ? accent : muted;
  const first = named ? packetName(view, language) : inspectorTexts.field[language];
  canvas.put(region.row, region.column + signAt, cut(first, valuesFrom - signAt - 1, ''), style);
  canvas.put(region.row, region.column + valuesFrom, inspectorTexts.value[language], style);
  canvas.putEnd(region.row, region.column + region.columns - 1, inspectorTexts.bytes[language], style);
};

/** Said on the row below the last field. */
const problemText = ({problem}: PacketView, language: Language): string | undefined => {
  if (problem === undefined) return undefined;
  return problem.endsWith(':short') ? inspectorTexts.short[language] : inspectorTexts.unreadable[language];
};

const putFields = (drawing: Drawing, room: number): void => {
  const {canvas, view, state, region, wording} = drawing;
  const {glyphs, language} = wording;
  const rows = visibleRows(view, state.folds);
  const valuesFrom = valueColumn(drawing, rows);
  putHeadings(drawing, valuesFrom);
  const problem = problemText(view, language);
  const total = rows.length + (problem === undefined ? 0 : 1);
  const at = rows.findIndex(({key}) => key === selectedRow(view, state)?.key);
  const start = Math.max(0, Math.min(total - room, at - Math.floor(room / 2)));
  for (let index = 0; index < Math.min(room, total - start); index++) {
    const row = rows[start + index];
    const place = region.row + 1 + index;
    const word = inspectorTexts.more[language];
    if (start > 0 && index === 0 && room > leastForCounts)
      canvas.put(place, region.column + signAt, `${glyphs.earlier} ${start + 1} ${word}`, muted);
    else if (start + room < total && index === room - 1 && room > leastForCounts)
      canvas.put(place, region.column + signAt, `${glyphs.more} ${total - start - room + 1} ${word}`, muted);
    else if (row) putRow(drawing, place, row, valuesFrom);
    else
      canvas.put(
        place,
        region.column + layerAt,
        `${glyphs.lost} ${cut(problem ?? '', region.columns - 6, glyphs.ellipsis)}`,
        {role: 'warning'},
      );
  }
};

const putHelp = ({canvas, view, state, region, wording}: Drawing, row: number, room: number): void => {
  const selected = selectedRow(view, state);
  if (!selected) return;
  const columns = Math.min(region.columns - signAt, 74 - shorterBy(wording.language));
  const lines = fieldHelp(selected, view, {...wording, columns, roomy: region.rows >= roomyRows});
  for (const [index, line] of lines.slice(0, room).entries())
    canvas.put(row + index, region.column + signAt, line, plain);
};

const isHidden = (view: PacketView): ((offset: number) => boolean) => {
  const spans = view.layers.flatMap(({fields}) => fields.filter(({name}) => view.hidden.has(name)));
  return (offset) => spans.some(({start, end}) => offset >= start && offset < end);
};

/** In a region of a screen: fields, hex, help, as much of it as fits. */
export const putInspector = (
  canvas: Canvas,
  view: PacketView,
  state: InspectorState,
  options: {
    readonly region: Region;
    readonly glyphs: Glyphs;
    readonly language: Language;
    readonly focused?: boolean;
    readonly named?: boolean;
  },
): void => {
  const {region, glyphs, language, focused = false, named = false} = options;
  const drawing: Drawing = {
    focused,
    named,
    canvas,
    view,
    state,
    region,
    wording: {language, glyphs, relative: state.relative},
  };
  const {fields, hex, help} = sharesOf(region, view.bytes.length);
  const {start = 0, end = 0} = selectedRow(view, state) ?? {};
  putFields(drawing, fields);
  const hexRow = region.row + 1 + fields + (hex > 0 ? 1 : 0);
  const dump = {
    ...region,
    row: hexRow,
    rows: hex,
    column: region.column + signAt,
    columns: region.columns - signAt,
  };
  const more = inspectorTexts.more[language];
  if (hex > 0)
    putHex(canvas, {
      region: dump,
      glyphs,
      bytes: view.bytes,
      marked: {start, end},
      cursor: state.byte,
      hidden: isHidden(view),
      more,
    });
  if (help > 0) putHelp(drawing, hexRow + hex + 1, help);
};

const fateText = ({fate, fateUs}: PacketView, language: Language, glyphs: Glyphs): string => {
  const word = inspectorTexts[fate === 'flying' ? 'due' : fate][language];
  if (fate === 'unseen') return word;
  const time = formatTime(fateUs);
  const text = fate === 'flying' ? `${word} ${time}` : fateAt[language]({word, time});
  return fate === 'lost' || fate === 'presumed lost' ? `${glyphs.lost} ${text}` : text;
};

/** Which packet is the other half of the transaction. */
const partnerText = ({partner}: PacketView, language: Language): readonly string[] => {
  if (!partner) return [];
  const {kind, packet, afterUs} = partner;
  return [partnerWords[kind][language]({packet, time: formatTime(afterUs)})];
};

export const putInspectorTitle = (
  canvas: Canvas,
  view: PacketView,
  {
    columns,
    glyphs,
    language,
    watermark,
  }: Pick<InspectorOptions, 'columns' | 'glyphs' | 'language' | 'watermark'>,
): void => {
  const name = packetName(view, language);
  const time = formatTime(view.sentUs);
  const word = inspectorTexts.sent[language];
  const sent = bytesInspectorSentences.putInspectorTitle.sent[language]({word, time});
  const parts = [
    `${view.from} ▸ ${view.to}`,
    sent,
    fateText(view, language, glyphs),
    ...partnerText(view, language),
  ];
  // What the packet is goes before where and when it went.
  const markColumns = watermarkColumns(watermark, glyphs);
  const summaryColumns = Math.min(textWidth(view.summary), Math.floor(columns / 2));
  const rest = columns - textWidth(name) - summaryColumns - markColumns - 8;
  const right = cut(plainText(parts.join(' · '), glyphs), Math.max(0, rest), glyphs.ellipsis);
  canvas.put(1, 2, name, {role: 'text', bold: true});
  const start = columns - textWidth(right) - markColumns;
  const column = 2 + textWidth(name) + 2;
  canvas.put(1, column, cut(view.summary, Math.max(0, start - 2 - column), glyphs.ellipsis), {
    role: 'control',
    bold: true,
  });
  putConditions(canvas, start, {watermark, conditions: right, glyphs});
};

export const composeInspector = (
  view: PacketView,
  state: InspectorState,
  options: InspectorOptions,
): Canvas => {
  const {columns, rows, glyphs, language, keyHints} = options;
  const canvas = new Canvas(columns, rows);
  putInspectorTitle(canvas, view, options);
  // The row above the keys stays free for a third line of help.
  const region: Region = {row: 3, rows: Math.max(1, rows - 3), column: 2, columns: columns - 3};
  putInspector(canvas, view, state, {region, glyphs, language});
  putKeyLine(canvas, keyHints, {row: rows, column: 3, glyphs});
  return canvas;
};

/** The whole screen. */
export const inspectorLines = (view: PacketView, state: InspectorState, options: InspectorOptions): Line[] =>
  composeInspector(view, state, options).lines();
