// Draws the table of a capture's conversations: which columns fit on a screen, and the rows from the first visible one.
import {type Language, worded} from '../../lesson/text.ts';
import type {Conversation} from '../../observe/captured-place.ts';
import {pickerWords as say} from '../../words/catalogue/picker.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {formatCount, formatTime} from '../../words/format.ts';
import {cut, textWidth} from '../../words/width.ts';
import {type Canvas, muted, plain, type Style} from '../canvas.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import {firstInSight} from '../in-sight.ts';
import {everything, type Overview, type Row, rowIn} from './overview.ts';
import {markedIndex, type PickerState} from './picker-state.ts';

type Place = {readonly at: number; readonly width: number};

/** The first column and the width of each column in the table of conversations, counted from 1. A column that has no room is absent. */
type Plan = {
  readonly label: Place;
  readonly client: Place;
  readonly server: Place;
  readonly opened?: Place;
  readonly closed?: Place;
  readonly packets: Place;
  readonly begins?: Place;
  readonly lasts?: Place;
  readonly bytes?: Place;
  readonly notable: Place;
};

const markColumn = 3;
const firstColumn = 5;
const gap = 2;
/** The least number of columns for notable facts about a conversation, however long the addresses are. */
const leastNotable = {narrow: 9, usual: 13} as const;
/**
 * The least number of columns of a screen on which the table of conversations shows how they opened and closed; then that on which it shows
 * times.
 */
const columnsForCourse = 72;
const columnsForTimes = 110;

const widths = {opened: 4, closed: 5, packets: 4, begins: 8, lasts: 8, bytes: 13} as const;
type Narrow = keyof typeof widths;

const narrowColumns = (columns: number): readonly Narrow[] => [
  ...(columns >= columnsForCourse ? (['opened', 'closed'] as const) : []),
  'packets',
  ...(columns >= columnsForTimes ? (['begins', 'lasts', 'bytes'] as const) : []),
];

/**
 * Returns the widths of the columns for the client's and the server's address: whole if both fit, otherwise half of the room each, and what
 * one does not need goes to the other.
 */
const shares = (wanted: readonly [number, number], room: number): readonly [number, number] => {
  const half = Math.floor(room / 2);
  const client = Math.min(wanted[0], Math.max(half, room - wanted[1]));
  return [client, Math.min(wanted[1], room - client)];
};

const planOf = ({widest, packets}: Overview, columns: number): Plan => {
  const narrow = narrowColumns(columns);
  const widthOf = (name: Narrow): number =>
    name === 'packets' ? Math.max(widths.packets, formatCount(packets).length) : widths[name];
  const taken = narrow.reduce((sum, name) => sum + widthOf(name) + gap, 0);
  const label = Math.max(1, widest.label);
  const least = leastNotable[columns < columnsForCourse ? 'narrow' : 'usual'];
  const room = columns - 1 - firstColumn - label - 3 * gap - taken - least;
  const [client, server] = shares([Math.max(8, widest.client), Math.max(8, widest.server)], room);
  let at = firstColumn;
  const place = (width: number): Place => {
    const placed = {at, width};
    at += width + gap;
    return placed;
  };
  const first = {label: place(label), client: place(client), server: place(server)};
  const middle: {[name in Narrow]?: Place} = {};
  for (const name of narrow) middle[name] = place(widthOf(name));
  return {...first, ...middle, packets: middle.packets ?? {at, width: 0}, notable: {at, width: columns - at}};
};

/** Returns an address cut to `width`, with its whole port, such as `[2001:db8…]:443`. */
const cutEnds = (text: string, width: number, ellipsis: string): string => {
  if (textWidth(text) <= width) return text;
  const port = text.slice(text.lastIndexOf(':'));
  const bracket = text.startsWith('[') ? ']' : '';
  return `${cut(text.slice(0, text.length - port.length - bracket.length), width - port.length - bracket.length, ellipsis)}${bracket}${port}`;
};

type Look = {
  readonly canvas: Canvas;
  readonly plan: Plan;
  readonly language: Language;
  readonly glyphs: Glyphs;
};

const numbers = ['packets', 'begins', 'lasts', 'bytes'] as const;
const words = ['client', 'server', 'opened', 'closed', 'notable'] as const;

const putHeading = ({canvas, plan, language, glyphs}: Look, row: number): void => {
  const heading = (name: keyof typeof say.heading): string => plainText(say.heading[name][language], glyphs);
  for (const name of words) {
    const place = plan[name];
    if (place) canvas.put(row, place.at, cut(heading(name), place.width, glyphs.ellipsis), muted);
  }
  canvas.putEnd(row, plan.label.at + plan.label.width - 1, '#', muted);
  for (const name of numbers) {
    const place = plan[name];
    if (place) canvas.putEnd(row, place.at + place.width - 1, heading(name), muted);
  }
};

type Cell = readonly [text: string, style: Style];

const courseCells = (
  {opened, closed}: Row,
  {language, glyphs}: Look,
): {readonly opened: Cell; readonly closed: Cell} => {
  const warning: Style = {role: 'warning'};
  const unknown: Cell = [glyphs.deduced, muted];
  const openedCell = {yes: [glyphs.right, plain], no: [glyphs.lost, warning], unknown} as const;
  const closedCell = {
    FIN: ['FIN', plain],
    RST: ['RST', warning],
    half: [say.half[language], plain],
    never: [glyphs.none, muted],
    unknown,
  } as const;
  return {
    opened: opened === undefined ? ['', plain] : openedCell[opened],
    closed: closed === undefined ? ['', plain] : closedCell[closed],
  };
};

type Drawn = Look & {readonly at: number; readonly selected: boolean};

const putStart = (
  {canvas, glyphs, at, selected}: Drawn,
  place: Place | undefined,
  [text, style]: Cell,
): void => {
  if (place) canvas.put(at, place.at, cut(text, place.width, glyphs.ellipsis), {...style, selected});
};

const putNumber = ({canvas, glyphs, at, selected}: Drawn, place: Place | undefined, text: string): void => {
  if (place) canvas.putEnd(at, place.at + place.width - 1, plainText(text, glyphs), {...plain, selected});
};

const putCells = (drawn: Drawn, row: Row, overview: Overview): void => {
  const {plan, language, glyphs} = drawn;
  const {opened, closed} = courseCells(row, drawn);
  putNumber(drawn, plan.label, row.label);
  putStart(drawn, plan.client, [cutEnds(row.client, plan.client.width, glyphs.ellipsis), plain]);
  putStart(drawn, plan.server, [cutEnds(row.server, plan.server.width, glyphs.ellipsis), plain]);
  putStart(drawn, plan.opened, opened);
  putStart(drawn, plan.closed, closed);
  putNumber(drawn, plan.packets, formatCount(row.packets));
  putNumber(drawn, plan.begins, formatTime(row.firstUs));
  putNumber(drawn, plan.lasts, formatTime(row.lengthUs));
  putNumber(drawn, plan.bytes, formatCount(row.bytes));
  const words = overview.telling.notableOf(overview, row).map((each) => each[language]);
  const notable = plainText(words.join(punctuation.comma[language]), glyphs);
  putStart(drawn, plan.notable, [notable, plain]);
};

export type TablePlace = {readonly row: number; readonly rows: number};

const putRow = (drawn: Drawn, id: Conversation, overview: Overview): void => {
  const {canvas, plan, at, selected, glyphs, language} = drawn;
  if (selected) canvas.put(at, markColumn, glyphs.selected, {role: 'accent', selected});
  const found = rowIn(overview, id);
  if (id === everything) {
    canvas.put(at, plan.client.at, plainText(say.everything[language], glyphs), {...plain, selected});
    putNumber(drawn, plan.packets, formatCount(overview.packets));
  } else if (found) putCells(drawn, found, overview);
  if (selected) canvas.fill(at, {from: markColumn, to: canvas.columns - 1}, {...plain, selected});
};

/** Draws the heading and the visible rows of the table of conversations; notable facts are only looked up for visible rows. */
export const putTable = (
  canvas: Canvas,
  state: PickerState,
  {row, rows}: TablePlace,
  {language, glyphs}: Pick<Look, 'language' | 'glyphs'>,
): void => {
  const {overview, listed, marked} = state;
  const look: Look = {canvas, plan: planOf(overview, canvas.columns), language, glyphs};
  putHeading(look, row);
  const top = firstInSight(markedIndex(state), listed.length, rows);
  const below = Math.max(0, listed.length - top - rows);
  for (const [index, id] of listed.slice(top, top + rows).entries()) {
    const at = row + 1 + index;
    const hidden = index === 0 && top > 0 ? top + 1 : index === rows - 1 && below > 0 ? below + 1 : 0;
    if (hidden > 0) {
      const sign = index === 0 ? glyphs.earlier : glyphs.more;
      canvas.put(at, firstColumn, `${sign} ${worded(say.more, {count: hidden})[language]}`, muted);
      continue;
    }
    putRow({...look, at, selected: id === marked}, id, overview);
  }
};
