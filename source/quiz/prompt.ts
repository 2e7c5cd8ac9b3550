// The text of a question as data: lines with packets, lines with values, and sentences.
import {type Hand, partsText, plainHand} from '../account/notation.ts';
import {packetOf} from '../account/packet.ts';
import type {Part} from '../account/part.ts';
import {type Language, madeOf, sameIn, type Text} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import type {Seq} from '../wire/seq.ts';
import {languages} from '../words/catalogue/language.ts';
import {shorterBy, wrap} from '../words/width.ts';
import {countedFrom, type InitialNumbers, withCount} from './initial-numbers.ts';

export type PromptPacket = {
  readonly kind: 'packet';
  /** The number of the printed packet; undefined if the question does not tell it. */
  readonly number: number | undefined;
  readonly from: string;
  readonly to: string;
  /** The names of the two hosts for the reader. @default their ids */
  readonly called?: {readonly from: Text; readonly to: Text};
  readonly parts: readonly Part[];
  /** The initial sequence numbers from which the packet's seq and ack count, for screens that show relative numbers as well. */
  readonly initial?: InitialNumbers;
};

/** A line of a question with values that are shown as they are. `counted` also has relative sequence numbers, for screens with room. */
export type PromptValues = {readonly kind: 'values'; readonly text: Text; readonly counted?: Text};

/** A line of a question: a packet, values, or a text, which is a sentence. */
export type PromptLine = PromptPacket | PromptValues | Text;

export type Prompt = readonly PromptLine[];

const inAll = (values: string | Text): Text => (typeof values === 'string' ? sameIn(values) : values);

export const valuesLine = (values: string | Text): PromptLine => ({kind: 'values', text: inAll(values)});

export const countedLine = (values: string | Text, withCounts: string | Text): PromptLine => ({
  kind: 'values',
  text: inAll(values),
  counted: inAll(withCounts),
});

/**
 * Makes a line with sequence numbers in two versions, raw and with relative numbers. `write` makes the text with a function that writes one
 * number.
 */
export const numbersLine = (
  isn: Seq | undefined,
  write: (written: (raw: number) => string) => string | Text,
): PromptLine =>
  isn === undefined
    ? valuesLine(write(String))
    : countedLine(
        write(String),
        write((raw) => withCount(raw, isn)),
      );

export const packetLine = (trace: Trace, packet: number, parts: readonly Part[]): PromptPacket => {
  const {from, to} = packetOf(trace, packet);
  return {kind: 'packet', number: packet, from, to, parts};
};

export const isPacket = (line: PromptLine): line is PromptPacket => 'kind' in line && line.kind === 'packet';

export const withNames = (
  line: PromptPacket,
  called: (host: string) => {readonly name: Text},
): PromptPacket => ({...line, called: {from: called(line.from).name, to: called(line.to).name}});

export const endsOf = ({from, to, called}: PromptPacket, language: Language): {from: string; to: string} => ({
  from: called?.from[language] ?? from,
  to: called?.to[language] ?? to,
});

/** Returns a packet's parts with the relative value of each seq and ack number. */
export const countedParts = (parts: readonly Part[], initial: InitialNumbers | undefined): readonly Part[] =>
  parts.map((part) => {
    if (part.kind !== 'number' || part.value === undefined) return part;
    return {...part, count: countedFrom(part.value, initial?.[part.field])};
  });

const way = (line: PromptPacket, language: Language): string => {
  const {from, to} = endsOf(line, language);
  return `${line.number === undefined ? '' : `${line.number}  `}${from} → ${to}  `;
};

const widest = 70;
const widestName = 24;

const cut = (name: string): string => (name.length > widestName ? `${name.slice(0, widestName - 1)}…` : name);

/** Returns a way of writing a packet's parts that cuts long names and other text of the run's author or a capture. */
const short = (hand: Hand): Hand => ({...hand, outside: (text) => cut(hand.outside(text))});

export const packetLabel = (line: PromptPacket, hand: Hand, language: Language): string => {
  const label = partsText(line.parts, hand);
  return way(line, language).length + label.length <= widest ? label : partsText(line.parts, short(hand));
};

/** Returns the packet's line with relative numbers beside the raw ones. */
export const counted = (line: PromptPacket): PromptPacket => ({
  ...line,
  parts: countedParts(line.parts, line.initial),
});

export const packetLineText = (line: PromptPacket, language: Language): string =>
  way(line, language) + packetLabel(line, plainHand, language);

/** Returns a packet's line that is too long without its TLS content, because the TCP numbers matter more. */
export const fitting = (line: PromptPacket): PromptPacket =>
  packetLineText(line, 'en').length <= widest
    ? line
    : {...line, parts: line.parts.filter(({kind}) => kind !== 'tls')};

const lineText = (line: PromptLine, language: Language): string => {
  if (!('kind' in line)) return line[language];
  return `  ${line.kind === 'values' ? line.text[language] : packetLineText(line, language)}`;
};

/** The columns that a question's sentences may fill on a screen of 80. */
const columns = 72;

const rowsIn = (line: PromptLine, language: Language): number => {
  if (isPacket(line)) return 1;
  const text = 'kind' in line ? line.text : line;
  return wrap(text[language], columns - shorterBy(language)).length;
};

/** Returns the number of rows that a question takes on a screen of 80 columns, in the language that needs most. */
export const heightOf = (prompt: Prompt): number =>
  Math.max(...languages.map((language) => prompt.reduce((sum, line) => sum + rowsIn(line, language), 0)));

/** Returns the length in characters of the longest word in a question's English text; Chinese has no spaces. */
export const longestWordIn = (prompt: Prompt): number =>
  Math.max(
    0,
    ...prompt.flatMap((line) =>
      lineText(line, 'en')
        .split(/\s/)
        .map((word) => word.length),
    ),
  );

/** The highest number of rows for a question's text, because the choices and replies need the rest of the screen. */
export const mostRows = 8;

/** Returns a question as plain text for files and other programs, with packets and values indented. */
export const promptText = (prompt: Prompt): Text =>
  madeOf(
    prompt.map((line) => ('kind' in line && line.kind === 'values' ? line.text : line)),
    (language) => prompt.map((line) => lineText(line, language)).join('\n'),
  );
