// What is read before a question is answered, as values: packets that lead to it, values that are set apart, sentences.
import {type Hand, partsText, plainHand} from '../account/notation.ts';
import {packetOf} from '../account/packet.ts';
import type {Part} from '../account/part.ts';
import {type Language, madeOf, sameIn, type Text} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';

export type PromptPacket = {
  readonly kind: 'packet';
  /** undefined: it is not told. */
  readonly number: number | undefined;
  readonly from: string;
  readonly to: string;
  readonly parts: readonly Part[];
};

/** Set apart from the sentences: they are shown as they are. */
type PromptValues = {readonly kind: 'values'; readonly text: Text};

/** A text by itself is a sentence. */
export type PromptLine = PromptPacket | PromptValues | Text;

export type Prompt = readonly PromptLine[];

export const valuesLine = (values: string | Text): PromptLine => ({
  kind: 'values',
  text: typeof values === 'string' ? sameIn(values) : values,
});

export const packetLine = (trace: Trace, packet: number, parts: readonly Part[]): PromptPacket => {
  const {from, to} = packetOf(trace, packet);
  return {kind: 'packet', number: packet, from, to, parts};
};

export const isPacket = (line: PromptLine): line is PromptPacket => 'kind' in line && line.kind === 'packet';

export const packetLineText = ({number, from, to, parts}: PromptPacket, hand: Hand = plainHand): string =>
  `${number === undefined ? '' : `${number}  `}${from} → ${to}  ${partsText(parts, hand)}`;

const lineText = (line: PromptLine, language: Language): string => {
  if (!('kind' in line)) return line[language];
  return `  ${line.kind === 'values' ? line.text[language] : packetLineText(line)}`;
};

/** As files and other programs get it, what is no sentence indented. */
export const promptText = (prompt: Prompt): Text =>
  madeOf(
    prompt.map((line) => ('kind' in line && line.kind === 'values' ? line.text : line)),
    (language) => prompt.map((line) => lineText(line, language)).join('\n'),
  );
