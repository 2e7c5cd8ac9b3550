// Draws a followed stream: the packet, the direction by sign and colour, and what it says.

import {streamTexts, streamWords} from '../../words/catalogue/stream.ts';
import {formatSocket} from '../../words/format.ts';
import {cut, textWidth} from '../../words/width.ts';
import type {Canvas, Style} from '../canvas.ts';
import {plainText} from '../glyphs.ts';
import {firstInSight} from '../in-sight.ts';
import {displayName} from '../ladder/scene-hosts.ts';
import type {PanelDrawing} from '../panel.ts';
import type {Role} from '../span.ts';
import type {View} from '../view.ts';
import type {ShownStream, StreamLine} from './stream-lines.ts';

const muted: Style = {role: 'muted'};
/** For the mark of the reader, and that of bytes that have not arrived. */
const gutter = 2;

const styleOf = ({kind, arrived}: StreamLine, role: Role): Style =>
  kind === 'note' || !arrived ? muted : {role};

const putTitle = (
  canvas: Canvas,
  view: View,
  {connection, bytes}: ShownStream,
  {region, glyphs, focused}: PanelDrawing,
): void => {
  const {language} = view;
  const [client, server] = connection.ends.map(({host, port}) =>
    formatSocket(displayName(host, language), port),
  );
  const title = streamTexts.title[language];
  const style: Style = focused ? {role: 'accent', bold: true} : muted;
  canvas.put(region.row, region.column, cut(title, region.columns, glyphs.ellipsis), style);
  const room = region.columns - textWidth(title) - 3;
  const sizes = `${glyphs.pausedRight} ${bytes[0]} B ${glyphs.pausedLeft} ${bytes[1]} B`;
  const whole = plainText(`${client} ▸ ${server}   `, glyphs) + sizes;
  const text = textWidth(whole) <= room ? whole : cut(sizes, Math.max(0, room), glyphs.ellipsis);
  canvas.put(region.row, region.column + textWidth(title) + 3, text, muted);
};

type Stretch = {readonly start: number; readonly end: number};

/** Rows in which the marked line stands near the middle. */
const stretchOf = (total: number, room: number, marked: number): Stretch => {
  const start = firstInSight(marked, total, room);
  return {start, end: Math.min(total, start + room)};
};

export const putStream = (
  canvas: Canvas,
  view: View,
  shown: ShownStream | undefined,
  drawing: PanelDrawing,
): void => {
  const {region, glyphs, focused} = drawing;
  const {language} = view;
  if (!shown) {
    const none = cut(streamTexts.none[language], region.columns, glyphs.ellipsis);
    canvas.put(region.row, region.column, none, muted);
    return;
  }
  putTitle(canvas, view, shown, drawing);
  const {lines, marked, connection} = shown;
  const roles = connection.ends.map(({host}): Role => view.hosts.find(({id}) => id === host)?.role ?? 'text');
  const {start, end} = stretchOf(lines.length, region.rows - 1, marked);
  const numbers = lines
    .slice(start, end)
    .reduce((most, {packet}) => Math.max(most, String(packet ?? '').length), 2);
  const signAt = gutter + numbers + 1;
  const textAt = signAt + 2;
  for (const [index, line] of lines.slice(start, end).entries()) {
    const at = region.row + 1 + index;
    const isMarked = start + index === marked && focused;
    const role = roles[line.side] ?? 'text';
    const shade = (style: Style): Style => (isMarked ? {...style, selected: true} : style);
    if (isMarked) canvas.put(at, region.column, glyphs.selected, {role: 'accent', bold: true});
    if (!line.arrived) canvas.put(at, region.column + 1, glyphs.toGo, muted);
    if ((line.first || index === 0) && line.packet !== undefined)
      canvas.putEnd(at, region.column + gutter + numbers - 1, String(line.packet), muted);
    const sign = line.side === 0 ? glyphs.pausedRight : glyphs.pausedLeft;
    canvas.put(at, region.column + signAt, sign, {role, bold: true});
    const text = line.hidden ? `${glyphs.markOpen} ? ${glyphs.markClose}` : plainText(line.text, glyphs);
    const style: Style = line.hidden ? {role: 'accent', bold: true} : styleOf(line, role);
    canvas.put(at, region.column + textAt, cut(text, region.columns - textAt, glyphs.ellipsis), shade(style));
  }
  putCounts(canvas, view, shown, {drawing, start, end});
};

/** Pieces beyond what is drawn, at the end of the title's row. */
const putCounts = (
  canvas: Canvas,
  {language}: View,
  {lines, before, after}: ShownStream,
  {drawing, start, end}: {readonly drawing: PanelDrawing; readonly start: number; readonly end: number},
): void => {
  const {region, glyphs} = drawing;
  const firsts = (from: number, to: number): number =>
    lines.slice(from, to).filter(({first}) => first).length;
  const [above, below] = [before + firsts(0, start), after + firsts(end, lines.length)];
  const counts = [
    ...(above > 0 ? [`${glyphs.earlier} ${streamWords.earlier[language]({pieces: above})}`] : []),
    ...(below > 0 ? [`${glyphs.more} ${streamWords.later[language]({pieces: below})}`] : []),
  ].join('  ');
  // Where the title leaves no room, nothing is said.
  if (region.columns >= 90 && counts !== '')
    canvas.putEnd(region.row, region.column + region.columns - 1, counts, muted);
};
