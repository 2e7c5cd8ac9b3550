// Draws the inspector: a packet's layers and fields above, the hex dump below, then help on the selected field.

import type {Language} from '../../lesson/text.ts';
import {fateAt, inspectorTexts, partnerWords} from '../../words/catalogue/inspector.ts';
import {bytesInspectorSentences} from '../../words/catalogue/panels.ts';
import {formatTime} from '../../words/format.ts';
import {cut, shorterBy, textWidth} from '../../words/width.ts';
import {terminal} from '../../words/written.ts';
import {accent, muted, plain, type Style, strong} from '../canvas.ts';
import type {Wording} from '../fields/entry.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import {firstInSight} from '../in-sight.ts';
import {putConditions, watermarkColumns} from '../page-frame.ts';
import {leastForCounts, type Pane} from '../pane.ts';
import {fieldHelp} from './field-help.ts';
import {hexRows, putHex} from './inspector-hex.ts';
import {foldOf, type InspectorRow, rowTree, visibleRows} from './inspector-rows.ts';
import {type InspectorState, selectedRow} from './inspector-state.ts';
import {rangeText, rowName, rowValue} from './inspector-value.ts';
import type {PacketView} from './inspector-view.ts';

/** The columns of the inspector, counted from the pane's first: the fold sign, names of layers, names of fields, values. */
const signAt = 1;
const layerAt = 3;
const fieldAt = 5;
const valueAt = 29;
const rangeColumns = 9;
/** The number of rows of the inspector's pane from which the RFC section in the help has a row of its own. */
const roomyRows = 26;

type Drawing = {
  readonly pane: Pane;
  readonly view: PacketView;
  readonly state: InspectorState;
  readonly wording: Wording;
  readonly selected: InspectorRow | undefined;
};

/** Returns how many rows of the inspector the fields, the hex dump and the help get; the hex dump gets at most two fifths. */
const sharesOf = ({rows, columns}: Pane, length: number) => {
  const help = rows >= roomyRows ? 4 : rows >= 16 ? 3 : rows >= 12 ? 2 : 0;
  const hexMost = rows >= 8 ? Math.max(2, Math.floor(rows * 0.4)) : 0;
  const hex = Math.min(hexMost, hexRows(length, columns - signAt));
  const gaps = (hex > 0 ? 1 : 0) + (help > 0 ? 1 : 0);
  return {fields: Math.max(0, rows - 1 - hex - help - gaps), hex, help};
};

const nameColumn = ({depth}: InspectorRow): number => (depth === 0 ? layerAt : fieldAt + 2 * (depth - 1));

/**
 * Returns the column at which the inspector's values begin: further right if a field's name needs it, but at most in the middle of the
 * pane.
 */
const valueColumn = ({view, state, pane}: Drawing, rows: readonly InspectorRow[]): number => {
  const ends = rows.map((row) => nameColumn(row) + textWidth(rowName(row, view, state.relative)) + 2);
  const usual = pane.columns < 60 ? 0 : valueAt;
  return Math.min(Math.max(usual, ...ends), Math.floor(pane.columns / 2));
};

/** Returns the text on the value with which a field arrived, if a device on the path has altered it; otherwise an empty text. */
const arrivedText = ({field}: InspectorRow, {view, pane: {glyphs, language}}: Drawing): string => {
  const arrived = field && view.altered.get(field.name);
  if (arrived === undefined) return '';
  return `  ${glyphs.edited} ${terminal.text(arrived)} ${inspectorTexts.arrived[language]}`;
};

const valueStyle = (row: InspectorRow, view: PacketView): Style => {
  const name = row.field?.name ?? '';
  if (view.hidden.has(name)) return accent;
  if (view.altered.has(name)) return {role: 'warning'};
  if (row.layer.fields.some((field) => field.name === `${name}.status` && field.value === '0'))
    return {role: 'warning'};
  if (/payload$|^data\./.test(name) || row.layer.protocol === 'data') return {role: 'data'};
  return plain;
};

const putRow = (drawing: Drawing, at: number, row: InspectorRow, valuesFrom: number): void => {
  const {pane, view, state, wording} = drawing;
  const {glyphs, columns} = pane;
  const selected = row.key === drawing.selected?.key;
  const folds = row.children.length > 0;
  const open = folds && foldOf(rowTree(view), state.folds, row) !== 'closed';
  if (folds) pane.put(at, signAt, open ? glyphs.more : glyphs.selected, selected ? accent : muted);
  if (selected) pane.put(at, folds ? signAt - 1 : signAt, glyphs.markClose, accent);
  const name = nameColumn(row);
  const nameStyle = row.depth === 0 ? strong : plain;
  pane.put(at, name, rowName(row, view, state.relative), {...nameStyle, selected}, valuesFrom - name - 1);
  const value = `${rowValue(row, view, wording)}${arrivedText(row, drawing)}`;
  const room = columns - valuesFrom - rangeColumns;
  pane.put(at, valuesFrom, value, {...valueStyle(row, view), selected}, room);
  pane.putEnd(at, rangeText(row, glyphs), muted);
};

const packetName = ({id}: PacketView, language: Language): string =>
  bytesInspectorSentences.packetName[language]({id});

/** Returns the text below the inspector's last field that says why dissection of the packet stopped; undefined if it did not stop. */
const problemText = ({problem}: PacketView, language: Language): string | undefined => {
  if (problem === undefined) return undefined;
  return problem.endsWith(':short') ? inspectorTexts.short[language] : inspectorTexts.unreadable[language];
};

const putFields = (drawing: Drawing, room: number, titled: boolean): void => {
  const {pane, view, state, selected} = drawing;
  const {glyphs, language} = pane;
  const fields = visibleRows(view, state.folds);
  const valuesFrom = valueColumn(drawing, fields);
  const head = titled ? muted : pane.headStyle;
  const name = titled ? inspectorTexts.field[language] : packetName(view, language);
  pane.put(0, signAt, cut(name, valuesFrom - signAt - 1, ''), head);
  pane.put(0, valuesFrom, inspectorTexts.value[language], head);
  pane.putEnd(0, inspectorTexts.bytes[language], head);
  const problem = problemText(view, language);
  const rows = [...fields, ...(problem === undefined ? [] : [problem])];
  const at = fields.findIndex(({key}) => key === selected?.key);
  pane.putScrolled({
    rows,
    from: firstInSight(at, rows.length, room),
    room,
    at: 1,
    column: signAt,
    counts: room > leastForCounts,
    put(row, place) {
      if (typeof row !== 'string') putRow(drawing, place, row, valuesFrom);
      else pane.put(place, layerAt, `${glyphs.lost} ${row}`, {role: 'warning'});
    },
  });
};

const putHelp = ({view, selected, wording}: Drawing, pane: Pane, roomy: boolean): void => {
  if (!selected) return;
  const columns = Math.min(pane.columns, 74 - shorterBy(pane.language));
  const lines = fieldHelp(selected, view, {...wording, columns, roomy});
  for (const [index, line] of lines.entries()) pane.put(index, 0, line, plain);
};

const isHidden = (view: PacketView): ((offset: number) => boolean) => {
  const spans = view.layers.flatMap(({fields}) => fields.filter(({name}) => view.hidden.has(name)));
  return (offset) => spans.some(({start, end}) => offset >= start && offset < end);
};

/**
 * Draws the inspector in a pane: fields, hex dump and help, as much as fits. With `titled`, the inspector fills the screen and has a title
 * line.
 */
export const putInspector = (pane: Pane, view: PacketView, state: InspectorState, titled: boolean): void => {
  const {language, glyphs} = pane;
  const selected = selectedRow(view, state);
  const drawing = {pane, view, state, selected, wording: {language, glyphs, relative: state.relative}};
  const {fields: room, hex, help} = sharesOf(pane, view.bytes.length);
  const problems = view.problem === undefined ? 0 : 1;
  // The hex dump immediately follows the fields in a small pane. On the whole screen its place is fixed, so that nothing moves.
  const fields = titled ? room : Math.min(room, visibleRows(view, state.folds).length + problems);
  putFields(drawing, fields, titled);
  const row = 1 + fields + (hex > 0 ? 1 : 0);
  const {start = 0, end = 0} = selected ?? {};
  const dump = {bytes: view.bytes, marked: {start, end}, cursor: state.byte, hidden: isHidden(view)};
  if (hex > 0) putHex(pane.part({row, rows: hex, column: signAt}), dump);
  if (help > 0)
    putHelp(drawing, pane.part({row: row + hex + 1, rows: help, column: signAt}), pane.rows >= roomyRows);
};

const fateText = ({fate, fateUs}: PacketView, language: Language, glyphs: Glyphs): string => {
  const word = inspectorTexts[fate === 'flying' ? 'due' : fate][language];
  if (fate === 'unseen') return word;
  const time = formatTime(fateUs);
  const text = fate === 'flying' ? `${word} ${time}` : fateAt[language]({word, time});
  return fate === 'lost' || fate === 'presumed lost' ? `${glyphs.lost} ${text}` : text;
};

/** Returns the text that names the query or response belonging to a DNS message, and the time between the two; empty if there is none. */
const partnerText = ({partner}: PacketView, language: Language): readonly string[] => {
  if (!partner) return [];
  const {kind, packet, afterUs} = partner;
  return [partnerWords[kind][language]({packet, time: formatTime(afterUs)})];
};

/** Joins as many of the first `parts` as fit in `room` columns. If not even the first one fits, the text is cut. */
const fittingParts = (parts: readonly string[], room: number, glyphs: Glyphs): string => {
  const joined = (count: number): string => plainText(parts.slice(0, count).join(' · '), glyphs);
  const whole = joined(parts.length);
  if (textWidth(whole) <= room) return whole;
  const shorter = parts.map((_, index) => `${joined(parts.length - 1 - index)}${glyphs.ellipsis}`);
  return (
    shorter.slice(0, -1).find((text) => textWidth(text) <= room) ??
    cut(whole, Math.max(0, room), glyphs.ellipsis)
  );
};

/**
 * Draws the inspector's title in the first row of the screen: the packet's name and summary, its sender and receiver, and when it was sent
 * and arrived.
 */
export const putInspectorTitle = (
  {canvas, glyphs, language}: Pane,
  view: PacketView,
  watermark: string | undefined,
): void => {
  const {columns} = canvas;
  const name = packetName(view, language);
  const time = formatTime(view.sentUs);
  const word = inspectorTexts.sent[language];
  const parts = [
    `${view.from} ▸ ${view.to}`,
    bytesInspectorSentences.putInspectorTitle.sent[language]({word, time}),
    fateText(view, language, glyphs),
    ...partnerText(view, language),
  ];
  // The summary gets its room first; addresses and times get what is left of the title row.
  const markColumns = watermarkColumns(watermark, glyphs);
  const summaryColumns = Math.min(textWidth(view.summary), Math.floor(columns / 2));
  const rest = columns - textWidth(name) - summaryColumns - markColumns - 8;
  const right = fittingParts(parts, rest, glyphs);
  canvas.put(1, 2, name, strong);
  const start = columns - textWidth(right) - markColumns;
  const column = 2 + textWidth(name) + 2;
  const summary = cut(view.summary, Math.max(0, start - 2 - column), glyphs.ellipsis);
  canvas.put(1, column, summary, {role: 'control', bold: true});
  putConditions(canvas, start, {watermark, conditions: right, glyphs});
};
