// Draws an HTTP exchange: request and response side by side, below each other where that is too narrow.

import {messageTexts, messageWords} from '../../words/catalogue/message.ts';
import {formatSocket} from '../../words/format.ts';
import {packetList} from '../../words/message.ts';
import {cut, takeColumns, textWidth} from '../../words/width.ts';
import type {Canvas, Style} from '../canvas.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import {displayName} from '../ladder/scene-hosts.ts';
import type {Region} from '../layout.ts';
import type {PanelDrawing} from '../panel.ts';
import type {Role} from '../span.ts';
import type {View} from '../view.ts';
import type {ShownExchange} from './exchange-at.ts';
import type {Block} from './exchange-blocks.ts';
import type {MessageLine} from './message-lines.ts';

const muted: Style = {role: 'muted'};
/** For the mark of the reader and that of bytes that have not arrived. */
const gutter = 3;
const gap = 2;
const besideFrom = 68;
/** Rows from which on the last one tells of the marked line. */
const footFrom = 8;

type Look = {
  readonly view: View;
  readonly glyphs: Glyphs;
  readonly columns: number;
  readonly focused: boolean;
};

/** A row of the screen: what it says, and of which line it is. */
type Row = {
  readonly line: number;
  readonly first: boolean;
  readonly arrived: boolean;
  readonly cells: readonly {readonly at: number; readonly text: string; readonly style: Style}[];
};

/** At a blank where one is near the edge, else at the edge itself: most of what is sent has no words. */
const pieces = (text: string, columns: number): readonly string[] => {
  const lines: string[] = [];
  let rest = text;
  while (textWidth(rest) > columns) {
    const whole = takeColumns(rest, columns);
    if (whole === '') break;
    const blank = rest[whole.length] === ' ' ? whole.length : whole.lastIndexOf(' ');
    const line = blank > whole.length / 2 ? whole.slice(0, blank) : whole;
    lines.push(line);
    rest = rest.slice(line.length).replace(line === whole && blank < whole.length ? /^/ : /^ /, '');
  }
  return [...lines, takeColumns(rest, columns)];
};

const roleOf = ({hosts}: View, host: string): Role => hosts.find(({id}) => id === host)?.role ?? 'text';

const styleOf = ({kind, arrived}: MessageLine, role: Role): Style => {
  if (kind === 'heading') return {role, bold: true};
  if (!arrived || kind === 'note') return muted;
  if (kind === 'start') return {role: 'control', bold: true};
  return {role: kind === 'field' ? 'text' : 'data'};
};

const nameColumns = (lines: readonly MessageLine[], columns: number): number => {
  const widest = lines.reduce((most, {name}) => Math.max(most, textWidth(name)), 0);
  return Math.min(widest, Math.max(15, Math.floor(columns * 0.42))) + gap;
};

const rowsOf = (block: Block, from: number, {view, glyphs, columns}: Look): readonly Row[] => {
  const room = columns - gutter;
  const names = nameColumns(block.lines, room);
  const role = roleOf(view, block.from);
  return block.lines.flatMap((line, index) => {
    const {kind, name, hidden, arrived} = line;
    const shown = hidden ? `${glyphs.markOpen} ? ${glyphs.markClose}` : plainText(line.text, glyphs);
    const style = hidden ? {role: 'accent' as const, bold: true} : styleOf(line, role);
    const isField = kind === 'field';
    const at = isField ? gutter + names : gutter;
    // A row of hex that is cut has lost its letters only.
    const texts = kind === 'hex' ? [takeColumns(shown, room)] : pieces(shown, Math.max(4, columns - at));
    return texts.map((text, nth) => ({
      line: from + index,
      first: nth === 0,
      arrived,
      cells: [
        ...(isField && nth === 0
          ? [{at: gutter, text: cut(plainText(name, glyphs), names - gap, glyphs.ellipsis), style: muted}]
          : []),
        {at, text, style},
      ],
    }));
  });
};

type Stretch = {readonly start: number; readonly end: number};

/** Least rows in which what is not shown is counted. */
const countsFrom = 4;

/** Which of `total` rows are shown, that with the mark among them. */
const stretchOf = (total: number, room: number, marked: number): Stretch => {
  if (total <= room) return {start: 0, end: total};
  if (room < countsFrom) {
    const start = Math.max(0, Math.min(total - room, marked - room + 1));
    return {start, end: start + room};
  }
  if (marked < room - 1) return {start: 0, end: room - 1};
  if (marked >= total - room + 1) return {start: total - room + 1, end: total};
  const start = marked - room + 3;
  return {start, end: start + room - 2};
};

const putRow = (
  canvas: Canvas,
  {cells, line, first, arrived}: Row,
  {
    at,
    region,
    marked,
    look,
  }: {readonly at: number; readonly region: Region; readonly marked: number; readonly look: Look},
): void => {
  const {glyphs, focused} = look;
  const isMarked = line === marked && focused;
  if (isMarked && first) canvas.put(at, region.column, glyphs.selected, {role: 'accent', bold: true});
  if (!arrived && first) canvas.put(at, region.column + 1, glyphs.toGo, muted);
  for (const {at: column, text, style} of cells)
    canvas.put(
      at,
      region.column + column,
      takeColumns(text, region.columns - column),
      isMarked ? {...style, selected: true} : style,
    );
};

const putColumn = (
  canvas: Canvas,
  rows: readonly (Row | undefined)[],
  {region, marked, look}: {readonly region: Region; readonly marked: number; readonly look: Look},
): void => {
  const {glyphs} = look;
  const last = rows.findLastIndex((row) => row?.line === marked);
  const {start, end} = stretchOf(rows.length, region.rows, Math.max(0, last));
  const counts = region.rows >= countsFrom;
  let at = region.row;
  if (start > 0 && counts) {
    canvas.put(at, region.column + gutter, `${glyphs.earlier} ${start}`, muted);
    at += 1;
  }
  for (const row of rows.slice(start, end)) {
    if (row) putRow(canvas, row, {at, region, marked, look});
    at += 1;
  }
  if (end < rows.length && counts)
    canvas.put(at, region.column + gutter, `${glyphs.more} ${rows.length - end}`, muted);
};

const putTitle = (
  canvas: Canvas,
  view: View,
  {exchange, index, all}: ShownExchange,
  {region, glyphs, focused}: PanelDrawing,
): void => {
  const {language} = view;
  const [client, server] = exchange.connection.ends.map(({host, port}) =>
    formatSocket(displayName(host, language), port),
  );
  const title = `${messageTexts.heading[language]}  ${messageWords.nth[language]({number: index + 1, count: all.length})}`;
  const ends = plainText(`${client} ▸ ${server}`, glyphs);
  canvas.put(region.row, region.column, cut(title, region.columns, glyphs.ellipsis), {
    role: focused ? 'accent' : 'muted',
    bold: focused,
  });
  const at = textWidth(title) + 3;
  if (at + textWidth(ends) <= region.columns) canvas.put(region.row, region.column + at, ends, muted);
};

const putFoot = (
  canvas: Canvas,
  lines: readonly MessageLine[],
  marked: number,
  look: Look,
  region: Region,
): void => {
  const packets = lines[marked]?.packets ?? [];
  if (packets.length === 0) return;
  const said =
    packets.length > 1
      ? messageWords.spans[look.view.language]({list: packetList(packets, look.view.language)})
      : messageWords.packets[look.view.language]({
          count: packets.length,
          list: packetList(packets, look.view.language),
        });
  const text = cut(plainText(said, look.glyphs), region.columns - gutter, look.glyphs.ellipsis);
  canvas.put(region.row + region.rows - 1, region.column + gutter, text, muted);
};

/** `blocks`: the request's, then the others. */
export const putMessage = (
  canvas: Canvas,
  view: View,
  {
    shown,
    blocks,
    marked,
  }: {readonly shown: ShownExchange | undefined; readonly blocks: readonly Block[]; readonly marked: number},
  drawing: PanelDrawing,
): void => {
  const {region, glyphs, focused} = drawing;
  if (!shown) {
    const none = cut(messageTexts.none[view.language], region.columns, glyphs.ellipsis);
    canvas.put(region.row, region.column, none, muted);
    return;
  }
  putTitle(canvas, view, shown, drawing);
  const foot = region.rows >= footFrom && focused ? 1 : 0;
  const body = {...region, row: region.row + 1, rows: region.rows - 1 - foot};
  const beside = region.columns >= besideFrom;
  const columns = beside ? Math.floor((region.columns - gap) / 2) : region.columns;
  const look = {view, glyphs, columns, focused};
  const firsts = blocks.map((_, index) =>
    blocks.slice(0, index).reduce((sum, {lines}) => sum + lines.length, 0),
  );
  const drawn = blocks.map((block, index) => rowsOf(block, firsts[index] ?? 0, look));
  const below = (parts: readonly (readonly Row[])[]): readonly (Row | undefined)[] =>
    parts.flatMap((rows, index): readonly (Row | undefined)[] => (index === 0 ? rows : [undefined, ...rows]));
  const stacks = beside ? [below(drawn.slice(0, 1)), below(drawn.slice(1))] : [below(drawn)];
  for (const [index, rows] of stacks.entries()) {
    const place = {...body, columns, column: body.column + index * (columns + gap)};
    putColumn(canvas, rows, {region: place, marked, look});
  }
  if (foot > 0)
    putFoot(
      canvas,
      blocks.flatMap(({lines}) => lines),
      marked,
      look,
      region,
    );
};
