// The panel of a connection's data: what both ends sent, in the order in which it arrived, and the packets that carried it.

import type {End} from '../../observe/connections.ts';
import type {Trace} from '../../sim/trace.ts';
import {panelsStreamSentences} from '../../words/catalogue/panels.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {spokenWords} from '../../words/catalogue/spoken-words.ts';
import {streamTexts, streamWords} from '../../words/catalogue/stream.ts';
import {formatSocket} from '../../words/format.ts';
import {ended} from '../../words/spoken.ts';
import {sentence, spokenAsSent, spokenText} from '../../words/spoken-text.ts';
import {textWidth} from '../../words/width.ts';
import {accent, muted, type Style} from '../canvas.ts';
import {
  type ShownStream,
  type StreamLine,
  type StreamOwn,
  shownStream,
  streamsIn,
  streamTitle,
} from '../http/stream-lines.ts';
import {firstInSight} from '../in-sight.ts';
import type {Pane} from '../pane.ts';
import {besideKeys, definePanel, type PanelMove, pageKeys, rowsBy, upDownKeys, wayOf} from '../panel.ts';
import type {Role} from '../span.ts';
import {widest} from '../table.ts';
import {choiceOf, packetSubject, roleOf, selectedPacket, type View} from '../view.ts';

// The functions below draw the data of a TCP connection: the number of the packet, the direction by sign and colour, and the text.

/** The number of columns in which the data panel marks the selected line and bytes that have not arrived. */
const gutter = 2;

const styleOf = ({kind, arrived}: StreamLine, role: Role): Style =>
  kind === 'note' || !arrived ? muted : {role};

/**
 * Returns the name of an end of a connection with its port. If two ends are on one machine, their names contain the ports already, and no
 * second port is added.
 */
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

/** Writes in the title row, at its end, how many pieces of a connection's data are above and below the visible ones. */
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
  // The counts of hidden pieces of data are only drawn in a pane of at least 90 columns.
  if (pane.columns >= 90) pane.putEnd(0, counts, muted);
};

/** Draws the lines of the connection's data, with the marked line near the middle. */
const putStream = (pane: Pane, view: View, shown: ShownStream): void => {
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

/** The most lines of a connection's data that a screen reader speaks, beginning with the packet of the marked line. */
const mostLines = 20;

/** Returns sentences for a screen reader on a connection's data: who sent what in which packet. */
const spokenStream = (view: View, own: StreamOwn): readonly string[] => {
  const {language} = view;
  const shown = shownStream(view, own);
  if (!shown) return [streamTexts.none[language]];
  const {connection, lines, marked, bytes} = shown;
  const hosts = connection.ends.map(({host}) => view.called(host));
  const sums = bytes.map((count, side) =>
    streamWords.bytes[language]({bytes: count, host: hosts[side] ?? ''}),
  );
  const title = `${streamTitle(shown)[language]}${punctuation.colon[language]}${sums.join(punctuation.comma[language])}`;
  const packet = lines[marked]?.packet;
  const first = Math.max(
    0,
    lines.findIndex((line) => line.packet === packet),
  );
  const told = lines.slice(first, first + mostLines).flatMap((line): readonly string[] => {
    const way = line.arrived ? '' : `${punctuation.comma[language]}${streamWords.onTheWay[language]}`;
    const who =
      line.first &&
      line.packet !== undefined &&
      streamWords.said[language]({host: hosts[line.side] ?? '', packet: line.packet});
    const heading = who ? [`${sentence(spokenText(who, language), language)}${way}`] : [];
    const text = line.hidden ? spokenWords.blank[language] : spokenAsSent(line.text.trim(), language);
    return line.kind === 'hex' || text === '' ? heading : [...heading, text];
  });
  return [sentence(spokenText(title, language), language), ...told].map((line) => ended(line, language));
};

type Move = PanelMove<StreamOwn> | undefined;

/**
 * Returns the change that marks a line of a connection's data and selects its packet; lines of missing bytes are skipped. undefined if
 * there is no other line.
 */
const goTo = (view: View, {lines, marked}: ShownStream, wanted: number): Move => {
  const step = wanted < marked ? -1 : 1;
  let index = Math.max(0, Math.min(lines.length - 1, wanted));
  while (index in lines && lines[index]?.packet === undefined) index += step;
  const line = lines[index];
  if (line?.packet === undefined || index === marked) return undefined;
  const first = lines.findIndex(({packet}) => packet === line.packet);
  const own = {packet: line.packet, line: index - first};
  if (line.packet === selectedPacket(view)) return {own};
  return {own, selection: {...choiceOf(view, line.packet), field: undefined, byte: undefined}};
};

const byPacket = (shown: ShownStream, by: 1 | -1): number => {
  const {lines, marked} = shown;
  const packet = lines[marked]?.packet;
  const others = (index: number): boolean => lines[index]?.packet !== packet;
  let index = marked;
  while (index >= 0 && index < lines.length && !others(index)) index += by;
  if (by === 1 || index < 0) return index;
  const target = lines[index]?.packet;
  return lines.findIndex((line) => line.packet === target);
};

const moved = (view: View, own: StreamOwn, wanted: (shown: ShownStream) => number): Move => {
  const shown = shownStream(view, own);
  if (!shown) return undefined;
  const index = wanted(shown);
  return index < 0 || (index >= shown.lines.length && shown.marked === shown.lines.length - 1)
    ? goTo(view, shown, shown.marked)
    : goTo(view, shown, index);
};

export const streamPanel = definePanel<StreamOwn>({
  name: 'stream',
  title: streamTexts.title,
  start: {packet: 0, line: 0},
  keys: [
    upDownKeys(panelsStreamSentences['↑↓'].label),
    besideKeys(panelsStreamSentences['n p'].label, 6),
    pageKeys(panelsStreamSentences['PgUp PgDn'].label),
  ],
  command(view, own, command) {
    if (command === 'next' || command === 'previous')
      return moved(view, own, (shown) => byPacket(shown, wayOf(command)));
    return moved(view, own, ({marked}) => Math.max(0, marked + rowsBy(command)));
  },
  subject: packetSubject,
  isAvailable: ({input}) => streamsIn(input.trace).length > 0,
  least: {columns: 30, rows: 4},
  best: {columns: 90, rows: 24},
  places: ['lower', 'side'],
  covers: 'picture',
  spoken: spokenStream,
  put(pane, view, own) {
    const shown = shownStream(view, own);
    if (shown) putStream(pane, view, shown);
    else pane.put(0, 0, streamTexts.none[view.language], muted);
  },
});
