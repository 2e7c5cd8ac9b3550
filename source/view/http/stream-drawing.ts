// Draws a followed stream: the packet, the direction by sign and colour, and what it says.

import type {End} from '../../observe/connections.ts';
import type {Trace} from '../../sim/trace.ts';
import {streamWords} from '../../words/catalogue/stream.ts';
import {formatSocket} from '../../words/format.ts';
import {textWidth} from '../../words/width.ts';
import {accent, muted, type Style} from '../canvas.ts';
import {firstInSight} from '../in-sight.ts';
import type {Pane} from '../pane.ts';
import type {Role} from '../span.ts';
import {widest} from '../table.ts';
import {roleOf, type View} from '../view.ts';
import {type ShownStream, type StreamLine, streamTitle} from './stream-lines.ts';

/** For the mark of the reader, and that of bytes that have not arrived. */
const gutter = 2;

const styleOf = ({kind, arrived}: StreamLine, role: Role): Style =>
  kind === 'note' || !arrived ? muted : {role};

/** Both ends on one machine are called by their ports already. */
const endText = (pane: Pane, {header}: Trace, {host, port}: End): string => {
  const name = pane.called(host);
  const [address = name] = header.hosts.find((each) => each.name === host)?.ip ?? [];
  const socket = formatSocket(address, port);
  return name === socket ? name : formatSocket(name, port);
};

const putTitle = (pane: Pane, trace: Trace, shown: ShownStream): void => {
  const {connection, bytes} = shown;
  const {language, glyphs} = pane;
  const [client, server] = connection.ends.map((end) => endText(pane, trace, end));
  const at = pane.put(0, 0, streamTitle(shown)[language], pane.headStyle) + 3;
  const sizes = `${glyphs.pausedRight} ${bytes[0]} B ${glyphs.pausedLeft} ${bytes[1]} B`;
  const whole = pane.plain(`${client} ▸ ${server}   `) + sizes;
  pane.put(0, at, at + textWidth(whole) <= pane.columns ? whole : sizes, muted);
};

/** Pieces beyond what is drawn, at the end of the title's row. */
const putCounts = (
  pane: Pane,
  {lines, before, after}: ShownStream,
  {start, end}: {readonly start: number; readonly end: number},
): void => {
  const {language, glyphs} = pane;
  const firsts = (from: number, to: number): number =>
    lines.slice(from, to).filter(({first}) => first).length;
  const [above, below] = [before + firsts(0, start), after + firsts(end, lines.length)];
  const counts = [
    ...(above > 0 ? [`${glyphs.earlier} ${streamWords.earlier[language]({pieces: above})}`] : []),
    ...(below > 0 ? [`${glyphs.more} ${streamWords.later[language]({pieces: below})}`] : []),
  ].join('  ');
  // Where the title leaves no room, nothing is said.
  if (pane.columns >= 90) pane.putEnd(0, counts, muted);
};

/** The marked line stands near the middle. */
export const putStream = (pane: Pane, view: View, shown: ShownStream): void => {
  const {glyphs, focused} = pane;
  const {lines, marked, connection} = shown;
  putTitle(pane, view.input.trace, shown);
  const room = pane.rows - 1;
  const start = firstInSight(marked, lines.length, room);
  const end = Math.min(lines.length, start + room);
  const numbers = widest(['  ', ...lines.slice(start, end).map(({packet}) => String(packet ?? ''))]);
  const signAt = gutter + numbers + 1;
  for (const [index, line] of lines.slice(start, end).entries()) {
    const at = 1 + index;
    const isMarked = start + index === marked && focused;
    const role = roleOf(view, connection.ends[line.side].host);
    if (isMarked) pane.put(at, 0, glyphs.selected, accent);
    if (!line.arrived) pane.put(at, 1, glyphs.toGo, muted);
    if ((line.first || index === 0) && line.packet !== undefined)
      pane.putEnd(at, String(line.packet), muted, signAt - 2);
    pane.put(at, signAt, line.side === 0 ? glyphs.pausedRight : glyphs.pausedLeft, {role, bold: true});
    const text = line.hidden ? `${glyphs.markOpen} ? ${glyphs.markClose}` : line.text;
    const style = line.hidden ? accent : styleOf(line, role);
    pane.put(at, signAt + 2, text, isMarked ? {...style, selected: true} : style);
  }
  putCounts(pane, shown, {start, end});
};
