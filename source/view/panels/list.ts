// The panel of packets as a table, with a search.

import type {Language, Text} from '../../lesson/text.ts';
import {bisect} from '../../wire/growing-list.ts';
import {inEvery} from '../../words/catalogue/language.ts';
import {listListSentences, panelsListSentences} from '../../words/catalogue/panels.ts';
import {listHeadings, listTexts} from '../../words/catalogue/player.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {cut, cutAt, cutStart, textWidth} from '../../words/width.ts';
import {accent, muted, type Style, strong} from '../canvas.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import {completed, nextFound, readSearch} from '../list/list-filter.ts';
import {type Found, foundBy, type ListSearch, noSearch, searchOn} from '../list/list-search.ts';
import {type ListRow, listWindow} from '../list/scene-list.ts';
import {leastForCounts, type Pane} from '../pane.ts';
import {definePanel, type PanelMove, pageKeys, rowsBy, upDownKeys, wayOf} from '../panel.ts';
import {spokenPackets} from '../spoken/spoken-rows.ts';
import {at} from '../time/pace.ts';
import {choiceOf, hasMet, newestPacket, packetSubject, selectedPacket, type View} from '../view.ts';

// The functions below draw the table of packets, and above it the text that is searched.

type Column = {
  readonly key: 'sent' | 'from' | 'to' | 'flags' | 'seq' | 'ack' | 'len' | 'win';
  readonly width: number;
  /** True if host names in this column are cut at their beginnings, because only their ends differ. @default false */
  readonly endsTell?: boolean;
};

/** Returns the number of columns for the packets' numbers. */
const numberColumns = (rows: readonly ListRow[]): number =>
  rows.reduce((most, {id}) => Math.max(most, String(id).length + 1), 4);

/**
 * The most and the least number of columns that the packet table gives to host names and to flags or words, which may be cut; numbers may
 * not.
 */
const widestWords = 32;
const leastWords = 10;

/** Returns the end of an address or host name that fits in `room`, after an ellipsis, and beginning after a dot or colon. */
const endOf = (name: string, room: number, ellipsis = '…'): string => {
  const end = cutStart(name, room, ellipsis);
  if (end === name) return name;
  const kept = end.slice(ellipsis.length);
  const isWhole = /[.:]$/.test(name.slice(0, name.length - kept.length));
  return `${ellipsis}${isWhole ? kept : kept.replace(/^[^.:]*[.:]+/, '')}`;
};

const keepsApart = (shorten: typeof cut, names: readonly string[], room: number): boolean =>
  new Set(names.map((name) => shorten(name, room))).size === new Set(names).size;

/**
 * Returns a column of host names with `endsTell` set if names that are cut to its width can only be told apart by their ends; other columns
 * are returned unchanged.
 */
const toldApart = (column: Column, rows: readonly ListRow[]): Column => {
  const {key, width} = column;
  if (key !== 'from' && key !== 'to') return column;
  const names = rows.flatMap(({from, to}) => (to === undefined ? [from] : [from, to]));
  const endsTell = !keepsApart(cut, names, width - 1) && keepsApart(endOf, names, width - 1);
  return {...column, endsTell};
};

/**
 * Returns the columns of the packet table that fit: texts are cut first, then columns are left out in the order len, from and to, win,
 * sent. Windows have a column only if a row has one.
 */
const columnsFor = (rows: readonly ListRow[], room: number, lengths: boolean): Column[] => {
  const widthOf = (key: Column['key'], least: number): number =>
    rows.reduce((most, row) => Math.max(most, textWidth(row[key] ?? '') + 2), least);
  const many = rows.some(({to}) => to !== undefined);
  const hasSegments = rows.some(({seq}) => seq !== undefined) || rows.length === 0;
  const columnsWith = (words: number, told = words): Column[] => [
    {key: 'sent', width: 9},
    {key: 'from', width: Math.min(words, widthOf('from', 10))},
    ...(many ? [{key: 'to' as const, width: Math.min(words, widthOf('to', 10))}] : []),
    {key: 'flags', width: Math.min(told, widthOf('flags', 10))},
    ...(hasSegments
      ? [
          {key: 'seq' as const, width: widthOf('seq', 8)},
          {key: 'ack' as const, width: widthOf('ack', 8)},
          ...(lengths ? [{key: 'len' as const, width: 6}] : []),
          ...(rows.some(({win}) => win !== undefined)
            ? [{key: 'win' as const, width: widthOf('win', 6)}]
            : []),
        ]
      : []),
  ];
  const least = numberColumns(rows) + 14;
  const widthWith = (columns: readonly Column[]): number =>
    columns.reduce((sum, {width}) => sum + width, least);
  const fits = (columns: readonly Column[]): boolean => widthWith(columns) <= room;
  for (let words = widestWords; words >= leastWords; words--) {
    if (!fits(columnsWith(words))) continue;
    const spare = hasSegments ? 0 : room - widthWith(columnsWith(words, 0));
    return columnsWith(words, Math.max(words, spare));
  }
  // If no packet has sequence numbers, the column of words gets the room of the columns for numbers.
  const left = room - widthWith(columnsWith(leastWords, 0));
  let columns = columnsWith(leastWords, hasSegments ? leastWords : Math.max(leastWords, left));
  for (const keys of [['len'], ['from', 'to'], ['win'], ['sent']]) {
    if (fits(columns)) break;
    columns = columns.filter(({key}) => !keys.includes(key));
  }
  return columns;
};

const fateText = (row: ListRow, told: string, glyphs: Glyphs): string => {
  const text = plainText(told, glyphs);
  const treated = row.treatment === undefined ? '' : `${glyphs[row.treatment]} ${row.treatmentText} `;
  const again = `${row.again ? `${glyphs.again} ` : ''}${treated}`;
  const altered = row.alteredText === '' ? '' : `  ${plainText(row.alteredText, glyphs)}`;
  if (row.fate === 'arrived') return `${again}${glyphs.right} ${text}${altered}`;
  return row.fate === 'lost' ? `${again}${glyphs.lost} ${text}` : `${again}${text}`;
};

/** Returns the text on a packet's fate, in fewer words if it does not fit; it is cut only between words. */
const fittingFate = (row: ListRow, room: number, glyphs: Glyphs): string => {
  const whole = fateText(row, row.fateText, glyphs);
  if (textWidth(whole) <= room) return whole;
  return cutAt([' '], fateText(row, row.briefFate, glyphs), room, glyphs.ellipsis);
};

const countText = (view: View, found: Found, glyphs: Glyphs): string => {
  const {language} = view;
  const newest = at(view.input.pacing.sent, view.moment);
  const still = found.isWhole ? '' : `${glyphs.dot}${listTexts.searching[language]}`;
  return listListSentences.count[language]({idCount: found.ids.length, newest, still});
};

/** Draws the search text, and how many packets it finds. */
const putSearch = (pane: Pane, view: View, {text, found}: {text: string; found: Found}): void => {
  const count = pane.plain(countText(view, found, pane.glyphs));
  const room = Math.max(0, pane.columns - textWidth(count) - 2);
  const end = pane.put(0, 0, `/${text}`, pane.focused ? accent : strong, room);
  pane.put(0, end + 2, count, muted);
};

type Table = {
  readonly pane: Pane;
  readonly columns: readonly Column[];
  /** The screen columns at which a packet's first text after its number, and the text on its fate, begin. */
  readonly first: number;
  readonly fate: number;
};

const numbers: readonly Column['key'][] = ['seq', 'ack', 'len', 'win'];

/**
 * Draws the cells of a row of the packet table; with `words`, the text of a packet without sequence numbers extends over the columns of
 * numbers.
 */
const putCells = (
  {pane, columns, first}: Table,
  row: number,
  {cells, words}: {readonly cells: (column: Column) => string; readonly words: boolean},
  style: Style,
): void => {
  let column = first;
  const spare = columns.reduce((sum, {key, width}) => (numbers.includes(key) ? sum + width : sum), 0);
  for (const each of columns) {
    const {key, width, endsTell = false} = each;
    if (words && numbers.includes(key)) continue;
    const room = (words && key === 'flags' ? width + spare : width) - 1;
    const text = pane.plain(cells(each));
    pane.put(row, column, (endsTell ? endOf : cut)(text, room, pane.glyphs.ellipsis), style, room);
    column += width;
  }
};

const putRow = (table: Table, at: number, row: ListRow, isHit: boolean): void => {
  const {pane, fate: fateAt} = table;
  const {glyphs} = pane;
  const style: Style = row.selected ? {role: 'text', selected: true} : {role: 'text'};
  const sign: Style = {...style, role: 'accent'};
  if (row.selected) pane.put(at, -2, glyphs.selected, sign);
  if (isHit) pane.put(at, -1, glyphs.beat, sign);
  pane.put(at, 0, String(row.id), {...style, bold: isHit});
  putCells(table, at, {cells: ({key}) => row[key] ?? glyphs.none, words: row.seq === undefined}, style);
  const fate: Style = row.fate === 'lost' ? {...style, role: 'warning'} : style;
  pane.put(at, fateAt, fittingFate(row, pane.columns - fateAt, glyphs), fate);
  if (row.selected) pane.fill(at, -2, style);
};

/** Draws why the packet table is empty. Nothing is drawn while a filter is still searching a long run, because packets may be found. */
const putNone = (pane: Pane, view: View, found: Found): void => {
  if (found.kind === 'filter' && !found.isWhole) return;
  const said = newestPacket(view) === undefined ? listTexts.none : listTexts.noneFits;
  pane.putWrapped(1, said[view.language], muted);
};

const putList = (whole: Pane, view: View, search: ListSearch): void => {
  const {language} = view;
  const found = foundBy(view, search);
  const searches = found.kind !== 'all';
  if (searches) putSearch(whole, view, {text: search.text, found});
  const pane = searches ? whole.part({row: 1}) : whole;
  const {headStyle} = pane;
  const room = pane.rows - 1;
  const {rows, above, below} = listWindow(view, found, room);
  const columns = columnsFor(rows, pane.columns, hasMet(view, 'len')).map((column) =>
    toldApart(column, rows),
  );
  const first = numberColumns(rows);
  const fate = columns.reduce((sum, {width}) => sum + width, first);
  const table: Table = {pane, columns, first, fate};
  pane.put(0, 0, '#', headStyle);
  const hasSegments = columns.some(({key}) => key === 'seq');
  const headingOf = ({key}: Column): string =>
    listHeadings[key === 'flags' && !hasSegments ? 'says' : key][language];
  putCells(table, 0, {cells: headingOf, words: false}, headStyle);
  pane.put(0, fate, listHeadings.fate[language], headStyle);
  if (rows.length === 0) putNone(pane, view, found);
  const hits = new Set(found.kind === 'words' ? found.ids : []);
  pane.putScrolled({
    rows,
    ...{from: 0, room, above, below},
    at: 1,
    counts: room > leastForCounts,
    put: (row, at) => putRow(table, at, row, hits.has(row.id)),
  });
};

type Move = PanelMove<ListSearch> | undefined;

const selecting = (view: View, packet: number | undefined): Move => {
  if (packet === undefined || packet === selectedPacket(view)) return undefined;
  return {selection: choiceOf(view, packet)};
};

/**
 * Returns the change that selects the packet `by` rows further in the packet list, in which a filter leaves only the matches; undefined if
 * the selection stays.
 */
const moved = (view: View, own: ListSearch, by: number): Move => {
  const selected = selectedPacket(view);
  const {kind, ids} = foundBy(view, own);
  const newest = newestPacket(view);
  if (selected === undefined || newest === undefined) return undefined;
  if (kind !== 'filter') return selecting(view, Math.max(1, Math.min(newest, selected + by)));
  const row = bisect(ids.length, (index) => (ids[index] ?? 0) >= selected);
  // One row down leads from a selected packet that does not match the filter to the next match, and one row up to the previous one.
  const from = ids[row] === selected || by < 0 ? row : row - 1;
  return selecting(view, ids[Math.max(0, Math.min(ids.length - 1, from + by))]);
};

const found = (view: View, own: ListSearch, by: 1 | -1): Move =>
  selecting(view, nextFound(foundBy(view, own).ids, selectedPacket(view), by));

/**
 * Returns the change that begins a search of the packet list and selects the first match from the selected packet on. The first part of the
 * search is done immediately, which in most runs is all of it.
 */
const accepted = (view: View, text: string): PanelMove<ListSearch> => {
  const empty = {...noSearch, text: text.trim()};
  const own = searchOn(view, empty)?.() ?? empty;
  const {ids} = foundBy(view, own);
  const selected = selectedPacket(view);
  const packet = ids.find((id) => id === selected) ?? nextFound(ids, selected, 1);
  return {own, ...(packet === undefined ? {} : selecting(view, packet))};
};

const problemOf = (view: View, text: string): {readonly message: Text; readonly at: number} | undefined => {
  const read = readSearch(view.input.trace, text);
  if (read.kind !== 'problem') return undefined;
  const {message, remedy, offset} = read;
  const join = (language: Language): string =>
    remedy[language] === ''
      ? message[language]
      : `${message[language]}${punctuation.semicolon[language]}${remedy[language]}`;
  return {message: inEvery(join), at: offset};
};

export const listPanel = definePanel<ListSearch>({
  name: 'list',
  title: panelsListSentences.title,
  start: noSearch,
  keys: [
    upDownKeys(panelsListSentences.keys['↑↓'].label),
    pageKeys(panelsListSentences.keys['PgUp PgDn'].label),
    {keys: {'/': 'find'}, sign: '/', label: panelsListSentences.keys['/'].label, rank: 6},
    {
      keys: {n: 'next', N: 'previous'},
      sign: 'n N',
      label: panelsListSentences.keys['n N'].label,
      rank: 7,
    },
    {
      keys: {escape: 'clear'},
      sign: 'esc',
      label: panelsListSentences.keys.esc.label,
      rank: 8,
      passes: true,
    },
  ],
  command(view, own, command) {
    switch (command) {
      case 'next':
      case 'previous':
        return found(view, own, wayOf(command));
      case 'find':
        return {type: own.text};
      case 'clear':
        return own.text === '' ? undefined : {own: noSearch};
      default:
        return moved(view, own, rowsBy(command));
    }
  },
  typing: {
    prompt: () => panelsListSentences.typing.prompt,
    problem: problemOf,
    complete: completed,
    // A search text with an error stays in the input line, so that the learner can correct it.
    accept: (view, _own, text) => (problemOf(view, text) ? {type: text} : accepted(view, text)),
  },
  work: searchOn,
  subject: packetSubject,
  isAvailable: () => true,
  // The list appears only once the lesson names it, because the ladder shows the same packets.
  isUnmet: (view) => !hasMet(view, 'list'),
  least: {columns: 48, rows: 3},
  best: {columns: 90, rows: 20},
  places: ['lower'],
  spoken: spokenPackets,
  put: putList,
});
