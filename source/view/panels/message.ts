// The panel of an HTTP exchange: request and response, and how much of them has arrived.

import type {Language} from '../../lesson/text.ts';
import {messageTexts, messageWords} from '../../words/catalogue/message.ts';
import {between, panelsMessageSentences} from '../../words/catalogue/panels.ts';
import {spokenTexts} from '../../words/catalogue/spoken.ts';
import {spokenWords} from '../../words/catalogue/spoken-words.ts';
import {formatSocket} from '../../words/format.ts';
import {packetList} from '../../words/message.ts';
import {ended} from '../../words/spoken.ts';
import {sentence, spokenAsSent, spokenText} from '../../words/spoken-text.ts';
import {takeColumns, textWidth} from '../../words/width.ts';
import {accent, muted, type Style} from '../canvas.ts';
import {
  exchangeKey,
  firstPacketOf,
  hasHttp,
  type MessageOwn,
  type ShownExchange,
  shownExchange,
} from '../http/exchange-at.ts';
import {type Block, exchangeBlocks} from '../http/exchange-blocks.ts';
import {type MessageLine, packetFieldOf} from '../http/message-lines.ts';
import type {Pane} from '../pane.ts';
import {besideKeys, definePanel, type PanelMove, pageKeys, rowsBy, upDownKeys, wayOf} from '../panel.ts';
import type {Role} from '../span.ts';
import {widest} from '../table.ts';
import {narrationAt} from '../time/waypoints.ts';
import {choiceOf, roleOf, selectedPacket, type View} from '../view.ts';

// The functions below draw an HTTP exchange: request and response side by side, or below each other if that is too narrow.

/**
 * The number of columns for the marks of the selected line and of bytes that have not arrived, the gap between the messages, and the least
 * columns for both side by side.
 */
const gutter = 3;
const gap = 2;
const besideFrom = 68;
/** The least number of rows of the panel at which its last row names the packets that carried the marked line of the HTTP message. */
const footFrom = 8;

/**
 * A screen row of an HTTP message. `line` is the index of the message's line to which it belongs, and `first` tells whether it is the first
 * row of that line.
 */
type Row = {
  readonly line: number;
  readonly first: boolean;
  readonly arrived: boolean;
  readonly cells: readonly {readonly at: number; readonly text: string; readonly style: Style}[];
};

/**
 * Returns a text broken into rows of `columns`: at a blank if the next word fits in a row, otherwise at the edge, because most of what is
 * sent has no words.
 */
const pieces = (text: string, columns: number): readonly string[] => {
  const lines: string[] = [];
  let rest = text;
  while (textWidth(rest) > columns) {
    const whole = takeColumns(rest, columns);
    if (whole === '') break;
    const blank = rest[whole.length] === ' ' ? whole.length : whole.lastIndexOf(' ');
    const [word = ''] = rest.slice(blank + 1).split(' ');
    const line = blank > 0 && textWidth(word) <= columns ? whole.slice(0, blank) : whole;
    lines.push(line);
    rest = rest.slice(line.length).replace(line === whole && blank < whole.length ? /^/ : /^ /, '');
  }
  return [...lines, takeColumns(rest, columns)];
};

const styleOf = ({kind, arrived}: MessageLine, role: Role): Style => {
  if (kind === 'heading') return {role, bold: true};
  if (!arrived || kind === 'note') return muted;
  if (kind === 'start') return {role: 'control', bold: true};
  return {role: kind === 'field' ? 'text' : 'data'};
};

const nameColumns = (lines: readonly MessageLine[], columns: number): number => {
  const most = Math.max(15, Math.floor(columns * 0.42));
  return Math.min(widest(lines.map(({name}) => name)), most) + gap;
};

const rowsOf = (block: Block, from: number, role: Role, pane: Pane): readonly Row[] => {
  const {columns, glyphs} = pane;
  const room = columns - gutter;
  const names = nameColumns(block.lines, room);
  return block.lines.flatMap((line, index) => {
    const {kind, name, hidden, arrived} = line;
    const shown = hidden ? `${glyphs.markOpen} ? ${glyphs.markClose}` : pane.plain(line.text);
    const style = hidden ? accent : styleOf(line, role);
    const isField = kind === 'field';
    const at = isField ? gutter + names : gutter;
    // A row of hex is cut at its end, where it only repeats the bytes as characters.
    const texts = kind === 'hex' ? [takeColumns(shown, room)] : pieces(shown, Math.max(4, columns - at));
    return texts.map((text, nth) => ({
      line: from + index,
      first: nth === 0,
      arrived,
      cells: [
        ...(isField && nth === 0 ? [{at: gutter, text: pane.fit(name, names - gap), style: muted}] : []),
        {at, text, style},
      ],
    }));
  });
};

/** The least number of rows of a pane in which a row of its own tells how many rows of the HTTP message are hidden. */
const countsFrom = 4;

/**
 * The least number of rows at which the heading and the first line of a longer message stay visible, because they tell which message it is.
 */
const staysFrom = 5;
const staying = 2;

/**
 * Returns the index of the first of `total` rows of an HTTP message to show, so that the marked row is visible; `counts` is true if a row
 * of its own counts the hidden rows.
 */
const firstShown = (
  total: number,
  {rows: room, counts}: {rows: number; counts: boolean},
  marked: number,
): number => {
  if (!counts) return Math.max(0, Math.min(total - room, marked - room + 1));
  if (total <= room || marked < room - 1) return 0;
  return marked >= total - room + 1 ? total - room : marked - room + 2;
};

const putRow = (pane: Pane, at: number, {cells, line, first, arrived}: Row, marked: number): void => {
  const isMarked = line === marked && pane.focused;
  if (isMarked && first) pane.put(at, 0, pane.glyphs.selected, accent);
  if (!arrived && first) pane.put(at, 1, pane.glyphs.toGo, muted);
  for (const {at: column, text, style} of cells)
    pane.put(
      at,
      column,
      takeColumns(text, pane.columns - column),
      isMarked ? {...style, selected: true} : style,
    );
};

const putColumn = (whole: Pane, all: readonly (Row | undefined)[], marked: number): void => {
  const counts = whole.rows >= countsFrom;
  const stays = whole.rows >= staysFrom && all.length > whole.rows ? staying : 0;
  for (const [at, row] of all.slice(0, stays).entries()) if (row) putRow(whole, at, row, marked);
  const pane = whole.part({row: stays});
  const rows = all.slice(stays);
  const last = rows.findLastIndex((row) => row?.line === marked);
  pane.putScrolled({
    rows,
    from: firstShown(rows.length, {rows: pane.rows, counts}, Math.max(0, last)),
    room: pane.rows,
    column: gutter,
    counts,
    put: (row, at) => row && putRow(pane, at, row, marked),
  });
};

const putTitle = (pane: Pane, {exchange, index, all}: ShownExchange): void => {
  const {language} = pane;
  const [client, server] = exchange.connection.ends.map(({host, port}) =>
    formatSocket(pane.called(host), port),
  );
  const nth = messageWords.nth[language]({number: index + 1, count: all.length});
  const at = pane.put(0, 0, `${messageTexts.heading[language]}  ${nth}`, pane.headStyle) + 3;
  const ends = pane.plain(`${client} ▸ ${server}`);
  if (at + textWidth(ends) <= pane.columns) pane.put(0, at, ends, muted);
};

const footText = (packets: readonly number[], language: Language): string => {
  const list = packetList(packets, language);
  if (packets.length === 0) return '';
  return packets.length > 1
    ? messageWords.spans[language]({list})
    : messageWords.packets[language]({count: packets.length, list});
};

/**
 * Draws an HTTP request and its response, side by side if there is room; `marked` is the index of the marked line, counted through both
 * messages.
 */
const putMessage = (pane: Pane, view: View, shown: ShownExchange, marked: number): void => {
  const {rows, columns, focused} = pane;
  const blocks = exchangeBlocks(view, shown);
  putTitle(pane, shown);
  const foot = rows >= footFrom && focused ? 1 : 0;
  const beside = columns >= besideFrom;
  const body = pane.part({
    row: 1,
    rows: rows - 1 - foot,
    columns: beside ? Math.floor((columns - gap) / 2) : columns,
  });
  const lines: MessageLine[] = [];
  const drawn = blocks.map((block) => {
    const from = lines.length;
    lines.push(...block.lines);
    return rowsOf(block, from, roleOf(view, block.from), body);
  });
  const below = (parts: readonly (readonly Row[])[]): readonly (Row | undefined)[] =>
    parts.flatMap((part, index): readonly (Row | undefined)[] => (index === 0 ? part : [undefined, ...part]));
  const stacks = beside ? [below(drawn.slice(0, 1)), below(drawn.slice(1))] : [below(drawn)];
  for (const [index, stack] of stacks.entries())
    putColumn(body.part({column: index * (body.columns + gap), columns: body.columns}), stack, marked);
  const footRow = Math.min(rows - 1, 2 + Math.max(...stacks.map(({length}) => length)));
  if (foot > 0) pane.put(footRow, gutter, footText(lines[marked]?.packets ?? [], pane.language), muted);
};

/** The most lines of an HTTP message's content that a screen reader speaks. */
const mostContent = 20;

const said = (line: MessageLine, {language}: View): string => {
  const {kind, name, hidden} = line;
  const text = hidden ? spokenWords.blank[language] : spokenAsSent(line.text, language);
  if (kind === 'heading' || kind === 'note') return sentence(spokenText(line.text, language), language);
  if (text === '') return spokenTexts.emptyLine[language];
  return kind === 'field' ? `${name}: ${text}` : text;
};

/** Returns sentences for a screen reader on an HTTP exchange: its number, start lines, header fields and content. */
const spokenMessage = (view: View, own: MessageOwn): readonly string[] => {
  const {language} = view;
  const shown = shownExchange(view, own);
  if (!shown) return [messageTexts.none[language]];
  const nth = messageWords.nth[language]({number: shown.index + 1, count: shown.all.length});
  const gap = between.pause[language];
  const title = `${messageTexts.heading[language]}${gap}${nth}`;
  const lines = exchangeBlocks(view, shown).flatMap(({lines: all}) => {
    const content = all.filter(({kind}) => kind === 'text');
    const left = content.slice(mostContent);
    // Hex dumps of an HTTP message's content, and its lines beyond the first ones, are not spoken.
    return all.filter((line) => line.kind !== 'hex' && !left.includes(line));
  });
  return [title, ...lines.map((line) => said(line, view))].map((line) => ended(line, language));
};

type Move = PanelMove<MessageOwn> | undefined;

/**
 * Returns the index of the line of an HTTP exchange that is marked until the reader moves: the last header field that the narration shows;
 * the start line if it shows none or the start line's values, or if a packet is selected. The heading (0) is never marked.
 */
const toldLine = (view: View, shown: ShownExchange): number => {
  const {playback} = view.input;
  const told = narrationAt(view.input, playback.viewMs).beat?.show ?? [];
  if (playback.selection.packet !== undefined || told.some((name) => /^http\.re(quest|sponse)\./.test(name)))
    return 1;
  const lines = exchangeBlocks(view, shown).flatMap((block) => block.lines);
  return Math.max(
    1,
    lines.findLastIndex(({kind, name}) => kind === 'field' && told.includes(packetFieldOf(name))),
  );
};

const lineOf = (view: View, own: MessageOwn, shown: ShownExchange): number =>
  own.key === exchangeKey(shown.exchange) ? own.line : toldLine(view, shown);

const movedBy = (view: View, own: MessageOwn, by: number): Move => {
  const shown = shownExchange(view, own);
  if (!shown) return undefined;
  const count = exchangeBlocks(view, shown).reduce((sum, {lines}) => sum + lines.length, 0);
  const from = lineOf(view, own, shown);
  const line = Math.max(0, Math.min(count - 1, from + by));
  return line === from ? undefined : {own: {...own, line, key: exchangeKey(shown.exchange)}};
};

/**
 * Returns the change that shows the next or previous HTTP exchange and selects its first packet, in which others may begin, too; undefined
 * if there is no such exchange.
 */
const beside = (view: View, own: MessageOwn, by: 1 | -1): Move => {
  const shown = shownExchange(view, own);
  const exchange = shown?.all[shown.index + by];
  if (!exchange) return undefined;
  const packet = firstPacketOf(view, exchange) ?? selectedPacket(view);
  if (packet === undefined) return undefined;
  const key = exchangeKey(exchange);
  return {
    own: {chosen: {packet, key}, line: 1, key},
    selection: {...choiceOf(view, packet), field: undefined, byte: undefined},
  };
};

export const messagePanel = definePanel<MessageOwn>({
  name: 'message',
  title: messageTexts.title,
  start: {line: 1, key: ''},
  keys: [
    upDownKeys(panelsMessageSentences['↑↓'].label),
    besideKeys(panelsMessageSentences['n p'].label, 6),
    pageKeys(panelsMessageSentences['PgUp PgDn'].label),
  ],
  command(view, own, command) {
    return command === 'next' || command === 'previous'
      ? beside(view, own, wayOf(command))
      : movedBy(view, own, rowsBy(command));
  },
  subject(view, own) {
    const exchange = shownExchange(view, own)?.exchange;
    const packet = exchange && firstPacketOf(view, exchange);
    return packet === undefined ? undefined : {kind: 'packet', packet};
  },
  shows: /^http\./,
  isAvailable: ({input}) => hasHttp(input.trace),
  leads: ({input}) => hasHttp(input.trace),
  least: {columns: 34, rows: 4},
  best: {columns: 110, rows: 24},
  places: ['lower', 'side'],
  covers: 'picture',
  spoken: spokenMessage,
  put(pane, view, own) {
    const shown = shownExchange(view, own);
    if (shown) putMessage(pane, view, shown, lineOf(view, own, shown));
    else pane.put(0, 0, messageTexts.none[view.language], muted);
  },
});
