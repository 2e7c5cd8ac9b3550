// Writes the rows of a question's prompt: packets between two hosts are drawn as on the ladder, and one of them can be selected.

import type {Language} from '../../lesson/text.ts';
import {
  counted,
  endsOf,
  isPacket,
  type Prompt,
  type PromptPacket,
  type PromptValues,
  packetLabel,
} from '../../quiz/prompt.ts';
import type {Question} from '../../quiz/question.ts';
import {eyeHands} from '../../words/hands.ts';
import {repeated, textWidth, wrap} from '../../words/width.ts';
import {muted, plain, strong} from '../canvas.ts';
import {type Glyphs, plainText} from '../glyphs.ts';

import {firstColumn, markPiece, type PageRow, type Piece, row, textColumns} from './row.ts';

/** A packet of a question's prompt as it is shown on the screen. */
type Packet = Pick<PromptPacket, 'from' | 'to'> & {
  readonly number: string;
  readonly label: string;
  /** True if the packet's sender is the host with the id `server` in the run. */
  readonly isOfServer: boolean;
};

type Frame = {
  readonly language: Language;
  readonly columns: number;
  readonly glyphs: Glyphs;
  /** The number of the prompt's packet that the learner has selected; empty if none. */
  readonly picked: string;
};

const shownPacket = (line: PromptPacket, {language, glyphs}: Frame): Packet => ({
  number: line.number === undefined ? '' : String(line.number),
  ...endsOf(line, language),
  isOfServer: line.from === 'server',
  // The packet's label is measured as it is drawn, because signs may be wider in ASCII.
  label: plainText(packetLabel(line, eyeHands[language], language), glyphs),
});

/** The names of the two hosts to the left and right of the arrows that draw a prompt's packets. */
type Sides = {readonly left: string; readonly right: string};

/** Returns the names of the two hosts between which a prompt's packets are sent; undefined unless there are exactly two. */
const sidesIn = (packets: readonly Packet[]): Sides | undefined => {
  const hosts = [...new Set(packets.flatMap(({from, to}) => [from, to]))];
  // The host with the id `server` is at the right, as in the player, even if its packet comes first.
  const [left, right] = packets[0]?.isOfServer ? hosts.toReversed() : hosts;
  return left === undefined || right === undefined || hosts.length > 2 ? undefined : {left, right};
};

/**
 * Returns the columns of the two lifelines, and the hosts' names, with which a prompt's packets are drawn; undefined unless there are two
 * hosts and enough room.
 */
const lifelines = (packets: readonly Packet[], columns: number) => {
  const sides = sidesIn(packets);
  if (!sides) return undefined;
  const {left, right} = sides;
  const numbers = Math.max(...packets.map(({number}) => textWidth(number)));
  const start = firstColumn + (numbers === 0 ? 0 : numbers + 2) + textWidth(left) + 1;
  const longest = Math.max(...packets.map(({label}) => textWidth(label)));
  const room = Math.min(columns - 1, 100) - textWidth(right) - 1 - start;
  const inner = Math.min(room - 1, longest + 14);
  return inner < longest + 6 ? undefined : {left, right, start, end: start + inner};
};

type Lifelines = NonNullable<ReturnType<typeof lifelines>>;

const arrow = ({from, label}: Packet, {left, start, end}: Lifelines, glyphs: Glyphs): readonly Piece[] => {
  const isRight = from === left;
  const inner = end - start - 1;
  const line = repeated(glyphs.travelled, inner - 1);
  const style = {role: isRight ? 'client' : 'server'} as const;
  const [first, last] = isRight ? [glyphs.leaveRight, glyphs.lifeline] : [glyphs.lifeline, glyphs.leaveLeft];
  const labelAt = isRight ? 3 : inner - textWidth(label) - 4;
  const drawn = isRight ? `${line}${glyphs.arrivedRight}` : `${glyphs.arrivedLeft}${line}`;
  return [
    {column: start, text: first, style: isRight ? style : muted},
    {column: start + 1, text: drawn.slice(0, labelAt), style},
    {column: start + 1 + labelAt, text: ` ${label} `, style: plain},
    {
      column: start + 3 + labelAt + textWidth(label),
      text: drawn.slice(labelAt + textWidth(label) + 2),
      style,
    },
    {column: end, text: last, style: isRight ? muted : style},
  ];
};

const nameRoom = ({number}: Packet): number => firstColumn + (number === '' ? 0 : textWidth(number) + 2);

const written = ({from, to, label}: Packet, {travelled, arrivedRight}: Glyphs): string =>
  `${from} ${travelled}${arrivedRight} ${to}  ${label}`;

/** Returns the two hosts that are named once above a prompt's packets, if there is no room for names in every row; otherwise undefined. */
const sidesOf = (packets: readonly Packet[], {columns, glyphs}: Frame): Sides | undefined => {
  const fits = packets.every((packet) => nameRoom(packet) + textWidth(written(packet, glyphs)) <= columns);
  return fits ? undefined : sidesIn(packets);
};

const sidesRow = ({left, right}: Sides, {travelled, arrivedRight, arrivedLeft}: Glyphs): PageRow =>
  row(`${left} ${travelled}${arrivedRight}  ${arrivedLeft}${travelled} ${right}`, muted);

/**
 * Returns the rows of a prompt's packet that is drawn without lifelines. Numbers are never cut; what does not fit continues on the next
 * row.
 */
const writtenRows = (
  packet: Packet,
  sides: Sides | undefined,
  frame: Frame,
): readonly (readonly Piece[])[] => {
  const {glyphs, columns, picked} = frame;
  const {travelled, arrivedRight, arrivedLeft} = glyphs;
  const isPicked = packet.number !== '' && packet.number === picked;
  const column = nameRoom(packet);
  const way = packet.from === sides?.left ? `${travelled}${arrivedRight}` : `${arrivedLeft}${travelled}`;
  const text = sides === undefined ? written(packet, glyphs) : `${way} ${packet.label}`;
  return wrap(text, columns - column).map((line, index) => [
    {column: column + (index === 0 ? 0 : 2), text: line, style: isPicked ? strong : plain},
  ]);
};

const packetRows = (
  packet: Packet,
  {lines, sides}: {readonly lines: Lifelines | undefined; readonly sides: Sides | undefined},
  frame: Frame,
): readonly PageRow[] => {
  const {glyphs, picked} = frame;
  const isPicked = packet.number !== '' && packet.number === picked;
  const mark: readonly Piece[] = isPicked ? [markPiece(glyphs)] : [];
  const number: Piece = {
    column: firstColumn,
    text: packet.number,
    style: isPicked ? {role: 'accent', bold: true} : muted,
  };
  if (lines === undefined) {
    const [first = [], ...rest] = writtenRows(packet, sides, frame);
    return [{pieces: [...mark, number, ...first]}, ...rest.map((pieces) => ({pieces}))];
  }
  const {left, right, start, end} = lines;
  const pieces: readonly Piece[] = [
    ...mark,
    number,
    {column: start - 1 - textWidth(left), text: left, style: {role: 'client'}},
    ...arrow(packet, lines, glyphs),
    {column: end + 2, text: right, style: {role: 'server'}},
  ];
  return [{pieces}];
};

/**
 * Returns a question's prompt with relative sequence numbers beside the absolute ones, or unchanged if the packets could then not be drawn
 * with lifelines.
 */
const withCounts = (prompt: Prompt, frame: Frame): Prompt => {
  const counting = prompt.map((line) => (isPacket(line) ? counted(line) : line));
  const isDrawn = (lines: Prompt): boolean =>
    lifelines(
      lines.filter(isPacket).map((line) => shownPacket(line, frame)),
      frame.columns,
    ) !== undefined;
  return isDrawn(counting) ? counting : prompt;
};

/**
 * Returns the rows of a prompt's values with relative sequence numbers beside the absolute ones, or without them if they would take more
 * rows.
 */
const valuesRows = (
  {text, counted: withBoth = text}: Omit<PromptValues, 'kind'>,
  room: number,
  language: Language,
): readonly string[] => {
  const rows = wrap(text[language], room);
  const longer = wrap(withBoth[language], room);
  return longer.length > rows.length ? rows : longer;
};

/** Returns the rows of a question's prompt, with a blank row between what is given and what is asked. */
export const promptRows = (
  question: Pick<Question, 'prompt' | 'countsFrom'>,
  frame: Frame,
): readonly PageRow[] => {
  const {language, columns} = frame;
  const isCounting = question.countsFrom !== undefined;
  const prompt = isCounting ? withCounts(question.prompt, frame) : question.prompt;
  const packets = prompt.filter(isPacket).map((line) => shownPacket(line, frame));
  const lines = lifelines(packets, columns);
  const sides = lines === undefined ? sidesOf(packets, frame) : undefined;
  return prompt.flatMap((line, index) => {
    const before = prompt[index - 1];
    const turns = before !== undefined && isPacket(before) !== isPacket(line);
    const gap: readonly PageRow[] = turns ? [{pieces: [], spare: 8}] : [];
    if (isPacket(line)) {
      const isFirst = before === undefined || turns;
      const head = sides !== undefined && isFirst ? [sidesRow(sides, frame.glyphs)] : [];
      return [...gap, ...head, ...packetRows(shownPacket(line, frame), {lines, sides}, frame)];
    }
    if ('kind' in line)
      return [
        ...gap,
        ...valuesRows(isCounting ? line : {text: line.text}, columns - firstColumn - 2, language).map(
          (text) => row(text, plain, firstColumn + 2),
        ),
      ];
    return [...gap, ...wrap(line[language], textColumns(columns, language)).map((text) => row(text))];
  });
};
