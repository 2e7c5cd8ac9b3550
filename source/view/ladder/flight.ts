// Draws one packet between two lifelines, cell by cell: the way behind it, the packet as a comet in half cells, the way before it, its
// loss, its label.

import {cut, textWidth} from '../../words/width.ts';
import {muted, type Piece, type Style} from '../canvas.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import type {Role} from '../span.ts';
import type {LabelPart} from './label-part.ts';
import type {Half, PacketItem} from './ladder-item.ts';
import {streamRole} from './stream-colour.ts';

export type FlightOptions = {
  readonly glyphs: Glyphs;
  readonly role: Role;
  /** True if the packet in flight stands still because the run is paused; it is then drawn with an arrow as its head. */
  readonly paused: boolean;
  /** True if the packet in flight moves by half cells. */
  readonly halves: boolean;
  /** The cell, counted from the sender, at which the line of a crossing packet continues in the other row; undefined for other packets. */
  readonly cut?: number;
};

const cometCells = 3;
/** The number of cells of a packet's line before a label in it. */
const leadCells = 2;
/** The least number of cells of a crossing packet's line in its second row. */
const leastArrival = 4;
/** The sign that a packet's line has instead of an arrowhead if it is unknown whether the packet arrived. */
const unseen: Piece = {text: '?', style: muted};

/** The number of free cells at the open end of a line, whose other end is a lifeline. */
const openCells = 3;

/**
 * Returns how many cells a packet's line takes, and how many cells on the sender's side stay free; the line is 0 cells long if neither end
 * has a lifeline.
 */
const stretchOf = ({shown}: PacketItem, cells: number, wanted: number): {lead: number; line: number} => {
  if (shown === 'neither') return {lead: 0, line: 0};
  if (shown === 'sender') return {lead: 0, line: Math.min(cells - openCells, wanted)};
  return shown === 'receiver' ? {lead: openCells, line: cells - openCells} : {lead: 0, line: cells};
};

/** Returns the cell at which the line of a crossing packet is cut: after half of the cells, or after a label in the line. */
export const cutOf = (item: PacketItem, cells: number, glyphs: Glyphs, inLine: boolean): number => {
  const half = Math.floor(cells / 2) + 1;
  if (!inLine) return half;
  const label = piecesWidth(fittedLabel(item, labelRoom(cells, 0, true) - leastArrival, glyphs).pieces);
  return Math.min(cells - leastArrival, Math.max(half, leadCells + label + 5));
};

/** Returns the upper or lower row of a packet's sloping line, such as `├────╮` above `╰───▸│`; the cell `cut` has the bend. */
const slopingWay = (
  item: PacketItem,
  whole: readonly Piece[],
  {part}: Half,
  {glyphs, cut = 0}: FlightOptions,
): Piece[] => {
  const departs = part === 'departure';
  const [bend, land] = item.toRight
    ? [glyphs.bendRight, glyphs.landRight]
    : [glyphs.bendLeft, glyphs.landLeft];
  return whole.map((cell, index) => {
    if (index === cut && cell.text !== ' ') return {text: departs ? bend : land, style: cell.style};
    return index < cut === departs ? cell : {text: ' ', style: muted};
  });
};

/** Returns one row of a crossing packet's line with its cut end and its letter, such as `├── SYN ─╴ a` or `a ╶──▸│`. */
const halfWay = (item: PacketItem, whole: readonly Piece[], half: Half, options: FlightOptions): Piece[] => {
  const {part, letter} = half;
  if (letter === undefined) return slopingWay(item, whole, half, options);
  const {glyphs, cut = 0} = options;
  const departs = part === 'departure';
  const space = {text: ' ', style: muted};
  const lines: readonly string[] = [glyphs.travelled, glyphs.toGo];
  // The sign at the cut end of a crossing packet's line, on the right or the left of the line.
  const stump = departs === item.toRight ? glyphs.cutRight : glyphs.cutLeft;
  const end = departs ? cut - 1 : cut;
  const isThere = whole.some(({text}, index) => index < cut === departs && text !== ' ');
  const sign = !isThere ? undefined : departs ? cut + 1 : cut - 2;
  return whole.map((cell, index) => {
    if (index === sign) return {text: letter, style: muted};
    if (index < cut !== departs) return space;
    return index === end && lines.includes(cell.text) ? {text: stump, style: cell.style} : cell;
  });
};

/**
 * Returns the cells of a packet's line in one row of the ladder. A line with only one lifeline takes at most `wanted` cells if the sender
 * has the lifeline.
 */
const way = (
  item: PacketItem,
  cells: number,
  {wanted = cells, ...options}: FlightOptions & {readonly wanted?: number},
): Piece[] => {
  const {lead, line} = stretchOf(item, cells, wanted);
  const drawn = line === 0 ? [] : wholeWay(item, line, options);
  const whole = Array.from({length: cells}, (_, index) => drawn[index - lead] ?? {text: ' ', style: muted});
  return item.half ? halfWay(item, whole, item.half, options) : whole;
};

/** Returns the cells of a packet's whole line from the sender on; index 0 is beside the sender's lifeline. */
const wholeWay = (item: PacketItem, cells: number, options: FlightOptions): Piece[] => {
  const {glyphs, role} = options;
  const line: Style = {role};
  const travelled = {text: glyphs.travelled, style: line};
  const toGo = {text: glyphs.toGo, style: muted};
  const space = {text: ' ', style: muted};
  const head = item.toRight ? glyphs.arrivedRight : glyphs.arrivedLeft;
  if (item.status === 'ahead') return Array.from({length: cells}, () => space);
  if (item.status === 'arrived')
    return Array.from({length: cells}, (_, index) =>
      index === cells - 1 ? {text: head, style: line} : travelled,
    );
  if (item.status === 'lost') {
    const end = Math.max(2, Math.min(cells - 1, Math.floor(item.progress * cells)));
    const cross = {text: glyphs.lost, style: {role: 'warning' as const, bold: true}};
    return Array.from({length: cells}, (_, index) =>
      index < end - 1 ? travelled : index === end ? cross : space,
    );
  }
  if (item.status === 'unseen')
    return Array.from({length: cells}, (_, index) => (index === cells - 1 ? unseen : travelled));
  if (!item.comet) return Array.from({length: cells}, () => toGo);
  return comet(item, cells, options);
};

/** Returns the cells of the comet that draws a packet in flight; each cell may be half covered. */
const comet = (item: PacketItem, cells: number, {glyphs, role, paused, halves}: FlightOptions): Piece[] => {
  const covered = halves ? Math.floor(item.progress * cells * 2) : Math.floor(item.progress * cells) * 2;
  // A packet that has just been sent already covers a whole cell.
  const head = Math.max(2, covered);
  const tail = Math.max(0, head - cometCells * 2);
  const style: Style = {role, bold: true};
  const arrow = item.toRight ? glyphs.pausedRight : glyphs.pausedLeft;
  const tailGlyph = item.toRight ? glyphs.tailRight : glyphs.tailLeft;
  const headGlyph = item.toRight ? glyphs.headRight : glyphs.headLeft;
  return Array.from({length: cells}, (_, index) => {
    const near = index * 2;
    const first = near >= tail && near < head;
    const second = near + 1 >= tail && near + 1 < head;
    if (paused && first && near + 2 >= head) return {text: arrow, style};
    if (first && second) return {text: glyphs.cometBody, style};
    if (second) return {text: tailGlyph, style};
    if (first) return {text: headGlyph, style};
    return near < tail ? {text: glyphs.travelled, style: {role}} : {text: glyphs.toGo, style: muted};
  });
};

/** Tells whether a part of a packet's label says what the packet is (TCP flags, HTTP or TLS) and is no number. */
const isHead = ({kind}: LabelPart): boolean => kind === 'flags' || kind === 'http' || kind === 'tls';

/** Returns a part of a label as somebody on the path sees it: marked as readable or encrypted, as in the records panel. */
const overheardPiece = ({name, value, open}: LabelPart, glyphs: Glyphs): Piece => {
  const mark = open ? glyphs.inClear : glyphs.sealed;
  const style: Style = open ? {role: 'warning', bold: true} : muted;
  return {text: `${mark} ${name}${plainText(value, glyphs)}`, style};
};

const partPiece = (part: LabelPart, glyphs: Glyphs): Piece => {
  if (part.open !== undefined && !part.hidden) return overheardPiece(part, glyphs);
  if (part.kind === 'conversation') return {text: part.value, style: muted};
  const value = part.hidden ? `${glyphs.markOpen} ? ${glyphs.markClose}` : plainText(part.value, glyphs);
  if (part.stream !== undefined && !part.hidden)
    return {text: part.name + value, style: {role: streamRole(part.stream), bold: true}};
  const role: Role = part.hidden
    ? 'accent'
    : isHead(part)
      ? 'control'
      : part.kind === 'len' || part.kind === 'letters'
        ? 'data'
        : 'text';
  return {text: part.name + value, style: part.hidden || isHead(part) ? {role, bold: true} : {role}};
};

export const piecesWidth = (pieces: readonly Piece[]): number =>
  pieces.reduce((sum, {text}) => sum + textWidth(text), 0);

const spaced = (pieces: readonly Piece[]): Piece[] =>
  pieces.flatMap((piece, index) =>
    index === 0 ? [piece] : [{text: ' ', style: {role: 'text' as const}}, piece],
  );

const marksOf = (item: PacketItem, glyphs: Glyphs): Piece[] => [
  ...(item.again ? [{text: glyphs.again, style: {role: 'warning' as const}}] : []),
  ...(item.treatment === undefined
    ? []
    : [{text: glyphs[item.treatment], style: {role: 'warning' as const}}]),
  ...(item.others === undefined ? [] : [{text: plainText(item.others, glyphs), style: muted}]),
];

/** Joins the parts of a label to pieces: the connection's number first, then the marks of the packet, then the other parts. */
const joined = (item: PacketItem, parts: readonly LabelPart[], glyphs: Glyphs): Piece[] => {
  const pieces = (of: boolean) =>
    parts.filter(({kind}) => (kind === 'conversation') === of).map((part) => partPiece(part, glyphs));
  return spaced([...pieces(true), ...marksOf(item, glyphs), ...pieces(false)]);
};

/** Returns the ranks of a label's parts, from the least important parts, which are left out first, to the most important. */
const ranksOf = (label: readonly LabelPart[]): readonly number[] =>
  [...new Set([0, ...label.map(({dropRank}) => dropRank)])].sort((a, b) => b - a);

const upToRank = (label: readonly LabelPart[], most: number): LabelPart[] =>
  label.filter(({dropRank}) => dropRank <= most);

/**
 * Yields the forms of a packet's label from the longest to the shortest: first those with the SACK block, which leave out more and more
 * other parts, then those without it, which begin with all other parts again.
 */
function* shortened(item: PacketItem, label: readonly LabelPart[], glyphs: Glyphs): Generator<Piece[], void> {
  const plain = label.filter(({kind}) => kind !== 'sack');
  const withSack = plain.length < label.length ? ranksOf(label).slice(0, -1) : [];
  for (const most of withSack) yield joined(item, upToRank(label, most), glyphs);
  for (const most of ranksOf(plain)) yield joined(item, upToRank(plain, most), glyphs);
}

type Fitted = {readonly pieces: readonly Piece[]; readonly relative: boolean};

/**
 * Returns the packet's item in the ladder with shorter names of the ends without a lifeline: with shortened addresses, then without names
 * if the connection's number is shown or if no line is drawn.
 */
const fewerOthers = (whole: PacketItem): readonly PacketItem[] => {
  if (whole.othersShort === undefined) return [];
  const {othersShort, ...item} = whole;
  const short = {...item, others: othersShort};
  const isKnown = item.conversation !== undefined || item.shown === 'neither';
  return isKnown ? [short, {...item, others: undefined}] : [short];
};

/**
 * Returns a packet's item in the ladder with relative sequence numbers. If one label has no room for absolute numbers, all labels get
 * relative ones, so that numbers below each other can be compared.
 */
export const fromIsn = (item: PacketItem): PacketItem => ({...item, label: item.relativeLabel()});

const isNumber = ({text}: Piece): boolean => /^(?:seq|ack|len)=\d+$|^win=\d/.test(text);

/**
 * Returns the longest form of a packet's label that fits in `columns`. Numbers are never cut: they first become relative (`relative`), then
 * they are left out.
 */
export const fittedLabel = (item: PacketItem, columns: number, glyphs: Glyphs): Fitted => {
  for (const each of [item, ...fewerOthers(item)]) {
    const fitted = wholeLabel(each, columns, glyphs);
    if (fitted) return fitted;
  }
  const short = item.othersShort === undefined ? item : {...item, others: item.othersShort};
  const shortest = [...shortened(short, item.label, glyphs)].at(-1) ?? [];
  const text = shortest.map((piece) => piece.text).join('');
  const rest = spaced(shortest.filter((piece) => piece.text !== ' ' && !isNumber(piece)));
  if (rest.length > 0 && piecesWidth(rest) <= columns) return {pieces: rest, relative: false};
  return {pieces: [{text: cut(text, columns, glyphs.ellipsis), style: {role: 'text'}}], relative: false};
};

const wholeLabel = (item: PacketItem, columns: number, glyphs: Glyphs): Fitted | undefined => {
  const fits = (pieces: readonly Piece[]): boolean => piecesWidth(pieces) <= columns;
  for (const pieces of shortened(item, item.label, glyphs))
    if (fits(pieces)) return {pieces, relative: false};
  for (const pieces of shortened(item, item.relativeLabel(), glyphs))
    if (fits(pieces)) return {pieces, relative: true};
  const said = item.label.find(({shorter}) => shorter !== undefined);
  const sign = item.label.filter(({kind, dropRank}) => kind === 'conversation' && dropRank === 0);
  // The parts with DNS flags stay in the shorter forms of a DNS label; they are as short as possible.
  const flags = item.label.filter((part) => part.kind === 'other' && part !== said);
  const form = said?.shorter
    ?.flatMap((value) => {
      const label = [...sign, {...said, value}, ...flags];
      return ranksOf(label).map((most) => joined(item, upToRank(label, most), glyphs));
    })
    .find(fits);
  return form && {pieces: form, relative: false};
};

/** Returns how many of the cells between the lifelines a label may take, above its line or in it. */
export const labelRoom = (cells: number, indent: number, inLine: boolean): number =>
  inLine ? cells - leadCells - 3 : cells - 2 * indent;

const reversed = (cells: readonly Piece[], toRight: boolean): Piece[] =>
  toRight ? [...cells] : [...cells].reverse();

/** Returns the cells of a packet's line without a label, from the left lifeline to the right one. */
export const lineCells = (item: PacketItem, cells: number, options: FlightOptions): Piece[] =>
  reversed(way(item, cells, {...options, wanted: Math.ceil((cells * 2) / 3)}), item.toRight);

/** Returns the cells of a packet's line with its label in it, two cells from the sender; the part of the label under the comet is bold. */
export const labelledCells = (item: PacketItem, cells: number, options: FlightOptions): Piece[] => {
  const open = item.shown === undefined || item.shown === 'neither' ? 0 : openCells;
  const room = labelRoom(cells, 0, true) - (item.half ? leastArrival : 0) - open;
  const label = fittedLabel(item, room, options.glyphs).pieces;
  const width = piecesWidth(label);
  const from = leadCells + (item.shown === 'receiver' ? openCells : 0);
  const end = from + width + 2;
  const lost = item.status === 'lost';
  const base = way(lost ? {...item, progress: Math.max(item.progress, (end + 2) / cells)} : item, cells, {
    ...options,
    wanted: end + openCells,
  });
  const covered = base.slice(from, end).some(({style}) => style.bold ?? false);
  const bold = (style: Style): Style => (covered ? {...style, bold: true} : style);
  const space: Piece = {text: ' ', style: muted};
  const inside = [space, ...label.map(({text, style}) => ({text, style: bold(style)})), space];
  const [before, after] = [base.slice(0, from), base.slice(end)];
  return item.toRight
    ? [...before, ...inside, ...after]
    : [...after.reverse(), ...inside, ...before.reverse()];
};
