// Tells which part of an HTTP message a packet contains, for the inspector, in both languages.
import type {Language} from '../lesson/text.ts';
import {partWords} from './catalogue/message.ts';
import {packetList} from './message.ts';

/** A range of the content's own bytes, counted from 1; `of` is undefined if the head does not tell the length. */
export type ContentPart = {readonly from: number; readonly to: number; readonly of: number | undefined};

/** A part of a message; `start` and `end` are offsets in the packet's data. */
export type MessagePart = {
  readonly kind: 'request' | 'response';
  readonly words: string;
  /** The packet in which the message begins. */
  readonly begins: number;
  readonly start: number;
  readonly end: number;
} & (
  | {readonly is: 'head'; readonly goesOnIn: readonly number[]}
  /** A line of which another packet contains a part. */
  | {readonly is: 'line'; readonly name: string; readonly packets: readonly number[]}
  | ({readonly is: 'content'} & ContentPart)
);

type Of<Is extends MessagePart['is']> = Extract<MessagePart, {readonly is: Is}>;

/** Returns the sentence about a part; empty if there is nothing to say. */
export const partSentence = (part: MessagePart, packet: number, language: Language): string => {
  const {kind, words, begins} = part;
  const here = begins === packet;
  const message = partWords.message[language]({kind, words, begins, here, named: words !== ''});
  if (part.is === 'line') {
    const {name, packets} = part;
    return partWords.line[language]({name, named: name !== '', list: packetList(packets, language)});
  }
  if (part.is === 'content') return partWords.content[language]({...part, message});
  if (!here) return partWords.headBefore[language]({message});
  const {goesOnIn} = part;
  if (goesOnIn.length === 0) return '';
  return partWords.headAfter[language]({count: goesOnIn.length, list: packetList(goesOnIn, language)});
};

/** Returns a short text of the same, for the place beside a row's size. */
export const contentPlace = ({from, to, of}: Of<'content'>, language: Language): string =>
  partWords.short[language]({from, to, of});
